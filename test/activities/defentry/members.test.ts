import type { DefentryOptionsInput } from '../../../sandbox/defentry/index.ts';
import { createClient } from '../../../activities/defentry/client.ts';
import { MEMBER, POLL, closeDesks, failureOf, openDesk, requestFor } from './desk.ts';
import type { Desk } from './desk.ts';
import { configFor } from './settings.ts';

afterEach(closeDesks);

const OWNER = 'ref-1';

async function withMember(desk: Desk) {
  const accountId = await desk.account();
  const { memberId } = await desk.steps.addMember({ accountId, ownerReference: OWNER, member: MEMBER });
  return { accountId, memberId };
}

describe.each(['v1', 'v2'])('3.4: by the %s routes', (routes) => {
  const open = () => openDesk({}, { DEFENTRY_ROUTES: routes });

  test('a member is added, invited, and accepted after the click', async () => {
    const desk = await open();
    const ids = await withMember(desk);
    const look = () => desk.steps.awaitMemberAccepted({ ...ids, ...POLL });
    expect(await failureOf(look())).toMatchObject({ type: 'NotYet' });
    await desk.steps.inviteMember({ ...ids, member: MEMBER, again: false });
    expect(await failureOf(look())).toMatchObject({ type: 'NotYet', nextRetryDelay: 600_000 });
    desk.act('invitation');
    await look();
  });

  test('a reminder invites again, but not who has accepted', async () => {
    const desk = await open();
    const ids = await withMember(desk);
    for (const again of [false, false, true]) await desk.steps.inviteMember({ ...ids, member: MEMBER, again });
    expect(desk.count('invitation.sent')).toBe(2);
    desk.act('invitation');
    await desk.steps.inviteMember({ ...ids, member: MEMBER, again: true });
    expect(desk.count('invitation.sent')).toBe(2);
  });
});

test('an address of somebody else is taken, not adopted', async () => {
  const desk = await openDesk();
  await desk.steps.createAccount({ request: requestFor({ email: 'bo@example.com' }, { reference: 'somebody-else' }) });
  const accountId = await desk.account();
  const failure = await failureOf(desk.steps.addMember({ accountId, ownerReference: OWNER, member: MEMBER }));
  expect(failure).toMatchObject({ type: 'EmailTaken', nonRetryable: true });
  expect(desk.count('member.added')).toBe(0);
});

test('the same member reference in two families is two members', async () => {
  const desk = await openDesk();
  await withMember(desk);
  const request = requestFor({ email: 'other@example.com' }, { reference: 'ref-2' });
  const { accountId } = await desk.steps.createAccount({ request });
  const member = { ...MEMBER, person: { ...MEMBER.person, email: 'bo2@example.com' } };
  await desk.steps.addMember({ accountId, ownerReference: 'ref-2', member });
  expect(desk.count('member.added')).toBe(2);
});

test('a list that does not show our reference under its name still finds the member', async () => {
  const desk = await openDesk({ externalIdField: 'reference' }, { DEFENTRY_EXTERNAL_ID_FIELD: 'reference' });
  const first = await withMember(desk);
  const { accountId } = first;
  const again = await desk.steps.addMember({ accountId, ownerReference: OWNER, member: MEMBER });
  expect(again.memberId).toBe(first.memberId);
  expect(desk.count('member.added')).toBe(1);
});

test.each(['v1', 'v2'])('a new member whom nothing leads to again is told at once (%s)', async (routes) => {
  const hiddenFields = ['email', 'first_name', 'last_name'];
  const desk = await openDesk({ externalIdField: 'externalId', hiddenFields }, { DEFENTRY_ROUTES: routes });
  const { accounts } = createClient(configFor(desk.url));
  const made = await accounts.create({ first_name: 'Anna', last_name: 'Berg', email: 'anna@example.com' });
  const added = desk.steps.addMember({ accountId: made ?? '', ownerReference: OWNER, member: MEMBER });
  const failure = await failureOf(added);
  expect(failure).toMatchObject({ type: 'ContractViolation', nonRetryable: true });
  // Nothing shows that the account with its id is this member.
  expect(failure.message).toContain('not proven removed');
  expect([desk.count('member.added'), desk.count('account.deleted')]).toEqual([1, 0]);
});

test('a plan without members is refused as forbidden', async () => {
  const desk = await openDesk();
  const { accountId } = await desk.steps.createAccount({ request: requestFor({}, { planId: '2' }) });
  const failure = await failureOf(desk.steps.addMember({ accountId, ownerReference: OWNER, member: MEMBER }));
  expect(failure).toMatchObject({ type: 'Forbidden', nonRetryable: true });
});

