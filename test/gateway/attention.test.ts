import { startOwnServer, type OwnServer } from '../setup/own-server.ts';
import { permanent } from '../workflows/scripted-provider.ts';
import { eventually } from '../workflows/suite.ts';
import { reset, singleRequest } from '../client/suite.ts';
import { openGatewaySuite, startGateway, tokens, type GatewaySuite } from './suite.ts';

// Of its own, because it decides for all that fit: on the common server that would be other tests' runs.
let server: OwnServer;
let suite: GatewaySuite;
beforeAll(async () => {
  server = await startOwnServer({});
  suite = await openGatewaySuite({ at: server.address });
});
beforeEach(() => reset(suite));
afterEach(async () => {
  for (const { run } of (await attention()).body.hanging) {
    await suite.temporal.client.workflow.getHandle(run.workflowId).terminate();
  }
  await eventually(attention, ({ body }) => body.hanging.length === 0);
});
afterAll(async () => {
  await suite.close();
  await server.stop();
});

interface Shown {
  run: { type: string; reference: string };
  attention: { step: string; code: string };
  result: string;
}

const attention = (query = '') => suite.gateway.call('GET', `/v1/attention${query}`, { token: tokens.read });
const resolve = (body: object, token = tokens.operate) =>
  suite.gateway.call('POST', '/v1/attention/resolve', { body, token });
const named = (shown: Shown[]) => shown.map(({ run }) => run.reference).toSorted();
const results = (shown: Shown[]) => shown.map(({ run, result }) => `${run.reference} ${result}`).toSorted();

/** Starts customers whose creation fails with this code, and answers when the list knows that they hang. */
async function begin(code: string, count: number, { provider, onboardings } = suite): Promise<string[]> {
  const requests = Array.from({ length: count }, () => singleRequest());
  provider.failForever('createAccount', permanent(code));
  for (const request of requests) await onboardings.start(request);
  const names = requests.map(({ reference }) => reference).toSorted();
  await eventually(
    () => attention(`?code=${code}`),
    ({ body }) => named(body.hanging).join() === names.join(),
  );
  provider.failForever('createAccount', undefined);
  return names;
}

test('what hangs is found by provider, step, code and age, in runs of every kind', async () => {
  const conflicts = await begin('Conflict', 2);
  suite.provider.fail('removeAccount', permanent('Forbidden'));
  const { reference } = singleRequest();
  await suite.onboardings.offboardings.start({ provider: 'defentry', reference, keepFor: 'PT0S' });
  const { body } = await eventually(attention, (found) => found.body.hanging.length === 3);
  expect(body.next).toBeUndefined();
  expect(body.hanging[0]).toMatchObject({
    run: { type: 'offboarding', reference },
    attention: { step: 'removeAccount', code: 'Forbidden', sentence: 'fixed sentence' },
  });
  expect(named((await attention('?step=removeAccount')).body.hanging)).toEqual([reference]);
  expect(named((await attention('?code=Conflict&provider=defentry')).body.hanging)).toEqual(conflicts);
  for (const query of ['?provider=facilioo', '?olderThan=P1D', '?code=Forbidden&step=createAccount']) {
    expect((await attention(query)).body).toEqual({ hanging: [] });
  }
});

/** References of every page, one page after the other. */
async function pages(query: string): Promise<string[][]> {
  const found: string[][] = [];
  for (let cursor = ''; ;) {
    const { status, body } = await attention(`${query}${cursor && `&cursor=${cursor}`}`);
    expect(status).toBe(200);
    found.push(body.hanging.map(({ run }: Shown) => run.reference));
    if (body.next === undefined) return found;
    cursor = body.next;
  }
}

test('pages hold all that hangs once, newest first, and those that do not fit in none', async () => {
  const older = await begin('Conflict', 3);
  const [other] = await begin('Invalid', 1);
  const newer = await begin('Forbidden', 1);
  const all = await pages('?limit=2');
  expect(all[0]).toEqual([...newer, other]);
  expect([all.flat().length, all.flat().slice(2).toSorted()]).toEqual([5, older]);
  expect((await pages('?limit=2&code=Conflict')).flat().toSorted()).toEqual(older);
});

test('a cursor of another filter or of another list is refused', async () => {
  await begin('Conflict', 2);
  const of = async (path: string) => {
    const ask = () => suite.gateway.call('GET', path);
    return (await eventually(ask, ({ body }) => body.next !== undefined)).body.next;
  };
  for (const query of [
    `limit=1&code=Conflict&cursor=${await of('/v1/attention?limit=1')}`,
    `limit=1&cursor=${await of('/v1/onboardings?limit=1')}`,
    'cursor=AAAA',
  ]) {
    const { status, body } = await attention(`?${query}`);
    expect([status, body.errors]).toMatchObject([400, [{ field: 'cursor' }]]);
  }
});

