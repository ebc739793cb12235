import { MEMBER, OWN, PACKAGE, POLL, closeDesks, failureOf, openDesk } from './desk.ts';
import type { Desk } from './desk.ts';

afterEach(closeDesks);

const OWNER = { ownerReference: 'ref-1', member: MEMBER };

async function withMember(desk: Desk) {
  const accountId = await desk.account({}, PACKAGE);
  const { memberId } = await desk.steps.addMember({ accountId, ...OWNER });
  return { accountId, memberId };
}

test('10 a member gets a share with its invitation, and has accepted after the click', async () => {
  const desk = await openDesk();
  const ids = await withMember(desk);
  await desk.steps.inviteMember({ ...ids, member: MEMBER, again: false });
  expect(desk.count('invitation.sent')).toBe(1);
  const look = () => desk.steps.awaitMemberAccepted({ ...ids, ...POLL });
  expect(await failureOf(look())).toMatchObject({ type: 'NotYet', nextRetryDelay: 600_000 });
  desk.act('invitation');
  await look();
});

test('10 an invitation is not sent again: the reminder says so instead of pretending', async () => {
  const desk = await openDesk();
  const ids = await withMember(desk);
  const failure = await failureOf(desk.steps.inviteMember({ ...ids, member: MEMBER, again: true }));
  expect(failure).toMatchObject({ type: 'RequestRefused', nonRetryable: true });
  expect(failure.message).toMatch(/^members: Payway sends an invitation once; /);
  expect(desk.count('invitation.sent')).toBe(1);
});

test('10, 12 the configured package is provisioned and shared', async () => {
  const desk = await openDesk({}, { TULO_PAYWAY_PACKAGE_CODE: 'digital' });
  const accountId = await desk.account();
  await desk.steps.addMember({ accountId, ...OWNER });
  expect(desk.sandbox.ledger.entries({ effect: 'product.activated' }).map(({ kind }) => kind)).toEqual(['digital']);
  expect(desk.count('member.added')).toBe(1);
});

test('10 without a subscription there is nothing to share: a person must look', async () => {
  const desk = await openDesk();
  const accountId = await desk.account();
  const failure = await failureOf(desk.steps.addMember({ accountId, ...OWNER }));
  expect(failure).toMatchObject({ type: 'NotFound', nonRetryable: true });
  expect(failure.message).toContain('NO_RUNNING_SUBSCRIPTION');
});

test('10 a package that is not in a sharing configuration is refused by the vendor', async () => {
  const desk = await openDesk();
  const accountId = await desk.account({}, { planId: 'single' });
  const failure = await failureOf(desk.steps.addMember({ accountId, ...OWNER }));
  expect(failure.nonRetryable).toBe(true);
  expect(desk.count('member.added')).toBe(0);
});

test('10 a verification accepts the shares that wait for the account', async () => {
  const desk = await openDesk();
  const ids = await withMember(desk);
  await desk.account({ email: MEMBER.person.email }, { reference: 'ref-2' });
  desk.act('verify-email');
  await desk.steps.awaitMemberAccepted({ ...ids, ...POLL });
  expect(desk.count('invitation.accepted')).toBe(1);
});

describe('removeMember', () => {
  test.each([true, false])('takes the share back (id known: %p), once', async (known) => {
    const desk = await openDesk();
    const { accountId, memberId } = await withMember(desk);
    const input = { accountId, ...OWNER, ...(known ? { memberId } : {}) };
    await desk.steps.removeMember(input);
    await desk.steps.removeMember(input);
    expect(desk.count('member.removed')).toBe(1);
    expect(await desk.steps.readAccount({ accountId })).toMatchObject({ exists: true });
  });

  test('is done when the account is gone', async () => {
    const desk = await openDesk();
    await desk.steps.removeMember({ accountId: '5f1e9b0a6fc9365306ffffff', ...OWNER });
    expect(desk.sandbox.ledger.entries()).toHaveLength(0);
  });

  test('an account with members is archived after them', async () => {
    const desk = await openDesk();
    const { accountId } = await withMember(desk);
    await desk.steps.removeMember({ accountId, ...OWNER });
    await desk.steps.removeAccount(OWN);
    expect(desk.count('account.archived')).toBe(1);
  });
});

test('a share that vanished needs a person', async () => {
  const desk = await openDesk();
  const { accountId, memberId } = await withMember(desk);
  await desk.steps.removeMember({ accountId, ...OWNER, memberId });
  const failure = await failureOf(desk.steps.awaitMemberAccepted({ accountId, memberId, ...POLL }));
  expect(failure).toMatchObject({ type: 'NotFound', nonRetryable: true });
});
