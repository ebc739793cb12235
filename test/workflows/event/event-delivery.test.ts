import { ApplicationFailure } from '@temporalio/common';
import { changeRunId, memberId } from '../../../contract/ids.ts';
import { ACCOUNT } from '../../../contract/search-attributes.ts';
import { ONBOARD_CUSTOMER } from '../../../contract/messages.ts';
import { signalsOf } from '../../setup/history.ts';
import { changesOf, newEmail } from '../change/changes.ts';
import { deliver, looked } from './deliveries.ts';
import { eventually, openSuite, type Suite } from '../suite.ts';

const NEVER = { firstPoll: 'P5D', maxPoll: 'P5D' };
const person = { firstName: 'Ada', lastName: 'Test', email: 'ada@example.com' };
const identification = { scheme: 'BANKID', returnUrl: 'https://bank.example/back' } as const;

let suite: Suite;
beforeAll(async () => {
  suite = await openSuite({}, { clock: 'frozen' });
});
beforeEach(() => {
  suite.provider.verified = false;
  suite.provider.eid = 'pending';
  suite.provider.accepted.clear();
});
afterAll(() => suite.close());

/** A run that waits for its e-mail and will not look by itself. */
async function waiting(changes: Parameters<Suite['start']>[0] = {}) {
  const run = await suite.start({ policy: { emailVerified: NEVER, memberAccepted: NEVER }, ...changes });
  // The wait is there before its first look is over.
  await looked(run.handle, 1);
  return { ...run, accountId: `acc-${run.reference}` };
}

test('an event with the provider’s account id finds its run, whose look then proves the fact', async () => {
  const { id, handle, accountId, result } = await waiting();
  suite.provider.verified = true;
  const delivery = await deliver(suite, { kind: 'emailVerified', accountId });
  expect(await delivery.result()).toEqual({ delivered: true, workflowId: id });
  expect(await delivery.outcome()).toBe('delivered');
  expect(await result()).toMatchObject({ outcome: 'completed' });
  expect(await signalsOf(handle)).toEqual(['emailVerified']);
});

test('an event with our own reference asks nobody for its run', async () => {
  const { id, reference, result } = await waiting();
  suite.provider.verified = true;
  const delivery = await deliver(suite, { kind: 'emailVerified', reference });
  expect(await delivery.result()).toEqual({ delivered: true, workflowId: id });
  const { events } = await delivery.handle.fetchHistory();
  expect(events!.some((event) => event.activityTaskScheduledEventAttributes)).toBe(false);
  expect(await result()).toMatchObject({ outcome: 'completed' });
});

test('an event that comes before the account is known waits for it, without a trace in the history', async () => {
  const creation = suite.provider.hold('createAccount');
  const run = await suite.start({ policy: { emailVerified: NEVER } });
  await creation.entered;
  const delivery = await deliver(suite, { kind: 'emailVerified', accountId: `acc-${run.reference}` });
  await delivery.untilLooked(2);
  creation.release();
  expect(await delivery.result()).toEqual({ delivered: true, workflowId: run.id });
  expect(await signalsOf(run.handle)).toEqual(['emailVerified']);
  const { events } = await delivery.handle.fetchHistory();
  expect(events!.filter((event) => event.activityTaskStartedEventAttributes)).toHaveLength(1);
});

test('events in the wrong order are taken each, and the run goes on when the facts are there', async () => {
  const { accountId, until, result, handle } = await waiting({ identification });
  suite.provider.eid = 'completed';
  await (await deliver(suite, { kind: 'eidCompleted', accountId })).result();
  expect(await signalsOf(handle)).toEqual(['eidCompleted']);
  await until((story) => story.wait?.for === 'emailVerified');
  suite.provider.verified = true;
  await (await deliver(suite, { kind: 'emailVerified', accountId })).result();
  expect(await result()).toMatchObject({ outcome: 'completed', gaps: [] });
});

test('a member’s acceptance goes to the member’s own run', async () => {
  const anna = { reference: 'anna', person: { ...person, email: 'anna@example.com' } };
  const run = await waiting({ kind: 'family', members: [anna] });
  await looked(run.member('anna'), 1);
  suite.provider.accepted.add('anna');
  const { accountId } = run;
  const delivery = await deliver(suite, { kind: 'memberAccepted', accountId, member: 'anna' });
  const workflowId = memberId('defentry', run.reference, 'anna');
  expect(await delivery.result()).toEqual({ delivered: true, workflowId });
  await run.until((story) => story.members[0]?.status === 'accepted');
  await run.handle.terminate();
});