describe('9.8: members that are plain persons on the account’s list', () => {
  const open = (options: DefentryOptionsInput = {}, env: Record<string, string> = {}) =>
    openDesk({ members: 'plain', ...options }, env);

  test.each<[DefentryOptionsInput, Record<string, string>]>([
    [{}, {}],
    [{}, { DEFENTRY_ROUTES: 'v2' }],
    [{ creationAnswers: 'id' }, {}],
    [{ creationAnswers: 'nothing' }, {}],
    [{ inviteBy: 'email' }, { DEFENTRY_INVITE_BY: 'email' }],
    [{ acceptance: 'status' }, {}],
    [{ acceptance: 'accepted_at' }, {}],
    [{ acceptance: 'is_active' }, {}],
  ])('are added once, invited, and accept: %j, told %j', async (options, env) => {
    const desk = await open(options, env);
    const ids = await withMember(desk);
    expect(await withMember(desk)).toEqual(ids);
    await desk.steps.inviteMember({ ...ids, member: MEMBER, again: false });
    expect(await failureOf(desk.steps.awaitMemberAccepted({ ...ids, ...POLL }))).toMatchObject({ type: 'NotYet' });
    desk.act('invitation');
    await desk.steps.awaitMemberAccepted({ ...ids, ...POLL });
    expect([desk.count('member.added'), desk.count('account.deleted')]).toEqual([1, 0]);
  });

  test('with one address are told apart by their names', async () => {
    const desk = await open();
    const { accountId, memberId } = await withMember(desk);
    const sister = { reference: 'm2', person: { ...MEMBER.person, firstName: 'Eva' } };
    const other = await desk.steps.addMember({ accountId, ownerReference: OWNER, member: sister });
    expect(other.memberId).not.toBe(memberId);
    expect(desk.count('member.added')).toBe(2);
  });

  test('are never removed as the account that has their number', async () => {
    const desk = await open();
    const { accountId, memberId } = await withMember(desk);
    // The list's first number is the owner's own, as an account.
    expect(memberId).toBe(accountId);
    for (const known of [{}, { memberId }]) {
      const removal = desk.steps.removeMember({ accountId, ownerReference: OWNER, member: MEMBER, ...known });
      const failure = await failureOf(removal);
      expect(failure).toMatchObject({ type: 'ContractViolation', nonRetryable: true });
      expect(failure.message).toContain('DEFENTRY_MEMBERS');
    }
    expect(desk.count('account.deleted')).toBe(0);
  });

  test('nor as another customer’s', async () => {
    const desk = await open();
    const accountId = await desk.account();
    await desk.steps.createAccount({ request: requestFor({ email: 'other@example.com' }, { reference: 'ref-2' }) });
    const members = ['Bo', 'Eva'].map((firstName) => ({
      reference: firstName,
      person: { ...MEMBER.person, firstName },
    }));
    for (const member of members) await desk.steps.addMember({ accountId, ownerReference: OWNER, member });
    const removal = desk.steps.removeMember({ accountId, ownerReference: OWNER, member: members[1]!, memberId: '2' });
    expect(await failureOf(removal)).toMatchObject({ type: 'ContractViolation' });
    expect(desk.count('account.deleted')).toBe(0);
  });

  test('are said to stay, where that is known', async () => {
    const { steps } = await open({}, { DEFENTRY_MEMBERS: 'plain' });
    const { capabilities } = await steps.checkRequest({ request: requestFor() });
    expect(capabilities.removeMember).toBe(false);
  });
});

describe('removeMember', () => {
  test.each([true, false])('takes the member back (id known: %p), and only the member', async (known) => {
    const desk = await openDesk();
    const { accountId, memberId } = await withMember(desk);
    const input = { accountId, ownerReference: OWNER, member: MEMBER, ...(known ? { memberId } : {}) };
    await desk.steps.removeMember(input);
    await desk.steps.removeMember(input);
    expect(desk.sandbox.ledger.entries({ effect: 'account.deleted' }).map((entry) => entry.accountId)).toEqual([
      memberId,
    ]);
    expect(await desk.steps.readAccount({ accountId })).toMatchObject({ exists: true });
  });

  test('is done when the account is gone', async () => {
    const desk = await openDesk();
    await desk.steps.removeMember({ accountId: '404', ownerReference: OWNER, member: MEMBER });
    expect(desk.sandbox.ledger.entries()).toHaveLength(0);
  });
});

test('a member that vanished needs a person', async () => {
  const desk = await openDesk();
  const { accountId, memberId } = await withMember(desk);
  await desk.steps.removeMember({ accountId, ownerReference: OWNER, member: MEMBER, memberId });
  const failure = await failureOf(desk.steps.awaitMemberAccepted({ accountId, memberId, ...POLL }));
  expect(failure).toMatchObject({ type: 'NotFound', nonRetryable: true });
});
