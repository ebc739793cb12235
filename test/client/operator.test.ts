import { PassThrough } from 'node:stream';
import { nameOf } from '../../client/temporal/address.ts';
import type { Hanging } from '../../client/hanging.ts';
import type { DecisionInput } from '../../client/operator.ts';
import { startOwnServer, type OwnServer } from '../setup/own-server.ts';
import { permanent } from '../workflows/scripted-provider.ts';
import { eventually } from '../workflows/suite.ts';
import { openCommandSuite, type CommandSuite, type Ran } from '../cli/suite.ts';
import { errorOf, reset, singleRequest } from './suite.ts';

const RETRY = ['resolve', '--all', 'retry', '--reason', 'the provider is back'];
const person = { firstName: 'Bo', lastName: 'Test', email: 'bo@example.com' };

// Of its own, because it decides for all that fit: on the common server that would be other tests' runs.
let server: OwnServer;
let suite: CommandSuite;
beforeAll(async () => {
  server = await startOwnServer({});
  suite = await openCommandSuite(undefined, { address: server.address, clock: 'real' });
});
beforeEach(() => reset(suite));
afterEach(async () => {
  for (const { run } of await hanging()) await suite.temporal.client.workflow.getHandle(run.workflowId).terminate();
  await eventually(hanging, (found) => found.length === 0);
});
afterAll(async () => {
  await suite.close();
  await server.stop();
});

async function hanging(filter = {}): Promise<Hanging[]> {
  const found: Hanging[] = [];
  for await (const one of suite.onboardings.operator.hanging(filter)) found.push(one);
  return found;
}

/** Starts customers whose creation fails with this code, and answers when the list knows that they hang. */
async function begin(code: string, count: number): Promise<string[]> {
  const requests = Array.from({ length: count }, () => singleRequest());
  suite.provider.failForever('createAccount', permanent(code));
  for (const request of requests) await suite.onboardings.start(request);
  const names = requests.map(({ reference }) => reference);
  await eventually(
    () => hanging({ code }),
    (found) => names.every((name) => found.some(({ run }) => run.reference === name)),
  );
  suite.provider.failForever('createAccount', undefined);
  return names;
}

const results = ({ json }: Ran) => json.map(({ run, result }) => `${run!.reference} ${String(result)}`).toSorted();
const stillHanging = async () => (await hanging()).map(({ run }) => run.reference).toSorted();
const created = () => suite.provider.effects.filter((effect) => effect === 'createAccount').length;

test('hanging runs of customers and of members are found by provider, step, code and age', async () => {
  const [conflict] = await begin('Conflict', 1);
  suite.provider.fail('addMember', permanent('Forbidden'));
  const family = singleRequest({ kind: 'family', members: [{ reference: 'partner', person }] });
  await suite.onboardings.start(family);
  const partner = `defentry/${family.reference}/partner`;
  await eventually(hanging, (found) => found.length === 2);
  const named = async (filter: object) => (await hanging(filter)).map(({ run }) => nameOf(run));
  expect(await named({ code: 'Conflict' })).toEqual([`defentry/${conflict}`]);
  expect(await named({ step: 'addMember' })).toEqual([partner]);
  expect(await named({ provider: 'defentry' })).toHaveLength(2);
  expect(await named({ provider: 'facilioo' })).toEqual([]);
  expect(await named({ code: 'Forbidden', step: 'createAccount' })).toEqual([]);
  expect(await named({ olderThan: 'P1D' })).toEqual([]);
  expect(await named({ olderThan: 'PT0S', step: 'addMember' })).toEqual([partner]);
  const shown = await suite.onboard(['attention', '--code', 'Forbidden']);
  expect(shown.stdout).toMatch(new RegExp(`^${partner} +addMember .* Forbidden +retry, abort`, 'm'));
  expect(shown.stdout).not.toContain(conflict);
  expect(await named({ reference: family.reference })).toEqual([partner]);
  const customer = await suite.onboard(['status', family.reference]);
  expect(customer.stdout).toMatch(new RegExp(`^${partner} +addMember .* Forbidden +retry, abort`, 'm'));
  expect(customer.stdout).toContain(`resolve --all ACTION --provider defentry --reference ${family.reference} `);
  const words = { by: 'night shift', reason: 'the vendor has given us the right' };
  const decision = { member: 'partner', step: 'addMember', action: 'retry', ...words } as const;
  await suite.onboardings.resolve('defentry', family.reference, decision);
  expect(await suite.onboardings.decisions('defentry', family.reference, 'partner')).toMatchObject([
    { step: 'addMember', code: 'Forbidden', action: 'retry', ...words },
  ]);
  expect(await suite.onboardings.decisions('defentry', family.reference)).toEqual([]);
  await suite.onboardings.cancel('defentry', family.reference);
});

test('a dry run lists what would be decided and does nothing; then all that fit are decided, and no other', async () => {
  const conflicts = await begin('Conflict', 12);
  const [other] = await begin('Invalid', 1);
  const before = created();
  const dry = await suite.onboard([...RETRY.slice(0, 3), '--code', 'Conflict', '--dry-run', '--json']);
  expect(dry.code).toBe(0);
  expect(results(dry)).toEqual(conflicts.map((name) => `${name} would-retry`).toSorted());
  expect(created()).toBe(before);
  for (const name of conflicts) expect(await suite.onboardings.decisions('defentry', name)).toEqual([]);

  const ran = await suite.onboard([...RETRY, '--code', 'Conflict', '--yes', '--json']);
  expect(ran.code).toBe(0);
  expect(results(ran)).toEqual(conflicts.map((name) => `${name} retry`).toSorted());
  for (const name of conflicts) {
    await eventually(
      () => suite.onboardings.progress('defentry', name),
      (story) => story.wait?.for === 'emailVerified',
    );
    expect(await suite.onboardings.decisions('defentry', name)).toMatchObject([
      { action: 'retry', by: 'operator-7', reason: 'the provider is back' },
    ]);
  }
  expect(created()).toBe(before + 12);
  await eventually(stillHanging, (names) => names.join() === other);
  for (const name of conflicts) await suite.onboardings.cancel('defentry', name);
});

