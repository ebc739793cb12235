import { startOwnServer, type OwnServer } from '../setup/own-server.ts';
import { newAccount } from '../workflows/scripted-account.ts';
import { eventually } from '../workflows/suite.ts';
import { onRecord } from '../client/on-record.ts';
import { reset, singleRequest } from '../client/suite.ts';
import { GATEWAY_TOKENS, openGatewaySuite, startGateway, tokens, type GatewaySuite } from './suite.ts';

const ALL = '/v1/reconciliations/defentry';

// Of its own: on the common server the run over all accounts of a provider would be other tests' too.
let server: OwnServer;
let suite: GatewaySuite;
/** Of two customers whose monitoring should be on. */
let monitored: string[];
beforeAll(async () => {
  server = await startOwnServer({});
  suite = await openGatewaySuite({ at: server.address });
  reset(suite);
  suite.provider.verified = true;
  monitored = [await onboarded(), await onboarded()].toSorted();
});
beforeEach(async () => {
  suite.provider.account = { ...newAccount(), ssnMonitoring: false };
  // Temporal's list lags behind.
  await eventually(
    () => report(),
    ({ findings }) => findings.length === 2,
  );
});
afterAll(async () => {
  await suite.close();
  await server.stop();
});

async function onboarded(): Promise<string> {
  const person = { firstName: 'Ada', lastName: 'Test', email: 'ada@example.com', ssn: '19900101-1234' };
  const { reference } = await suite.onboardings.start(singleRequest({ person, ssnMonitoring: true }));
  await suite.onboardings.result('defentry', reference);
  return reference;
}

async function report(subject = ALL): Promise<{ startedAt: string; findings: { reference: string }[] }> {
  await suite.gateway.call('POST', subject, { body: { policy: { pause: 'PT0.01S' } } });
  return (await suite.gateway.call('GET', `${subject}/report?wait=30`)).body;
}

const repair = (body: object, subject = ALL, { gateway } = suite) =>
  gateway.call('POST', `${subject}/repair`, { body, token: tokens.operate });
const repairs = () => suite.provider.effects.filter((effect) => effect === 'applyChange ssn-monitoring-on').length;

interface Shown {
  finding: { reference: string };
  changeId: string;
  result: string;
}
const shown = (results: Shown[]) => results.map(({ finding, result }) => `${finding.reference} ${result}`).toSorted();

test('without being told otherwise nothing is done; then all is mended once, with who and why on record', async () => {
  const before = repairs();
  const dry = await repair({});
  expect([dry.status, dry.body.dryRun, shown(dry.body.results)]).toEqual([
    200,
    true,
    monitored.map((reference) => `${reference} would-be-started`),
  ]);
  expect(dry.body).not.toHaveProperty('next');
  const { startedAt } = (await suite.gateway.call('GET', `${ALL}/report`)).body;
  const asked = { startedAt, dryRun: false, by: 'night shift', reason: 'seen by two' };
  expect(repairs()).toBe(before);

  const done = await repair(asked);
  expect([done.status, done.body.dryRun, shown(done.body.results)]).toEqual([
    207,
    false,
    monitored.map((reference) => `${reference} taken`),
  ]);
  expect(done.body.results.map(({ changeId }: Shown) => changeId)).toEqual(
    dry.body.results.map(({ changeId }: Shown) => changeId),
  );
  for (const { finding, changeId, taken } of done.body.results) {
    expect(taken.workflowId).toBe(`change.defentry.${finding.reference}`);
    const { body } = await suite.gateway.call(
      'GET',
      `/v1/accounts/defentry/${finding.reference}/changes/${changeId}/result?wait=30`,
    );
    expect(body).toMatchObject({ kind: 'ssn-monitoring-on', status: 'done' });
    const asking = { changeId, by: 'night shift (via caller-operate)', reason: 'seen by two' };
    expect(await onRecord(suite, taken.workflowId)).toContainEqual(expect.objectContaining(asking));
  }
  expect(repairs()).toBe(before + 2);
  // The same finding is the same change.
  expect(shown((await repair(asked)).body.results)).toEqual(shown(done.body.results));
  expect(repairs()).toBe(before + 2);
});