test('without being told otherwise nothing is done; then all that fit are decided, and no other', async () => {
  const conflicts = await begin('Conflict', 3);
  const [other] = await begin('Invalid', 1);
  const created = () => suite.provider.effects.filter((effect) => effect === 'createAccount').length;
  const before = created();
  const asked = { filter: { code: 'Conflict' }, action: 'retry' };
  const dry = await resolve(asked);
  expect([dry.status, dry.body.dryRun, results(dry.body.results)]).toEqual([
    200,
    true,
    conflicts.map((name) => `${name} would-be-decided`),
  ]);
  for (const name of conflicts) expect(await suite.onboardings.decisions('defentry', name)).toEqual([]);
  expect(created()).toBe(before);

  const reason = 'the provider is back';
  const done = await resolve({ ...asked, by: 'night shift', reason, dryRun: false });
  expect([done.status, done.body.dryRun, done.body.more, results(done.body.results)]).toEqual([
    207,
    false,
    false,
    conflicts.map((name) => `${name} decided`),
  ]);
  for (const name of conflicts) {
    expect(await suite.onboardings.decisions('defentry', name)).toMatchObject([
      { action: 'retry', by: 'night shift (via caller-operate)', reason },
    ]);
    await suite.onboardings.cancel('defentry', name);
  }
  await eventually(attention, ({ body }) => named(body.hanging).join() === other);
  expect(created()).toBe(before + 3);
});

test('no more are decided than the limit says, and the answer tells that there are others', async () => {
  const names = await begin('Conflict', 3);
  const asked = { filter: { step: 'createAccount' }, action: 'abort', reason: 'x', dryRun: false, limit: 2 };
  const { body } = await resolve(asked);
  expect([body.results.length, body.more]).toEqual([2, true]);
  const told = named(body.results);
  const left = names.filter((name) => !told.includes(name));
  await eventually(attention, (found) => named(found.body.hanging).join() === left.join());
  expect((await resolve(asked)).body).toMatchObject({ more: false, results: [{ run: { reference: left[0] } }] });
});

test('a run that does not allow the action refuses for itself, and the dry run has said so', async () => {
  const [reference] = await begin('Conflict', 1);
  const skip = { filter: { step: 'createAccount' }, action: 'skip', reason: 'x' };
  expect(results((await resolve(skip)).body.results)).toEqual([`${reference} not-allowed`]);
  const { status, body } = await resolve({ ...skip, dryRun: false });
  expect([status, results(body.results)]).toEqual([207, [`${reference} failed`]]);
  expect(body.results[0].problem).toMatchObject({
    type: '/problems/message-refused',
    status: 409,
    detail: 'action: must be one of retry, abort.',
  });
  expect(named((await attention()).body.hanging)).toEqual([reference]);
});

test('a run that could not be asked is shown as such, and not decided about', async () => {
  const leaving = await openGatewaySuite({ at: server.address });
  const [reference] = await begin('Conflict', 1, leaving);
  await leaving.close();
  const env = { TEMPORAL_ADDRESS: server.address, ONBOARDING_CALL_DEADLINE: 'PT5S' };
  const gateway = await startGateway({ env });
  const shown = { run: { reference }, problem: { type: '/problems/worker-unavailable', status: 503 } };
  const { status, body } = await gateway.call('GET', '/v1/attention');
  expect([status, body]).toMatchObject([200, { hanging: [shown] }]);
  const asked = { filter: { code: 'Conflict' }, action: 'abort', reason: 'x', dryRun: false };
  const told = await gateway.call('POST', '/v1/attention/resolve', { body: asked });
  expect([told.status, told.body.results]).toMatchObject([207, [{ ...shown, result: 'unknown' }]]);
  await gateway.close();
});

test.each<[string, object, string, unknown]>([
  ['no filter', { action: 'retry' }, 'filter', 'is missing; add it.'],
  ['an empty filter', { filter: {}, action: 'retry' }, 'filter', expect.stringMatching(/^must have at least one of /)],
  ['an unknown filter', { filter: { code: 'Conflict', CANARY1: 'x' }, action: 'retry' }, 'filter', expect.any(String)],
  ['a step of no run', { filter: { step: 'CANARY' }, action: 'retry' }, 'filter.step', expect.any(String)],
  [
    'no reason',
    { filter: { code: 'Conflict' }, action: 'retry', dryRun: false },
    'reason',
    'is missing; say why you decide so, it is kept in each run.',
  ],
])('%s is refused before any run has heard of it', async (_, asked, field, message) => {
  const { status, body, text } = await resolve(asked);
  expect([status, body.errors]).toEqual([400, [{ field, message }]]);
  expect(text).not.toContain('CANARY');
});
