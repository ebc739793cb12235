import { addMember, memberAccepted, removeMember, requestChange, resolve } from '../../../contract/messages.ts';
import { memberInvited } from '../change/changes.ts';
import { holdMembersStart } from './held-members.ts';
import { permanent, transient } from '../scripted-provider.ts';
import { eventually, openSuite, type Suite } from '../suite.ts';

const person = { firstName: 'Bo', lastName: 'Test', email: 'bo@example.com' };
const family = { kind: 'family', members: ['anna', 'bo'].map((reference) => ({ reference, person })) } as const;
const inUse = { message: expect.stringContaining('is in use') };
const request = { kind: family.kind, members: [...family.members] };
let suite: Suite;
afterEach(() => suite.close());

it('adds and invites each member once, and ends when all have accepted', async () => {
  suite = await openSuite({}, { clock: 'real' });
  suite.provider.verified = true;
  const run = await suite.start(request);
  await run.until((story) => story.members.every(({ status }) => status === 'open'));
  for (const member of ['anna', 'bo']) {
    await run.untilMember(member, (story) => story.wait !== undefined);
    suite.provider.accepted.add(member);
    await run.handle.signal(memberAccepted, { eventId: `accepted-${member}`, member });
  }
  expect(await run.result()).toMatchObject({
    outcome: 'completed',
    members: [
      { reference: 'anna', status: 'accepted' },
      { reference: 'bo', status: 'accepted' },
    ],
  });
  expect(suite.provider.effects.toSorted()).toEqual([
    'addMember anna',
    'addMember bo',
    'createAccount',
    'inviteMember anna',
    'inviteMember bo',
  ]);
});

it('does not believe a forged acceptance, invites again, and lists who did not accept', async () => {
  suite = await openSuite({}, { clock: 'real' });
  suite.provider.verified = true;
  const run = await suite.start({
    kind: 'family',
    members: [{ reference: 'anna', person }],
    policy: { memberAccepted: { firstPoll: 'PT1H', maxPoll: 'PT1H', reminders: ['PT1S'], deadline: 'PT10S' } },
  });
  await run.untilMember('anna', (story) => story.wait !== undefined);
  await run.handle.signal(memberAccepted, { eventId: 'forged', member: 'anna' });
  await suite.temporal.client.workflow.getHandle(`${run.id}.member.anna`).result();
  expect(await run.result()).toMatchObject({
    outcome: 'completed-with-gaps',
    gaps: [{ step: 'members.anna', reason: 'deadline' }],
    account: 'active',
  });
  expect(suite.provider.effects).toContain('inviteMember anna again');
});

it('takes members in and out while the run is open', async () => {
  suite = await openSuite({}, { clock: 'real' });
  const run = await suite.start({ kind: 'family' });
  await run.until((story) => story.wait?.for === 'emailVerified');
  await run.handle.executeUpdate(addMember, { args: [{ reference: 'anna', person }] });
  await run.untilMember('anna', (story) => story.wait !== undefined);
  const other = { reference: 'anna', person: { ...person, email: 'other@example.com' } };
  await expect(run.handle.executeUpdate(addMember, { args: [other] })).rejects.toMatchObject({ cause: inUse });
  await run.handle.executeUpdate(removeMember, { args: [{ member: 'anna' }] });
  await expect(run.handle.executeUpdate(removeMember, { args: [{ member: 'anna' }] })).rejects.toMatchObject({
    cause: { message: expect.stringContaining('no such member') },
  });
  suite.provider.verified = true;
  await run.handle.signal('emailVerified', { eventId: 'clicked' });
  expect(await run.result()).toMatchObject({
    outcome: 'completed',
    members: [{ reference: 'anna', status: 'removed' }],
  });
  expect(suite.provider.effects).toEqual(['createAccount', 'addMember anna', 'inviteMember anna', 'removeMember anna']);
});

it('takes the same person once, however often the addition is sent, and none again who was removed', async () => {
  suite = await openSuite({}, { clock: 'real' });
  suite.provider.fail('checkUniqueness', permanent('Invalid'));
  const run = await suite.start({ kind: 'family' });
  await run.until(({ attention }) => attention !== undefined);
  const anna = { reference: 'anna', person: { ...person, ssn: '19900101-1234' } };
  const add = () => run.handle.executeUpdate(addMember, { args: [anna] });
  // Before the account is there, and so before the member's own run.
  await Promise.all([add(), add()]);
  await run.handle.executeUpdate(resolve, { args: [{ step: 'checkUniqueness', action: 'retry' }] });
  await run.untilMember('anna', ({ wait }) => wait !== undefined);
  await add();
  const change = { kind: 'add-member', member: anna } as const;
  const asked = { changeId: 'add', change, ifBusy: 'wait' } as const;
  expect(await run.handle.executeUpdate(requestChange, { args: [asked] })).toEqual({ ahead: 0 });
  await run.handle.executeUpdate(removeMember, { args: [{ member: 'anna' }] });
  await expect(add()).rejects.toMatchObject({ cause: inUse });
  suite.provider.verified = true;
  await run.handle.signal('emailVerified', { eventId: 'clicked' });
  expect(await run.result()).toMatchObject({ members: [{ reference: 'anna', status: 'removed' }] });
  expect(suite.provider.effects).toEqual(['createAccount', 'addMember anna', 'inviteMember anna', 'removeMember anna']);
});

