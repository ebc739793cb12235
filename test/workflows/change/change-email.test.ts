import { confirmEmail, emailVerified, resendVerification } from '../../../contract/messages.ts';
import { changesOf, newEmail, type Changes } from './changes.ts';
import { permanent } from '../scripted-provider.ts';
import { cancelledBeside } from '../engine/under-way.ts';
import { openSuite, type Suite } from '../suite.ts';

const DAY = 86_400_000;
/** Each look costs the server a skip of its own: few looks, fast test. */
const slow = { firstPoll: 'P5D', maxPoll: 'P5D' };
const CHANGED = 'applyChange change-email new@example.com';
const BACK = 'applyChange change-email ada@example.com';
const ACTIVE_AGAIN = 'applyChange activate';
let suite: Suite;
afterEach(() => suite.close());

async function waiting(input: Parameters<typeof changesOf>[1] = {}): Promise<Changes> {
  const changes = changesOf(suite, input);
  await changes.ask(newEmail);
  await changes.until(({ wait }) => wait?.for === 'emailChanged');
  return changes;
}

it('waits until the provider says that the new address is verified; a forged report changes nothing', async () => {
  suite = await openSuite({}, { clock: 'frozen' });
  const { provider } = suite;
  const changes = await waiting();
  const looks = () => provider.attempts.filter((name) => name === 'awaitEmailChanged').length;
  await changes.until(() => looks() === 1);
  await changes.handle.signal(emailVerified, { eventId: 'forged' });
  const story = await changes.until(() => looks() === 2);
  expect(story).toMatchObject({ wait: { for: 'emailChanged' }, changes: [{ status: 'running' }] });
  expect(story.next).toMatch(/^change-email: Waiting for the person to confirm the new e-mail address, at the latest/);
  provider.account.emailVerified = true;
  await changes.handle.signal(emailVerified, { eventId: 'forged' });
  await changes.handle.signal(emailVerified, { eventId: 'clicked' });
  expect(await changes.result()).toMatchObject([{ kind: 'change-email', status: 'done' }]);
  expect(provider.effects).toEqual([CHANGED]);
});

it('answers whether the code was right, and goes on only by the provider’s word', async () => {
  suite = await openSuite({}, { clock: 'frozen' });
  const changes = await waiting();
  const code = (text: string) => changes.handle.executeUpdate(confirmEmail, { args: [{ code: text }] });
  expect(await code('wrong')).toEqual({ confirmed: false });
  expect((await changes.progress()).wait).toBeDefined();
  expect(await code('right')).toEqual({ confirmed: true });
  expect(await changes.result()).toMatchObject([{ status: 'done' }]);
});

it('sets the old address again when nobody confirms the new one by the deadline, after reminding', async () => {
  suite = await openSuite();
  const changes = changesOf(suite, { policy: { emailChanged: slow } });
  await changes.ask(newEmail);
  const [ended] = await changes.result();
  expect(ended).toMatchObject({ status: 'expired', code: 'EmailNotVerified' });
  const reminders = ['sendVerification', 'sendVerification', 'sendVerification'];
  expect(suite.provider.effects).toEqual([CHANGED, ...reminders, BACK, ACTIVE_AGAIN]);
  expect(suite.provider.account).toMatchObject({ email: 'ada@example.com', active: true });
  const { steps } = await changes.progress();
  const proof = steps.find(({ name }) => name === 'proveChange')!;
  expect(Math.round((Date.parse(proof.endedAt!) - Date.parse(proof.startedAt!)) / DAY)).toBe(14);
});

it('deletes the new address at the deadline where there was none before', async () => {
  suite = await openSuite();
  suite.provider.account.email = null;
  const changes = changesOf(suite, { policy: { emailChanged: { ...slow, reminders: [], deadline: 'P1D' } } });
  await changes.ask(newEmail);
  expect(await changes.result()).toMatchObject([{ status: 'expired' }]);
  expect(suite.provider.effects).toEqual([CHANGED, 'applyChange delete-email', ACTIVE_AGAIN]);
});

it.each([
  ['does not show the old one', undefined, 'CannotUndo'],
  ['refuses it', 'ada@example.com', 'Conflict'],
])('fails, listed with the code, when the old address cannot be set again: the provider %s', async (_, old, code) => {
  suite = await openSuite({}, { clock: 'real' });
  const { provider } = suite;
  provider.account.email = old;
  const deadline = { ...slow, reminders: [], deadline: 'PT10S' };
  const changes = changesOf(suite, { policy: { emailChanged: deadline } });
  await changes.ask(newEmail);
  await changes.until(({ wait }) => wait !== undefined);
  provider.failForever('applyChange', permanent('Conflict'));
  expect(await changes.result()).toMatchObject([{ status: 'failed', code }]);
  expect(provider.effects).toEqual([CHANGED]);
});

