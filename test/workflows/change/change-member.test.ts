import { memberProgress, resolve } from '../../../contract/messages.ts';
import { memberId } from '../../../contract/ids.ts';
import { changesOf, newEmail, person, type Changes } from './changes.ts';
import { permanent } from '../scripted-provider.ts';
import { eventually, openSuite, type Suite } from '../suite.ts';

const anna = { reference: 'anna', person: { ...person, ssn: '19900101-1234' } };
const add = { kind: 'add-member', member: anna } as const;
let suite: Suite;
beforeEach(async () => {
  suite = await openSuite({}, { clock: 'real' });
});
afterEach(() => suite.close());

const memberRun = ({ reference }: Changes) =>
  suite.temporal.client.workflow.getHandle(memberId('defentry', reference, 'anna'));

it('is done when the member is invited; the member’s own run goes on until it has accepted', async () => {
  const changes = changesOf(suite);
  await changes.ask(add);
  expect(await changes.result()).toMatchObject([{ kind: 'add-member', status: 'done' }]);
  const run = memberRun(changes);
  await eventually(
    () => run.query(memberProgress),
    ({ wait }) => wait?.for === 'memberAccepted',
  );
  suite.provider.accepted.add('anna');
  await run.signal('acceptanceReported', { eventId: 'accepted' });
  expect(await run.result()).toMatchObject({ status: 'accepted' });
  expect(suite.provider.effects).toEqual(['addMember anna', 'inviteMember anna']);
});

it('holds back the next change until an operator has decided in the member’s own run', async () => {
  suite.provider.fail('addMember', permanent('Invalid'));
  const changes = changesOf(suite);
  await changes.ask(add);
  await changes.ask({ kind: 'activate' });
  const run = memberRun(changes);
  const inAttention = () =>
    eventually(
      () => run.query(memberProgress),
      ({ attention }) => attention !== undefined,
    );
  await inAttention();
  expect((await changes.progress()).changes.map(({ status }) => status)).toEqual(['running', 'queued']);
  await run.executeUpdate(resolve, { args: [{ step: 'addMember', action: 'abort' }] });
  expect(await changes.result()).toMatchObject([{ status: 'aborted', code: 'Invalid' }, { status: 'done' }]);
});

it('refuses a member whom the provider rejects', async () => {
  suite.provider.failForever('addMember', permanent('EmailTaken'));
  const changes = changesOf(suite);
  await changes.ask(add);
  expect(await changes.result()).toMatchObject([{ status: 'refused', code: 'EmailTaken' }]);
});

it('does not bring a member in twice, and leaves the one that is being brought in', async () => {
  const changes = changesOf(suite);
  await changes.ask(add);
  await changes.result();
  await changes.ask(add);
  const sentence = expect.stringContaining('a run of its own is bringing this member in');
  expect(await changes.result()).toMatchObject([{ status: 'refused', code: 'RequestRefused', sentence }]);
  expect((await memberRun(changes).describe()).status.name).toBe('RUNNING');
});

it('removes a member and ends its run, so that it does not come back', async () => {
  const changes = changesOf(suite);
  await changes.ask(add);
  await changes.result();
  await changes.ask({ kind: 'remove-member', member: anna });
  expect(await changes.result()).toMatchObject([{ kind: 'remove-member', status: 'done' }]);
  expect(await memberRun(changes).result()).toMatchObject({ status: 'removed' });
  expect(suite.provider.account.members).toEqual([]);
});

it.each([
  ['shows it still', true, [], { status: 'failed', code: 'StillThere' }],
  ['shows no members', false, undefined, { status: 'done', code: 'NotReadable' }],
])('does not believe a removal when the provider %s', async (_, stuck, members, end) => {
  Object.assign(suite.provider.account, { stuck, members: stuck ? ['anna'] : members });
  const changes = changesOf(suite);
  await changes.ask({ kind: 'remove-member', member: anna });
  expect(await changes.result()).toMatchObject([end]);
});

it('takes the member back when the change is cancelled', async () => {
  suite.provider.failForever('inviteMember', permanent('Invalid'));
  const changes = changesOf(suite);
  await changes.ask(add);
  await eventually(
    () => memberRun(changes).query(memberProgress),
    ({ attention }) => attention?.step === 'inviteMember',
  );
  await changes.handle.cancel();
  await expect(changes.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
  expect((await changes.progress()).changes).toMatchObject([{ status: 'aborted', code: 'Cancelled' }]);
  expect(suite.provider.effects).toEqual(['addMember anna', 'removeMember anna']);
});

it('leaves the member that an earlier change has brought in when a later change is cancelled', async () => {
  const changes = changesOf(suite);
  await changes.ask(add);
  await changes.ask(newEmail);
  await changes.until(({ wait }) => wait?.for === 'emailChanged');
  await changes.handle.cancel();
  await expect(changes.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
  expect((await changes.progress()).changes).toMatchObject([{ status: 'done' }, { status: 'aborted' }]);
  suite.provider.accepted.add('anna');
  const run = memberRun(changes);
  // A run that is ending already takes no signal.
  await run.signal('acceptanceReported', { eventId: 'accepted' }).catch(() => {});
  expect(await run.result()).toMatchObject({ status: 'accepted' });
  expect(suite.provider.account.members).toEqual(['anna']);
});
