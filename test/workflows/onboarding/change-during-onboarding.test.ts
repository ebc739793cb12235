import type { AccountChange, RequestedChange } from '../../../contract/change.ts';
import { emailVerified, lookAgain, removeMember, requestChange, resolve } from '../../../contract/messages.ts';
import { changesOf, newEmail, person, type Changes } from '../change/changes.ts';
import { permanent } from '../scripted-provider.ts';
import { openSuite, type Onboarding, type Suite } from '../suite.ts';

const CHANGED = 'applyChange change-email new@example.com';
const BACK = 'applyChange change-email ada@example.com';
const anna = { reference: 'anna', person };
let suite: Suite;
beforeEach(async () => {
  suite = await openSuite({}, { clock: 'real' });
});
afterEach(() => suite.close());

let asked = 0;
const ask = (run: Onboarding, change: AccountChange, options: Partial<RequestedChange> = {}) =>
  run.handle.executeUpdate(requestChange, {
    args: [{ changeId: `ch-${(asked += 1)}`, change, ifBusy: 'wait', ...options }],
  });

async function waitingForEmail(request: Parameters<Suite['start']>[0] = {}): Promise<[Onboarding, Changes]> {
  suite.provider.account.active = false; // nobody has confirmed its address yet
  const run = await suite.start(request);
  await run.until((story) => story.wait?.for === 'emailVerified');
  return [run, changesOf(suite, { reference: run.reference })];
}

it.each([
  ['a click on the new mail', emailVerified],
  ['a report that something has changed', lookAgain],
])('changes the address while the first one is waited for; %s ends both waits', async (_, signal) => {
  const [run, changes] = await waitingForEmail();
  expect(await ask(run, newEmail)).toEqual({ ahead: 0 });
  // The change has looked, and would look again in ten minutes.
  await changes.until(() => suite.provider.attempts.includes('awaitEmailChanged'));
  suite.provider.verified = true;
  suite.provider.account.emailVerified = true;
  // Whoever reports it knows the onboarding only.
  await run.handle.signal(signal, { eventId: 'clicked' });
  expect(await run.result()).toMatchObject({ outcome: 'completed' });
  expect(await changes.result()).toMatchObject([{ kind: 'change-email', status: 'done' }]);
  expect(suite.provider.effects).toEqual(['createAccount', CHANGED]);
});

it('goes on waiting for the first address when the new one is not confirmed in time, and does not remind twice', async () => {
  const policy = { emailVerified: { firstPoll: 'PT1H', maxPoll: 'PT1H', reminders: ['PT10S'], deadline: 'P1D' } };
  const [run, changes] = await waitingForEmail({ policy });
  // The onboarding's own reminder is due while the change is open.
  await ask(run, newEmail);
  await changes.until(({ wait }) => wait?.remindersSent === 1);
  await run.until(({ wait }) => wait?.remindersSent === 1);
  await changes.handle.cancel();
  expect(await changes.result().catch(() => [])).toEqual([]);
  suite.provider.verified = true;
  await run.handle.signal('emailVerified', { eventId: 'clicked' });
  expect(await run.result()).toMatchObject({ outcome: 'completed' });
  expect(suite.provider.effects).toEqual(['createAccount', CHANGED, 'sendVerification', BACK]);
});

