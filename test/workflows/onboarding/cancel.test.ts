import { emailVerified, eidCompleted, resolve } from '../../../contract/messages.ts';
import type { ActivityName } from '../../../contract/activities.ts';
import type { StepName } from '../../../contract/progress.ts';
import type { UndoMode } from '../../../contract/policy.ts';
import { permanent } from '../scripted-provider.ts';
import { eventually, openSuite, stepStatus, type Suite } from '../suite.ts';

const request = {
  kind: 'family',
  members: [{ reference: 'anna', person: { firstName: 'Anna', lastName: 'Test', email: 'anna@example.com' } }],
  identification: { scheme: 'BANKID', returnUrl: 'https://bank.example/back' },
  ssnMonitoring: true,
  watchlists: [{ kind: 'email', value: 'ada@example.com' }],
} as const;
let suite: Suite;
afterEach(() => suite.close());

/** Where the cancel comes; the activity that blocks there; whether an account is left to remove. */
const CANCELS: [StepName, ActivityName, boolean][] = [
  ['checkRequest', 'checkRequest', false],
  ['checkUniqueness', 'checkUniqueness', false],
  ['createAccount', 'createAccount', true],
  ['identify', 'startIdentification', true],
  ['enableSsnMonitoring', 'enableSsnMonitoring', true],
  ['enrolWatchlists', 'enrolWatchlist', true],
];

it.each(CANCELS)('cancelled at %s, takes back what was done and ends cancelled', async (step, activity, created) => {
  suite = await openSuite({}, { clock: 'real' });
  const { provider } = suite;
  provider.verified = true;
  provider.eid = 'completed';
  provider.failForever(activity, permanent('Invalid'));
  const run = await suite.start({ ...request, members: [...request.members], watchlists: [...request.watchlists] });
  await run.until(({ attention }) => attention?.step === step);
  await run.handle.cancel();
  await expect(run.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
  expect((await run.handle.describe()).status.name).toBe('CANCELLED');
  expect((await run.progress()).outcome).toBe('aborted');
  expect(provider.effects.filter((effect) => effect.startsWith('removeAccount'))).toHaveLength(created ? 1 : 0);
  const added = provider.effects.filter((effect) => effect === 'addMember anna').length;
  expect(provider.effects.filter((effect) => effect === 'removeMember anna')).toHaveLength(added);
});

it.each(['emailVerified', 'identification'] as const)('cancelled while it waits for %s, undoes', async (wait) => {
  suite = await openSuite({}, { clock: 'real' });
  suite.provider.verified = wait === 'identification';
  const run = await suite.start({ identification: request.identification });
  await run.until((story) => story.wait?.for === wait);
  await run.handle.cancel();
  await expect(run.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
  expect(suite.provider.effects.at(-1)).toBe('removeAccount');
});

it('cancelled while a call is under way, waits for its outcome and undoes that too', async () => {
  suite = await openSuite({}, { clock: 'real' });
  const held = suite.provider.hold('createAccount');
  const run = await suite.start();
  await held.entered;
  await run.handle.cancel();
  await eventually(
    async () => (await run.handle.fetchHistory()).events!,
    (events) => events.some(({ activityTaskCancelRequestedEventAttributes: asked }) => asked),
  );
  expect((await run.handle.describe()).status.name).toBe('RUNNING');
  held.release();
  await expect(run.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
  expect(suite.provider.effects).toEqual(['createAccount', 'removeAccount']);
});

const MODES: [UndoMode, string[]][] = [
  ['keep', []],
  ['deactivate', ['disableSsnMonitoring', 'deactivateAccount']],
  ['remove', ['removeAccount']],
];

it.each(MODES)('undoes in reverse order, by policy: %s', async (atAbort, undo) => {
  suite = await openSuite({}, { clock: 'real' });
  const { provider } = suite;
  provider.verified = true;
  provider.eid = 'completed';
  provider.failForever('enrolWatchlist', permanent('Invalid'));
  const { identification, ssnMonitoring, watchlists } = request;
  const run = await suite.start({ identification, ssnMonitoring, watchlists: [...watchlists], policy: { atAbort } });
  await run.until(({ attention }) => attention?.step === 'enrolWatchlists');
  await run.handle.executeUpdate(resolve, { args: [{ step: 'enrolWatchlists', action: 'abort' }] });
  await run.result();
  expect(provider.effects).toEqual(['createAccount', 'startIdentification', 'enableSsnMonitoring', ...undo]);
});

it('cancelled where the policy keeps the account, leaves the member that was invited', async () => {
  suite = await openSuite({}, { clock: 'real' });
  const run = await suite.start({ kind: 'family', members: [...request.members], policy: { atAbort: 'keep' } });
  await run.untilMember('anna', ({ wait }) => wait !== undefined);
  await run.handle.cancel();
  await expect(run.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
  expect(await run.member('anna').result()).toMatchObject({ status: 'gap', code: 'stopped' });
  expect(suite.provider.effects).toEqual(['createAccount', 'addMember anna', 'inviteMember anna']);
});

it('takes a repeated signal once, an early one, and tells a late one that the run has ended', async () => {
  suite = await openSuite({}, { clock: 'frozen' });
  suite.provider.failForever('checkUniqueness', permanent('Invalid'));
  const run = await suite.start();
  await run.until(({ attention }) => attention !== undefined);
  for (let times = 0; times < 3; times += 1) await run.handle.signal(emailVerified, { eventId: 'same' });
  suite.provider.failForever('checkUniqueness', undefined);
  suite.provider.verified = true;
  await run.handle.executeUpdate(resolve, { args: [{ step: 'checkUniqueness', action: 'retry' }] });
  await run.result();
  expect(suite.provider.attempts.filter((name) => name === 'awaitEmailVerified')).toHaveLength(1);
  expect(stepStatus(await run.progress(), 'verifyEmail')).toBe('done');
  const late = { eventId: 'late', identificationId: 'eid-1', outcome: 'completed' } as const;
  await expect(run.handle.signal(eidCompleted, late)).rejects.toMatchObject({ name: 'WorkflowNotFoundError' });
  await eventually(
    async () => (await run.handle.describe()).status.name,
    (name) => name === 'COMPLETED',
  );
});