it('takes every member back when the run is aborted, also one that has accepted', async () => {
  suite = await openSuite({}, { clock: 'real' });
  suite.provider.fail('enableSsnMonitoring', permanent('Forbidden'));
  suite.provider.verified = true;
  suite.provider.accepted.add('anna');
  const run = await suite.start({ ...request, ssnMonitoring: true, person: { ...person, ssn: '19900101-1234' } });
  await run.until(({ attention, members }) => attention !== undefined && members[0]?.status === 'accepted');
  await run.untilMember('bo', (story) => story.wait !== undefined);
  await run.handle.executeUpdate(resolve, { args: [{ step: 'enableSsnMonitoring', action: 'abort' }] });
  expect(await run.result()).toMatchObject({ outcome: 'aborted', account: 'none' });
  expect(suite.provider.effects.slice(-3).toSorted()).toEqual([
    'removeAccount',
    'removeMember anna',
    'removeMember bo',
  ]);
  expect(suite.provider.effects.at(-1)).toBe('removeAccount');
});

it('takes a member back itself when the member’s run was terminated from outside', async () => {
  suite = await openSuite({}, { clock: 'real' });
  const run = await suite.start({ kind: 'family', members: [{ reference: 'anna', person }] });
  await run.untilMember('anna', (story) => story.wait !== undefined);
  await run.member('anna').terminate();
  await run.handle.cancel();
  await expect(run.result()).rejects.toMatchObject({
    name: 'WorkflowFailedError',
    cause: { name: 'CancelledFailure' },
  });
  expect(suite.provider.effects.slice(-2)).toEqual(['removeMember anna', 'removeAccount']);
});

it('removes a member itself whose own run did not succeed in it', async () => {
  suite = await openSuite({}, { clock: 'real' });
  suite.provider.fail('removeMember', permanent('Forbidden'));
  const run = await suite.start({ kind: 'family', members: [family.members[0]!] });
  await run.untilMember('anna', (story) => story.wait !== undefined);
  await run.handle.executeUpdate(removeMember, { args: [{ member: 'anna' }] });
  expect(suite.provider.effects).toContain('removeMember anna');
  expect((await run.progress()).members).toEqual([{ reference: 'anna', status: 'removed' }]);
  await run.handle.terminate();
});

it('does not say that a member is removed whom the provider keeps', async () => {
  suite = await openSuite({}, { clock: 'real' });
  suite.provider.failForever('removeMember', permanent('Forbidden'));
  const run = await suite.start({ kind: 'family', members: [family.members[0]!] });
  await run.untilMember('anna', (story) => story.wait !== undefined);
  await expect(run.handle.executeUpdate(removeMember, { args: [{ member: 'anna' }] })).rejects.toMatchObject({
    cause: { type: 'Forbidden', message: expect.stringContaining('did not do it') },
  });
  expect((await run.progress()).members).toEqual([{ reference: 'anna', status: 'failed', code: 'Forbidden' }]);
  await run.handle.terminate();
});

it('starts a member too that is added while others are being started', async () => {
  suite = await openSuite({}, { clock: 'real' });
  suite.provider.verified = true;
  suite.provider.accepted.add('anna').add('late');
  const held = holdMembersStart(suite);
  const run = await suite.start({ kind: 'family', members: [family.members[0]!] });
  await held.entered;
  const added = run.handle.executeUpdate(addMember, { args: [{ reference: 'late', person }] });
  await held.release();
  await added;
  await run.until((story) => story.members.every(({ status }) => status === 'accepted'));
  expect(await run.result()).toMatchObject({ outcome: 'completed', members: [{}, { reference: 'late' }] });
});

