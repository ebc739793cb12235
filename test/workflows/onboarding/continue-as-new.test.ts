import {
  decisions,
  emailVerified,
  eidCompleted,
  eidLink,
  memberAccepted,
  removeMember,
  resolve,
} from '../../../contract/messages.ts';
import { startOwnServer, type OwnServer } from '../../setup/own-server.ts';
import { add, openReconciliations } from '../reconciliation/reconciliations.ts';
import { permanent } from '../scripted-provider.ts';
import { openSuite, type Onboarding, type Suite } from '../suite.ts';

const person = { firstName: 'Anna', lastName: 'Test', email: 'anna@example.com' };
const DAY = 86_400_000;
let server: OwnServer;
let suite: Suite;
beforeAll(async () => {
  server = await startOwnServer({ 'limit.historyCount.suggestContinueAsNew': '20' });
});
afterAll(() => server.stop());
beforeEach(async () => {
  suite = await openSuite({}, { clock: 'real', address: server.address });
});
afterEach(() => suite.close());

it('loses nothing over many runs: accounts, members, deadlines, seen events, links', async () => {
  const { provider } = suite;
  const run = await suite.start({
    kind: 'family',
    person: { ...person, email: 'ada@example.com' },
    members: [{ reference: 'anna', person }],
    identification: { scheme: 'BANKID', returnUrl: 'https://bank.example/back' },
    ssnMonitoring: true,
  });
  const first = await run.until((story) => story.wait?.for === 'emailVerified' && story.members[0]?.status === 'open');
  const runs = new Set<string>();
  // Each forged report costs history, so the run has to continue as new, again and again, while it waits.
  for (let number = 0; runs.size < 3; number += 1) {
    await run.handle.signal(emailVerified, { eventId: `forged-${number}` });
    await run.handle.signal(emailVerified, { eventId: 'the same each time' });
    runs.add((await run.handle.describe()).runId);
  }
  const later = await run.until((story) => story.wait?.for === 'emailVerified');
  expect(later.wait).toEqual(first.wait);
  expect(Date.parse(later.wait!.deadline) - Date.parse(later.wait!.since)).toBe(14 * DAY);
  provider.accepted.add('anna');
  await run.handle.signal(memberAccepted, { eventId: 'accepted', member: 'anna' });
  await run.until((story) => story.members[0]?.status === 'accepted');
  provider.verified = true;
  await run.handle.signal(emailVerified, { eventId: 'clicked' });
  await run.until((story) => story.wait?.for === 'identification');
  for (let number = 0; number < 10; number += 1) {
    await run.handle.signal(eidCompleted, { eventId: `forged-${number}`, identificationId: 'x', outcome: 'completed' });
  }
  expect(await run.handle.query(eidLink)).toEqual({ link: 'https://eid.example/1' });
  provider.eid = 'completed';
  await run.handle.signal(eidCompleted, { eventId: 'done', identificationId: 'x', outcome: 'completed' });
  expect(await run.result()).toMatchObject({
    outcome: 'completed',
    members: [{ reference: 'anna', status: 'accepted' }],
  });
  expect(provider.effects).toEqual([
    'createAccount',
    'addMember anna',
    'inviteMember anna',
    'startIdentification',
    'enableSsnMonitoring',
  ]);
});

it('carries no SSN into the next run once the account and the members are there', async () => {
  const ssns = ['19900101-1111', '19900101-2222', '19900101-3333'];
  const [own, annas, bos] = ssns.map((ssn) => ({ ...person, ssn }));
  const hold = suite.provider.hold('createAccount');
  const run = await suite.start({
    kind: 'family',
    person: own!,
    members: [
      { reference: 'anna', person: annas! },
      { reference: 'bo', person: bos! },
    ],
  });
  await hold.entered;
  await run.handle.executeUpdate(removeMember, { args: [{ member: 'bo' }] });
  hold.release();
  await run.untilMember('anna', (story) => story.wait !== undefined);
  const { runId } = await continued(run);
  const text = await inputOf(run.id, runId);
  expect(text).toContain('anna');
  for (const ssn of ssns) expect(text).not.toContain(ssn);
  await run.handle.terminate();
});

/** What the run was started with, in clear text. */
async function inputOf(workflowId: string, runId: string): Promise<string> {
  const { client } = suite.temporal;
  const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory();
  const { payloads } = events![0]!.workflowExecutionStartedEventAttributes!.input!;
  const [codec] = client.options.loadedDataConverter.payloadCodecs;
  const clear = await codec!.decode(payloads!, { type: 'workflow', namespace: client.options.namespace, workflowId });
  return clear.map(({ data }) => Buffer.from(data!).toString()).join('\n');
}

/** Each forged report costs history, so the run has to continue as new while it waits. */
async function continued(run: Onboarding): Promise<{ runId: string }> {
  const before = (await run.handle.describe()).runId;
  for (let number = 0; number < 10; number += 1) {
    await run.handle.signal(emailVerified, { eventId: `forged-${number}` });
    await run.until((story) => story.wait !== undefined);
  }
  const { runId } = await run.handle.describe();
  expect(runId).not.toBe(before);
  return { runId };
}

it('keeps what operators have decided, and shows it only to those who ask for it', async () => {
  suite.provider.fail('createAccount', permanent('Invalid'));
  const run = await suite.start();
  await run.until(({ attention }) => attention !== undefined);
  const words = { by: 'night shift', reason: 'the bank has confirmed the number' };
  await run.handle.executeUpdate(resolve, { args: [{ step: 'createAccount', action: 'retry', ...words }] });
  await run.until((story) => story.wait?.for === 'emailVerified');
  await continued(run);
  expect(await run.handle.query(decisions)).toEqual([
    { at: expect.stringMatching(/^\d{4}-.*Z$/), step: 'createAccount', code: 'Invalid', action: 'retry', ...words },
  ]);
  expect(JSON.stringify(await run.progress())).not.toMatch(/night shift|confirmed the number/);
  await run.handle.cancel();
  await expect(run.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
});

it('undoes what runs before the continue-as-new have done', async () => {
  const run = await suite.start({ kind: 'family', members: [{ reference: 'anna', person }] });
  await run.untilMember('anna', (story) => story.wait !== undefined);
  await continued(run);
  await run.handle.cancel();
  await expect(run.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
  expect(suite.provider.effects).toEqual([
    'createAccount',
    'addMember anna',
    'inviteMember anna',
    'removeMember anna',
    'removeAccount',
  ]);
});

it('loses nothing of a reconciliation over many runs: places in both lists, counts, findings', async () => {
  const compared = await openReconciliations({ clock: 'real', address: server.address });
  for (let number = 0; number < 12; number += 1) {
    add(compared, `c-${number}`, number % 3 === 0 ? { account: false } : { belief: number % 3 === 1 ? {} : false });
  }
  const run = await compared.start({ policy: { pause: 'PT0.01S' } });
  expect(await run.result()).toMatchObject({
    outcome: 'differences',
    retention: 86_400,
    counts: { known: 8, agreed: 4, differing: 4, listed: 8, findings: { missing: 4, foreign: 4 } },
  });
  expect((await run.handle.describe()).runId).not.toBe(run.handle.firstExecutionRunId);
  await compared.close();
});
