import { randomUUID } from 'node:crypto';
import type { ErasureRecord } from '../../client/index.ts';
import { onRecord } from './on-record.ts';
import { permanent } from '../workflows/scripted-provider.ts';
import { eventually } from '../workflows/suite.ts';
import { cancelled, errorOf, openClientSuite, reset, singleRequest, type ClientSuite } from './suite.ts';

let suite: ClientSuite;
beforeAll(async () => {
  suite = await openClientSuite();
});
beforeEach(() => reset(suite));
afterAll(() => suite.close());

const customer = () => ({ provider: 'defentry' as const, reference: `c-${randomUUID()}` });
const effects = (from: number) => suite.provider.effects.slice(from);

async function kept(request: { provider: 'defentry'; reference: string }): Promise<void> {
  await eventually(
    () => suite.onboardings.offboardings.progress('defentry', request.reference),
    ({ wait }) => wait?.for === 'retention',
  );
}

test('an account is removed at once, and the record says what went; the same request again finds it', async () => {
  const { offboardings } = suite.onboardings;
  suite.provider.account.ssnMonitoring = true;
  const request = { ...customer(), keepFor: 'PT0S' };
  const { reference } = request;
  const from = suite.provider.effects.length;
  const started = await offboardings.start(request);
  expect(started).toMatchObject({ started: true, workflowId: `offboarding.defentry.${reference}` });
  const record = await offboardings.result('defentry', reference);
  expect(record).toMatchObject({
    provider: 'defentry',
    reference,
    outcome: 'removed',
  } satisfies Partial<ErasureRecord>);
  expect(record.removed.map(({ what }) => what)).toEqual(expect.arrayContaining(['ssn-monitoring', 'account']));
  expect(effects(from)).toEqual(expect.arrayContaining(['disableSsnMonitoring', 'removeAccount']));
  const done = suite.provider.effects.length;
  // The newest run is the record: what was read of the account is in the run before.
  expect(await offboardings.start(request)).toEqual({ ...started, runId: expect.any(String), started: false });
  expect(await offboardings.result('defentry', reference)).toEqual(record);
  expect(effects(done)).toEqual([]);
  expect(await offboardings.get('defentry', reference)).toMatchObject({ type: 'offboarding', outcome: 'removed' });
});

test('a customer who was onboarded and offboarded is not brought back, nor said to be onboarded, by the request again or another', async () => {
  const { offboardings } = suite.onboardings;
  suite.provider.verified = true;
  const request = singleRequest();
  const account = { provider: 'defentry', reference: request.reference };
  await suite.onboardings.start(request);
  await suite.onboardings.result('defentry', request.reference);
  await offboardings.start({ ...account, keepFor: 'PT0S' });
  await offboardings.result('defentry', request.reference);
  const from = suite.provider.effects.length;
  const person = { ...request.person, email: 'new@example.com' };
  for (const again of [request, { ...request, person }]) {
    expect(await errorOf(suite.onboardings.start(again))).toMatchObject({
      code: 'CustomerOffboarded',
      message: `defentry/${request.reference} was offboarded, and a repeated request must not bring the account back; use another reference for a customer who returns.`,
    });
  }
  expect(effects(from)).toEqual([]);
});

test('nor when retention has deleted the onboarding', async () => {
  const { offboardings } = suite.onboardings;
  suite.provider.verified = true;
  const request = singleRequest();
  const account = { provider: 'defentry', reference: request.reference };
  const { workflowId } = await suite.onboardings.start(request);
  await suite.onboardings.result('defentry', request.reference);
  await offboardings.start({ ...account, keepFor: 'PT0S' });
  await offboardings.result('defentry', request.reference);
  const { connection, client } = suite.temporal;
  const { namespace } = client.options;
  await connection.workflowService.deleteWorkflowExecution({ namespace, workflowExecution: { workflowId } });
  await eventually(
    () => errorOf(suite.onboardings.get('defentry', request.reference)),
    (error) => error.code === 'OnboardingNotFound',
  );
  const from = suite.provider.effects.length;
  expect(await errorOf(suite.onboardings.start(request))).toMatchObject({ code: 'CustomerOffboarded' });
  expect(effects(from)).toEqual([]);
});

test('who asked and why is on record, and the same asked by another is the same', async () => {
  const { offboardings } = suite.onboardings;
  const request = { ...customer(), keepFor: 'PT0S' };
  const words = { by: 'dpo', reason: 'the customer asked for it' };
  const started = await offboardings.start({ ...request, ...words });
  expect(await offboardings.start({ ...request, by: 'night shift' })).toMatchObject({ started: false });
  await offboardings.result('defentry', request.reference);
  // Also in the newest run, which stays when the one before it is erased.
  const [input] = await onRecord(suite, started.workflowId);
  expect(input).toMatchObject({ ...request, ...words });
});