test('of one account no other is touched', async () => {
  const before = repairs();
  const one = `/v1/accounts/defentry/${monitored[0]}/reconciliation`;
  const { startedAt } = await report(one);
  expect(shown((await repair({ startedAt }, one)).body.results)).toEqual([`${monitored[0]} would-be-started`]);
  const { body } = await repair({ startedAt, dryRun: false }, one);
  expect(shown(body.results)).toEqual([`${monitored[0]} taken`]);
  const { changeId } = body.results[0];
  await suite.onboardings.changes.result('defentry', monitored[0]!, changeId);
  expect(repairs()).toBe(before + 1);
});

test('where there are more than one call takes, it goes on where the call before has ended', async () => {
  const { startedAt } = await report();
  const first = shown((await repair({ startedAt })).body.results);
  const rest = await repair({ startedAt, from: 1 });
  expect(first).toEqual(expect.arrayContaining(shown(rest.body.results)));
  expect(rest.body.results).toHaveLength(1);
  expect((await repair({ startedAt, from: 2 })).body).toEqual({ dryRun: true, results: [] });
});

describe('refused, and nothing is done,', () => {
  const notCurrent = [409, '/problems/report-not-current'];
  let before: number;
  beforeEach(() => void (before = repairs()));
  afterEach(() => {
    if (repairs() !== before) throw new Error('something was repaired');
  });

  test('is another report than the newest', async () => {
    const { startedAt } = await report();
    await report();
    for (const dryRun of [true, false]) {
      const { status, body } = await repair({ startedAt, dryRun });
      expect([status, body.type]).toEqual(notCurrent);
    }
  });

  test('is a report that is not there yet', async () => {
    const one = `/v1/accounts/defentry/${monitored[1]}/reconciliation`;
    const workflowId = `reconciliation.defentry.${monitored[1]}`;
    const handle = await suite.temporal.client.workflow.start('reconcile', {
      workflowId,
      taskQueue: 'nobody-hosts-it',
      args: [{ provider: 'defentry', reference: monitored[1] }],
    });
    const { status, body } = await repair({}, one);
    await handle.terminate();
    expect([status, body.type]).toEqual(notCurrent);
  });

  test('is one that is too old', async () => {
    const { startedAt } = await report();
    const { address, taskQueue } = suite.temporal;
    const env = { TEMPORAL_ADDRESS: address, ONBOARDING_TASK_QUEUE: taskQueue, GATEWAY_TOKENS };
    const gateway = await startGateway({ env, limits: { repairWithin: -1 } });
    const { status, body } = await repair({ startedAt, dryRun: false }, ALL, { ...suite, gateway });
    await gateway.close();
    expect([status, body.type]).toEqual(notCurrent);
  });

  test('is a comparison that never was', async () => {
    const { status, body } = await repair({}, '/v1/reconciliations/facilioo');
    expect([status, body.type]).toEqual([404, '/problems/onboarding-not-found']);
  });

  test.each<[string, object, string, unknown]>([
    ['no report', { dryRun: false }, 'startedAt', expect.stringMatching(/^is missing; name the report/)],
    ['no instant', { startedAt: 'CANARY' }, 'startedAt', expect.any(String)],
    ['no yes or no', { dryRun: 'CANARY' }, 'dryRun', expect.any(String)],
    ['a place before the first', { from: -1 }, 'from', expect.any(String)],
    ['an unknown field', { CANARY1: 1 }, 'request', expect.any(String)],
  ])('is %s', async (_, body, field, message) => {
    const answer = await repair(body);
    expect([answer.status, answer.body.errors]).toEqual([400, [{ field, message }]]);
    expect(answer.text).not.toContain('CANARY');
  });
});

// The last, because the third customer stays.
test('one that is refused does not keep the others', async () => {
  const before = repairs();
  const leaving = await onboarded();
  suite.provider.account.ssnMonitoring = false;
  const { startedAt } = await eventually(
    () => report(),
    ({ findings }) => findings.length === 3,
  );
  // Kept for a while, so it is open.
  await suite.onboardings.offboardings.start({ provider: 'defentry', reference: leaving, keepFor: 'P30D' });
  const { status, body } = await repair({ startedAt, dryRun: false });
  const taken = monitored.map((reference) => `${reference} taken`);
  expect([status, shown(body.results)]).toEqual([207, [...taken, `${leaving} failed`].toSorted()]);
  const refused = body.results.filter(({ result }: Shown) => result === 'failed');
  expect(refused).toMatchObject([{ problem: { type: '/problems/account-busy', status: 409 } }]);
  for (const { finding, result, changeId } of body.results) {
    if (result === 'taken') await suite.onboardings.changes.result('defentry', finding.reference, changeId);
  }
  expect(repairs()).toBe(before + 2);
});