it('fails, listed with the code, when the old address is set again but not proven to stay', async () => {
  suite = await openSuite({}, { clock: 'frozen' });
  const changes = await waiting();
  suite.provider.applied = { proven: false, verificationNeeded: false };
  await changes.handle.cancel();
  await expect(changes.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
  expect((await changes.progress()).changes).toMatchObject([{ status: 'failed', code: 'NotReadable' }]);
  expect(suite.provider.effects).toEqual([CHANGED, BACK, ACTIVE_AGAIN]);
});

it('does not activate an account that was not active before when it sets the old address again', async () => {
  suite = await openSuite({}, { clock: 'real' });
  suite.provider.account.active = false;
  const changes = await waiting();
  await changes.handle.cancel();
  await expect(changes.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
  expect((await changes.progress()).changes).toMatchObject([{ status: 'aborted' }]);
  expect(suite.provider.effects).toEqual([CHANGED, BACK]);
});

it.each([
  ['fails: the old address came back unverified', true, { status: 'failed', code: 'AddressUnverified' }],
  ['is aborted: the old address is as it was', false, { status: 'aborted', code: 'Cancelled' }],
])('where the provider cannot activate, a cancelled change %s', async (_, verificationNeeded, end) => {
  suite = await openSuite({ changes: ['change-email'] }, { clock: 'real' });
  const changes = await waiting();
  suite.provider.applied.verificationNeeded = verificationNeeded;
  await changes.handle.cancel();
  await expect(changes.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
  expect((await changes.progress()).changes).toMatchObject([end]);
  expect(suite.provider.effects).toEqual([CHANGED, BACK]);
});

it('fails, listed with the code, when the account with its old address is not active again', async () => {
  suite = await openSuite({}, { clock: 'real' });
  const changes = await waiting();
  const undoing = suite.provider.hold('applyChange');
  await changes.handle.cancel();
  await undoing.entered;
  // The old address is set; what comes after it is refused.
  suite.provider.fail('applyChange', undefined, permanent('Conflict'));
  undoing.release();
  await expect(changes.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
  expect((await changes.progress()).changes).toMatchObject([{ status: 'failed', code: 'Conflict' }]);
  expect(suite.provider.effects).toEqual([CHANGED, BACK]);
});

it('takes a report for proof where the provider cannot be read, and says so', async () => {
  suite = await openSuite({ emailVerified: 'signal' }, { clock: 'frozen' });
  const changes = await waiting();
  await changes.handle.signal(emailVerified, { eventId: 'clicked' });
  expect(await changes.result()).toMatchObject([{ status: 'done', code: 'NotReadable' }]);
});

it('counts no report about the address before for the one after', async () => {
  suite = await openSuite({ emailVerified: 'signal' }, { clock: 'frozen' });
  const changes = await waiting();
  await changes.ask({ kind: 'change-email', email: 'next@example.com' });
  await changes.handle.signal(emailVerified, { eventId: 'first' });
  const { changes: list } = await changes.until((story) => story.changes[1]?.status === 'running' && !!story.wait);
  expect(list[0]).toMatchObject({ status: 'done' });
  await changes.handle.signal(emailVerified, { eventId: 'second' });
  expect((await changes.result()).map(({ status }) => status)).toEqual(['done', 'done']);
});

it('does not wait where nobody has to confirm', async () => {
  suite = await openSuite({ emailVerified: 'none' }, { clock: 'real' });
  const changes = changesOf(suite);
  await changes.ask(newEmail);
  expect(await changes.result()).toMatchObject([{ status: 'done', code: 'NotReadable' }]);
});

it('sends another mail when asked, but only while it waits for the address', async () => {
  suite = await openSuite({}, { clock: 'real' });
  const changes = await waiting();
  await changes.handle.executeUpdate(resendVerification);
  expect(suite.provider.effects).toEqual([CHANGED, 'sendVerification']);
  suite.provider.account.emailVerified = true;
  suite.provider.fail('checkChange', permanent('Invalid'));
  await changes.ask({ kind: 'activate' });
  await changes.handle.signal(emailVerified, { eventId: 'clicked' });
  await changes.until(({ attention }) => attention !== undefined);
  await expect(changes.handle.executeUpdate(resendVerification)).rejects.toMatchObject({
    cause: { message: 'The e-mail address is not waiting to be verified.' },
  });
  await changes.handle.terminate();
});

it('answers whoever asked for a mail before a cancelled run undoes anything', async () => {
  suite = await openSuite({}, { clock: 'real' });
  const changes = await waiting();
  const held = suite.provider.hold('sendVerification');
  const mail = await changes.handle.startUpdate(resendVerification, { waitForStage: 'ACCEPTED' });
  await held.entered;
  expect(await cancelledBeside({ handle: changes.handle, caller: changes.handle }, held.release)).toEqual([]);
  await mail.result();
  expect((await changes.progress()).changes).toMatchObject([{ status: 'aborted' }]);
  expect(suite.provider.effects).toEqual([CHANGED, 'sendVerification', BACK, ACTIVE_AGAIN]);
});