it('takes no member in or out while the run is being undone', async () => {
  suite = await openSuite({}, { clock: 'real' });
  suite.provider.failForever('deactivateAccount', transient('Unavailable', 500));
  const run = await suite.start({ ...request, members: [family.members[0]!], policy: { atAbort: 'deactivate' } });
  await run.untilMember('anna', (story) => story.wait !== undefined);
  await run.handle.cancel();
  await eventually(
    async () => suite.provider.attempts,
    (attempts) => attempts.includes('deactivateAccount'),
  );
  const ended = { cause: { type: 'UpdateRefused', message: 'The onboarding has ended.' } };
  const late = { reference: 'late', person };
  await expect(run.handle.executeUpdate(addMember, { args: [late] })).rejects.toMatchObject(ended);
  await expect(run.handle.executeUpdate(removeMember, { args: [{ member: 'anna' }] })).rejects.toMatchObject(ended);
  suite.provider.failForever('deactivateAccount', undefined);
  await expect(run.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
  expect((await run.progress()).members.map(({ reference }) => reference)).toEqual(['anna']);
});

it('lists the members that the provider cannot remove', async () => {
  suite = await openSuite({ removeMember: false }, { clock: 'real' });
  const run = await suite.start({ kind: 'family', members: [{ reference: 'anna', person }] });
  await run.untilMember('anna', (story) => story.wait !== undefined);
  await run.handle.cancel();
  await expect(run.result()).rejects.toMatchObject({
    cause: { type: 'UndoIncomplete', details: [{ remainder: [{ step: 'members.anna', code: 'CannotRemove' }] }] },
  });
});

it('lets an operator decide on a member in the member’s own run', async () => {
  suite = await openSuite({}, { clock: 'real' });
  suite.provider.verified = true;
  suite.provider.accepted.add('anna');
  suite.provider.fail('addMember', permanent('Invalid'));
  const run = await suite.start({ kind: 'family', members: [{ reference: 'anna', person }] });
  await run.untilMember('anna', (story) => story.attention !== undefined);
  await run.member('anna').executeUpdate(resolve, { args: [{ step: 'addMember', action: 'retry' }] });
  expect(await run.result()).toMatchObject({ outcome: 'completed' });
});

it('keeps an acceptance that came before the member’s run was there', async () => {
  suite = await openSuite({ members: 'signal' }, { clock: 'real' });
  suite.provider.verified = true;
  suite.provider.failForever('createAccount', permanent('Invalid'));
  const run = await suite.start({ kind: 'family', members: [{ reference: 'anna', person }] });
  await run.until(({ attention }) => attention !== undefined);
  await run.handle.signal(memberAccepted, { eventId: 'early', member: 'anna' });
  suite.provider.failForever('createAccount', undefined);
  await run.handle.executeUpdate(resolve, { args: [{ step: 'createAccount', action: 'retry' }] });
  expect(await run.result()).toMatchObject({ outcome: 'completed' });
});

it('started anew after it was terminated, goes on with the member’s run that is there', async () => {
  suite = await openSuite({}, { clock: 'real' });
  const withSsn = { reference: 'anna', person: { ...person, ssn: '19900101-1234' } };
  const first = await suite.start({ kind: 'family', members: [withSsn] });
  await first.untilMember('anna', (story) => story.wait !== undefined);
  await first.handle.terminate();
  suite.provider.verified = true;
  const run = await suite.start({ ...request, reference: first.reference });
  await run.untilMember('bo', (story) => story.wait !== undefined);
  suite.provider.accepted.add('anna').add('bo');
  for (const member of ['anna', 'bo']) {
    await run.handle.signal(memberAccepted, { eventId: `accepted-${member}`, member });
  }
  expect(await run.result()).toMatchObject({
    outcome: 'completed',
    members: [
      { reference: 'anna', status: 'accepted' },
      { reference: 'bo', status: 'accepted' },
    ],
  });
  expect(suite.provider.effects.filter((effect) => effect === 'addMember anna')).toHaveLength(1);
});

it('hears of a member whose run a change has started', async () => {
  suite = await openSuite({ members: 'signal' }, { clock: 'real' });
  const { reference } = await memberInvited(suite);
  suite.provider.verified = true;
  suite.provider.failForever('createAccount', permanent('Invalid'));
  const run = await suite.start({ kind: 'family', members: [{ reference: 'anna', person }], reference });
  await run.until(({ attention }) => attention !== undefined);
  await run.handle.signal(memberAccepted, { eventId: 'early', member: 'anna' });
  suite.provider.failForever('createAccount', undefined);
  await run.handle.executeUpdate(resolve, { args: [{ step: 'createAccount', action: 'retry' }] });
  expect(await run.result()).toMatchObject({
    outcome: 'completed',
    members: [{ reference: 'anna', status: 'accepted' }],
  });
});

it('ends members that wait when the customer’s e-mail was never verified', async () => {
  suite = await openSuite({}, { clock: 'real' });
  const run = await suite.start({
    kind: 'family',
    members: [{ reference: 'anna', person }],
    policy: { emailVerified: { firstPoll: 'PT1H', maxPoll: 'PT1H', reminders: [], deadline: 'PT2S' } },
  });
  expect(await run.result()).toMatchObject({ outcome: 'expired', account: 'deactivated' });
  const child = await eventually(
    () => run.member('anna').describe(),
    ({ status }) => status.name !== 'RUNNING',
  );
  expect(child.status.name).toBe('COMPLETED');
});