test('a cancel while the account is kept brings it back, and the customer may be offboarded anew', async () => {
  const { offboardings } = suite.onboardings;
  const request = customer();
  await offboardings.start(request);
  await kept(request);
  expect(await errorOf(offboardings.start({ ...request, keepFor: 'PT0S' }))).toMatchObject({
    code: 'ReferenceConflict',
  });
  await offboardings.cancel('defentry', request.reference);
  expect(await offboardings.result('defentry', request.reference)).toMatchObject({ outcome: 'brought-back' });
  expect(suite.provider.account).toMatchObject({ exists: true, active: true });
  expect(await offboardings.start({ ...request, keepFor: 'PT0S' })).toMatchObject({ started: true });
  expect(await offboardings.result('defentry', request.reference)).toMatchObject({ outcome: 'removed' });
});

describe('two runs of one account would undo each other', () => {
  test('no offboarding while the onboarding is open', async () => {
    const { onboardings } = suite;
    const { reference } = singleRequest();
    await onboardings.start(singleRequest({ reference }));
    const from = suite.provider.effects.length;
    expect(await errorOf(onboardings.offboardings.start({ provider: 'defentry', reference }))).toMatchObject({
      code: 'UpdateRefused',
      reason: 'Busy',
      message: `defentry/${reference}: the onboarding is still open; wait for its end or cancel it, then ask again.`,
    });
    expect(await onboardings.runsOf('defentry', reference)).toMatchObject([{ type: 'onboarding' }]);
    await cancelled(onboardings, reference);
    await eventually(
      () => onboardings.get('defentry', reference),
      ({ status }) => status === 'cancelled',
    );
    expect(effects(from)).not.toContain('deactivateAccount');
  });

  test('no offboarding while a change is under way, no change while the customer is offboarded', async () => {
    const { changes, offboardings } = suite.onboardings;
    const request = customer();
    const email = { ...request, changeId: 'first', change: { kind: 'change-email', email: 'new@example.com' } };
    await changes.request(email);
    expect(await errorOf(offboardings.start(request))).toMatchObject({
      reason: 'Busy',
      message: expect.stringContaining(`change/defentry/${request.reference}: a change of the account is under way;`),
    });
    await changes.cancel('defentry', request.reference);
    await changes.result('defentry', request.reference, 'first');
    await eventually(
      () => changes.get('defentry', request.reference),
      ({ status }) => status === 'cancelled',
    );
    await offboardings.start(request);
    await kept(request);
    const activate = { ...request, changeId: 'second', change: { kind: 'activate' } };
    expect(await errorOf(changes.request(activate))).toMatchObject({
      reason: 'Busy',
      message: expect.stringContaining(
        'the customer is being offboarded; wait for its end or cancel it, then ask again.',
      ),
    });
    await offboardings.cancel('defentry', request.reference);
  });
});

test('no onboarding while the customer is offboarded, whose account it would adopt and lose', async () => {
  const { onboardings } = suite;
  const request = customer();
  await onboardings.offboardings.start(request);
  await kept(request);
  const again = singleRequest(request);
  expect(await errorOf(onboardings.start(again))).toMatchObject({
    code: 'UpdateRefused',
    reason: 'Busy',
    message: `offboarding/defentry/${request.reference}: the customer is being offboarded; wait for its end or cancel it, then ask again.`,
  });
  expect(await onboardings.runsOf('defentry', request.reference)).toMatchObject([{ type: 'offboarding' }]);
  await onboardings.offboardings.cancel('defentry', request.reference);
  await onboardings.offboardings.result('defentry', request.reference);
  expect(await onboardings.start(again)).toMatchObject({ started: true });
});

test('what hangs in an offboarding is found among what hangs, decided, and on record', async () => {
  const { offboardings, operator } = suite.onboardings;
  suite.provider.fail('removeAccount', permanent('Forbidden'));
  const request = { ...customer(), keepFor: 'PT0S' };
  const { reference } = request;
  await offboardings.start(request);
  const found = await eventually(
    async () => {
      const names: string[] = [];
      for await (const { run } of operator.hanging({ step: 'removeAccount' })) names.push(run.workflowId);
      return names;
    },
    (names) => names.includes(`offboarding.defentry.${reference}`),
  );
  expect(found).not.toContain(`onboarding.defentry.${reference}`);
  const run = { type: 'offboarding', provider: 'defentry', reference } as const;
  await operator.resolve(run, { step: 'removeAccount', action: 'retry', by: 'dpo', reason: 'the customer insists' });
  expect(await offboardings.result('defentry', reference)).toMatchObject({ outcome: 'removed' });
  expect(await operator.decisions(run)).toMatchObject([{ action: 'retry', by: 'dpo', reason: 'the customer insists' }]);
});

test('of nobody: not found; of bad input: nothing is started', async () => {
  const { offboardings } = suite.onboardings;
  const { reference } = customer();
  expect(await errorOf(offboardings.start({ provider: 'defentry', reference, keepFor: 'a while' }))).toMatchObject({
    code: 'RequestInvalid',
  });
  for (const name of ['get', 'progress', 'result', 'cancel'] as const) {
    expect(await errorOf(offboardings[name]('defentry', reference))).toMatchObject({ code: 'OnboardingNotFound' });
  }
});