describe('that something has changed', () => {
  test('makes the run look at once where the provider can be read', async () => {
    const { accountId, result } = await waiting();
    suite.provider.verified = true;
    await (await deliver(suite, { kind: 'accountChanged', accountId })).result();
    expect(await result()).toMatchObject({ outcome: 'completed' });
  });

  test('is no proof where only reports tell', async () => {
    const silent = await openSuite({ emailVerified: 'signal' }, { clock: 'frozen' });
    const run = await silent.start({ awaitEmailVerified: true });
    await run.until((story) => story.wait?.for === 'emailVerified');
    const delivery = await deliver(silent, { kind: 'accountChanged', accountId: `acc-${run.reference}` });
    expect(await delivery.result()).toEqual({ delivered: true, workflowId: run.id });
    expect(await signalsOf(run.handle)).toEqual(['lookAgain']);
    expect((await run.progress()).wait?.for).toBe('emailVerified');
    await silent.close();
  });
});

test('with the onboarding at its end, the run of the account’s changes takes the event', async () => {
  suite.provider.verified = true;
  const run = await suite.start();
  await run.result();
  suite.provider.verified = false;
  // Any run under this id that takes the signal.
  const workflowId = changeRunId('defentry', run.reference);
  const request = { provider: 'defentry', reference: run.reference, kind: 'single', person };
  const { taskQueue, client } = suite.temporal;
  const changes = await client.workflow.start(ONBOARD_CUSTOMER, { workflowId, taskQueue, args: [request] });
  const delivery = await deliver(suite, { kind: 'emailVerified', accountId: `acc-${run.reference}` });
  expect(await delivery.result()).toEqual({ delivered: true, workflowId });
  expect(await signalsOf(changes)).toEqual(['emailVerified']);
  await changes.terminate();
});

describe('an event for a run that has ended ends, too, and says so', () => {
  test.each(['accountId', 'reference'] as const)('by %s', async (by) => {
    suite.provider.verified = true;
    const run = await suite.start();
    await run.result();
    const account = by === 'reference' ? { reference: run.reference } : { accountId: `acc-${run.reference}` };
    const delivery = await deliver(suite, { kind: 'emailVerified', ...account });
    expect(await delivery.result()).toEqual({ delivered: false, reason: 'ended' });
    expect(await delivery.outcome()).toBe('ended');
    expect(await signalsOf(run.handle)).toEqual([]);
  });
});

describe('an event of an account that nobody onboarded ends unmatched within the stated time, not before its last minute', () => {
  test.each([{ accountId: 'nobody' }, { reference: 'nobody' }])('%j', async (account) => {
    const delivery = await deliver(suite, { kind: 'emailVerified', ...account }, 'skip');
    expect(await delivery.result()).toEqual({ delivered: false, reason: 'unmatched' });
    expect(await delivery.outcome()).toBe('unmatched');
    const { startTime, closeTime } = await delivery.handle.describe();
    const minutes = (closeTime!.getTime() - startTime.getTime()) / 60_000;
    expect(minutes).toBeGreaterThan(58);
    expect(minutes).toBeLessThanOrEqual(61);
  });
});

test('an event that names no account is refused at once', async () => {
  const delivery = await deliver(suite, { kind: 'emailVerified' });
  await expect(delivery.result()).rejects.toMatchObject({ cause: expect.any(ApplicationFailure) });
});

test('the search attribute is the same in every run of a customer, and nobody’s account id', async () => {
  const { handle, accountId } = await waiting();
  const { typedSearchAttributes } = await eventually(
    () => handle.describe(),
    (run) => run.typedSearchAttributes.get(ACCOUNT) !== undefined,
  );
  expect(typedSearchAttributes.get(ACCOUNT)).toMatch(/^[\w-]{43}$/);
  expect(typedSearchAttributes.get(ACCOUNT)).not.toContain(accountId);
  await handle.terminate();
});

test('an event about an account that was not onboarded here finds the run of its changes', async () => {
  const changes = changesOf(suite, { policy: { emailChanged: NEVER } });
  await changes.ask(newEmail);
  await changes.until(({ wait }) => wait?.for === 'emailChanged');
  await looked(changes.handle, 1);
  suite.provider.account.emailVerified = true;
  const delivery = await deliver(suite, { kind: 'accountChanged', accountId: `acc-${changes.reference}` });
  expect(await delivery.result()).toEqual({ delivered: true, workflowId: changes.id });
  expect(await changes.result()).toMatchObject([{ status: 'done' }]);
});