test('members of one customer are decided about in one go', async () => {
  const members = ['partner', 'child'].map((reference) => ({ reference, person }));
  const family = singleRequest({ kind: 'family', members });
  suite.provider.failForever('addMember', permanent('Forbidden'));
  await suite.onboardings.start(family);
  const needed = () => hanging({ reference: family.reference });
  await eventually(needed, (found) => found.length === 2);
  suite.provider.failForever('addMember', undefined);
  const [other] = await begin('Conflict', 1);
  const ran = await suite.onboard([...RETRY, '--reference', family.reference, '--yes', '--json']);
  expect(results(ran)).toEqual([`${family.reference} retry`, `${family.reference} retry`]);
  await eventually(
    () => Promise.resolve(suite.provider.effects),
    (effects) => ['addMember partner', 'addMember child'].every((effect) => effects.includes(effect)),
  );
  for (const reference of [family.reference, other!]) await suite.onboardings.cancel('defentry', reference);
});

test('many are told at the same time, but no more than ten', async () => {
  await begin('Conflict', 14);
  const { workflowService } = suite.temporal.connection;
  const update = workflowService.updateWorkflowExecution.bind(workflowService);
  let now = 0;
  let most = 0;
  const counting = async (...request: Parameters<typeof update>): Promise<unknown> => {
    most = Math.max(most, (now += 1));
    return update(...request).finally(() => (now -= 1));
  };
  Object.assign(workflowService, { updateWorkflowExecution: counting });
  try {
    const found = await hanging({ code: 'Conflict' });
    const verdict = { action: 'abort', reason: 'the customer has left' } as const;
    const { operator } = suite.onboardings;
    const { results, more } = await operator.decideAll({ code: 'Conflict' }, verdict, { dryRun: false });
    expect(more).toBe(false);
    expect(results.map(({ run, result }) => [run.reference, result])).toEqual(
      found.map(({ run }) => [run.reference, 'decided']),
    );
  } finally {
    Object.assign(workflowService, { updateWorkflowExecution: update });
  }
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThanOrEqual(10);
});

test('a run that does not allow the action refuses for itself: 4, and the dry run has said so', async () => {
  const [reference] = await begin('Conflict', 1);
  const skip = ['resolve', '--all', 'skip', '--reason', 'x', '--step', 'createAccount'];
  expect(results(await suite.onboard([...skip, '--dry-run', '--json']))).toEqual([`${reference} not-allowed`]);
  const ran = await suite.onboard([...skip, '--yes', '--json']);
  expect(ran).toMatchObject({
    code: 4,
    json: [{ result: 'failed', problem: { code: 'UpdateRefused', message: 'action: must be one of retry, abort.' } }],
  });
  const shown = await suite.onboard([...skip, '--yes']);
  expect(shown.stdout).toMatch(/createAccount +Conflict +failed: action: must be one of retry, abort\.$/m);
  expect(await stillHanging()).toEqual([reference]);
});

describe('many are decided only by --yes or by an answer at a terminal', () => {
  const conflict = [...RETRY, '--code', 'Conflict'];

  function typing(answer: string): PassThrough {
    const terminal = Object.assign(new PassThrough(), { isTTY: true });
    terminal.write(answer);
    return terminal;
  }

  test('nobody there: 2', async () => {
    const [reference] = await begin('Conflict', 1);
    const ran = await suite.onboard(conflict);
    expect(ran).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(/^--yes: is missing/) });
    expect(await stillHanging()).toEqual([reference]);
  });

  test('no: 130, yes: done', async () => {
    const [reference] = await begin('Conflict', 1);
    const no = await suite.onboard(conflict, typing('\n'));
    expect(no).toMatchObject({ code: 130, stdout: '', stderr: expect.stringMatching(/Nothing was done\.\n$/) });
    expect(no.stderr).toContain('retry in 1 run? [y/N]');
    expect(await stillHanging()).toEqual([reference]);
    const yes = await suite.onboard(conflict, typing('y\n'));
    expect(yes).toMatchObject({ code: 0, stdout: expect.stringContaining(`defentry/${reference}`) });
    await eventually(stillHanging, (names) => names.length === 0);
    await suite.onboardings.cancel('defentry', reference!);
  });

  test('Ctrl+C leaves those alone that were not told', async () => {
    const names = await begin('Conflict', 2);
    const ran = await suite.onboard([...conflict, '--yes'], '', AbortSignal.abort());
    expect(ran).toMatchObject({ code: 130, stderr: 'Interrupted; 2 of 2 runs were not told.\n' });
    expect(await stillHanging()).toEqual(names.toSorted());
  });
});

test('nothing that fits is no error', async () => {
  const ran = await suite.onboard([...RETRY, '--code', 'Nowhere', '--yes']);
  expect(ran).toMatchObject({ code: 0, stdout: 'Nothing that fits needs a decision.\n' });
});

test('a decision without a reason is refused before any run has heard of it', async () => {
  const run = { type: 'onboarding', provider: 'defentry', reference: 'c-1' } as const;
  const decision = JSON.parse('{"step":"createAccount","action":"retry"}') as DecisionInput;
  expect(await errorOf(suite.onboardings.operator.resolve(run, decision))).toMatchObject({
    problems: ['reason: is missing; add it.'],
  });
});