it('takes the change back before it takes the account back', async () => {
  const [run, changes] = await waitingForEmail();
  await ask(run, newEmail);
  await changes.until(({ wait }) => wait !== undefined);
  await run.handle.cancel();
  await expect(run.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
  expect(suite.provider.effects).toEqual(['createAccount', CHANGED, BACK, 'removeAccount']);
  expect((await changes.handle.describe()).status.name).toBe('CANCELLED');
});

it('leaves the change to its own run when the onboarding has ended, where the policy keeps the account', async () => {
  const [run, changes] = await waitingForEmail({ policy: { atAbort: 'keep' } });
  await ask(run, newEmail);
  await changes.until(({ wait }) => wait !== undefined);
  await run.handle.cancel();
  await expect(run.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
  suite.provider.account.emailVerified = true;
  await changes.handle.signal(emailVerified, { eventId: 'clicked' });
  expect(await changes.result()).toMatchObject([{ status: 'done' }]);
  expect(suite.provider.effects).toEqual(['createAccount', CHANGED]);
});

it('knows the new address when it is asked for something later', async () => {
  suite.provider.applied.verificationNeeded = false;
  const [run, changes] = await waitingForEmail({
    identification: { scheme: 'BANKID', returnUrl: 'https://bank.example/back' },
  });
  await ask(run, newEmail);
  expect(await changes.result()).toMatchObject([{ status: 'done' }]);
  suite.provider.verified = true;
  await run.handle.signal(emailVerified, { eventId: 'clicked' });
  await run.until((story) => story.wait?.for === 'identification');
  expect(suite.provider.identified).toEqual(['new@example.com']);
  await run.handle.terminate();
});

it.each([
  ['new one: the old one cannot be set again', [permanent('Conflict')], 'new@example.com'],
  ['old one: it is back, only the account is not active', [undefined, permanent('Conflict')], 'ada@example.com'],
])('after a change that could not be undone goes on with the %s', async (_, failures, address) => {
  const [run, changes] = await waitingForEmail({
    identification: { scheme: 'BANKID', returnUrl: 'https://bank.example/back' },
  });
  suite.provider.account.active = true;
  await ask(run, newEmail);
  await changes.until(({ wait }) => wait !== undefined);
  suite.provider.fail('applyChange', ...failures);
  await changes.handle.cancel();
  await changes.result().catch(() => undefined);
  expect((await changes.progress()).changes).toMatchObject([{ status: 'failed', code: 'Conflict' }]);
  suite.provider.verified = true;
  await run.handle.signal(emailVerified, { eventId: 'clicked' });
  await run.until((story) => story.wait?.for === 'identification');
  expect(suite.provider.identified).toEqual([address]);
  await run.handle.terminate();
});

it('does not switch on what was switched off meanwhile', async () => {
  const [run, changes] = await waitingForEmail({ ssnMonitoring: true, person: { ...person, ssn: '19900101-1234' } });
  await ask(run, { kind: 'ssn-monitoring-off' });
  await changes.result();
  suite.provider.verified = true;
  await run.handle.signal(emailVerified, { eventId: 'clicked' });
  expect(await run.result()).toMatchObject({ outcome: 'completed', gaps: [] });
  expect(suite.provider.effects).toEqual(['createAccount', 'applyChange ssn-monitoring-off']);
});

it('makes one change at a time whoever asks, also when the run of the changes is there already', async () => {
  const [run, changes] = await waitingForEmail();
  const held = suite.provider.hold('applyChange');
  await ask(run, { kind: 'deactivate' });
  await held.entered;
  expect(await ask(run, { kind: 'activate' })).toEqual({ ahead: 1 });
  await expect(ask(run, { kind: 'activate' }, { ifBusy: 'refuse' })).rejects.toMatchObject({
    cause: { type: 'Busy', message: expect.stringMatching(/^ifBusy: another change/) },
  });
  expect(await ask(run, { kind: 'activate' }, { changeId: `ch-${asked - 1}`, ifBusy: 'refuse' })).toEqual({ ahead: 1 });
  held.release();
  expect((await changes.result()).map(({ kind, status }) => [kind, status])).toEqual([
    ['deactivate', 'done'],
    ['activate', 'done'],
  ]);
  expect(await ask(run, { kind: 'upgrade-plan', planId: '2' }, { ifBusy: 'refuse' })).toEqual({ ahead: 0 });
  await run.handle.terminate();
});

it('keeps members its own: added and removed here, and counted in the result', async () => {
  const [run] = await waitingForEmail({ kind: 'family' });
  await ask(run, { kind: 'add-member', member: anna }, { changeId: 'add' });
  await run.untilMember('anna', ({ wait }) => wait !== undefined);
  expect(await ask(run, { kind: 'add-member', member: anna }, { changeId: 'add' })).toEqual({ ahead: 0 });
  await ask(run, { kind: 'remove-member', member: anna });
  suite.provider.verified = true;
  await run.handle.signal(emailVerified, { eventId: 'clicked' });
  expect(await run.result()).toMatchObject({ members: [{ reference: 'anna', status: 'removed' }] });
  expect(suite.provider.effects).toEqual(['createAccount', 'addMember anna', 'inviteMember anna', 'removeMember anna']);
});

it('invites a member once more while its invitation is open', async () => {
  const [run, changes] = await waitingForEmail({ kind: 'family', members: [anna] });
  await run.untilMember('anna', ({ wait }) => wait !== undefined);
  await ask(run, { kind: 'invite-member', member: anna });
  expect(await changes.result()).toMatchObject([{ kind: 'invite-member', status: 'done' }]);
  expect(suite.provider.effects.at(-1)).toBe('inviteMember anna again');
  await run.handle.executeUpdate(removeMember, { args: [{ member: 'anna' }] });
  await run.handle.terminate();
});

it.each([
  [{ kind: 'delete-email' }, /still writes to this address/],
  [{ kind: 'invite-member', member: anna }, /no invitation of this onboarding is open/],
  [{ kind: 'remove-member', member: anna }, /has no such member/],
  [{ kind: 'add-member', member: { reference: 'a b', person } }, /^change: lacks what add-member needs/],
] as [AccountChange, RegExp][])('refuses %j while the onboarding is open', async (change, sentence) => {
  const [run] = await waitingForEmail();
  await expect(ask(run, change)).rejects.toMatchObject({
    cause: { type: 'UpdateRefused', message: expect.stringMatching(sentence) },
  });
  await run.handle.terminate();
});

it('points to `correct` before the account is there', async () => {
  suite.provider.fail('checkUniqueness', permanent('Invalid'));
  const run = await suite.start();
  await run.until(({ attention }) => attention !== undefined);
  await expect(ask(run, newEmail)).rejects.toMatchObject({
    cause: { message: 'change: the account is not there yet; put the value right with `correct` instead.' },
  });
  await run.handle.executeUpdate(resolve, { args: [{ step: 'checkUniqueness', action: 'abort' }] });
  await run.result();
});

it('takes no more than a hundred changes at a time', async () => {
  const [run] = await waitingForEmail();
  const held = suite.provider.hold('applyChange');
  for (let open = 0; open < 100; open += 10) {
    await Promise.all(Array.from({ length: 10 }, () => ask(run, { kind: 'activate' })));
  }
  await expect(ask(run, { kind: 'activate' })).rejects.toMatchObject({
    cause: { type: 'Busy', message: expect.stringMatching(/^change: 100 changes of the account are open/) },
  });
  held.release();
  await run.handle.terminate();
});
