import type { DefentryOptionsInput } from '../../sandbox/defentry/index.ts';
import { closeSandboxes, dataOf, JANE, openPartner } from './partner.ts';

afterEach(closeSandboxes);

const KID = { first_name: 'Kid', last_name: 'Doe', email: 'kid@example.com', external_id: 'kid-1' };

async function openFamily(members = 10) {
  const plans = { 1: { monitoring: true, members, watchlistItems: 10 } };
  const partner = await openPartner({ ssnRequired: false, plans });
  await partner.crm('POST', '/api/v1/account', { ...JANE, type: 'FAMILY', external_id: 'ref-1' });
  await partner.crm('POST', '/api/v1/account/1/member', KID);
  const invitations = () => partner.sandbox.outbox.open().filter(({ kind }) => kind === 'invitation');
  const members1 = async () => (await partner.crm('GET', '/api/v1/account/1/members')).body;
  return { ...partner, invitations, members: members1 };
}

test('a member is inactive until it accepts its invitation', async () => {
  const { crm, sandbox, invitations, members } = await openFamily();
  expect(await members()).toMatchObject({
    data: [{ id: 2, external_id: 'kid-1', is_active: false, invitation_status: 'NONE' }],
  });
  await crm('POST', '/api/v1/account/1/invite', { member_id: 2 });
  expect(await members()).toMatchObject({ data: [{ is_active: false, invitation_status: 'PENDING' }] });
  sandbox.act(invitations()[0]!.id);
  expect(await members()).toMatchObject({ data: [{ is_active: true, invitation_status: 'ACCEPTED' }] });
  const effects = sandbox.ledger
    .entries({ externalId: 'kid-1' })
    .map(({ effect, ownerId }) => `${effect} of ${ownerId}`);
  expect(effects).toEqual([
    'member.added of 1',
    'mail.sent of 1',
    'invitation.sent of 1',
    'invitation.accepted of 1',
    'account.activated of 1',
  ]);
});

test('a second invitation overtakes the first; none goes out after acceptance', async () => {
  const { crm, sandbox, invitations } = await openFamily();
  await crm('POST', '/api/v1/account/1/invite', { member_id: 2 });
  const [first] = invitations();
  await crm('POST', '/api/v1/account/1/invite', { email: KID.email });
  expect(invitations()).toHaveLength(1);
  expect(() => sandbox.act(first!.id)).toThrow('closed already (void)');
  sandbox.act(invitations()[0]!.id);
  expect((await crm('POST', '/api/v1/account/1/invite', { member_id: 2 })).status).toBe(409);
  expect(sandbox.ledger.entries({ effect: 'invitation.sent' })).toHaveLength(2);
});

test('deleting a member removes it from its owner and voids its invitation', async () => {
  const { crm, invitations, members } = await openFamily();
  await crm('POST', '/api/v1/account/1/invite', { member_id: 2 });
  expect((await crm('DELETE', '/api/v1/account/2')).status).toBe(204);
  expect(await members()).toEqual({ data: [] });
  expect(invitations()).toEqual([]);
  expect((await crm('POST', '/api/v1/account/1/member', KID)).status).toBe(201);
});

describe('plain members', () => {
  const open = async (options: DefentryOptionsInput = {}) => {
    const partner = await openPartner({ ssnRequired: false, members: 'plain', ...options });
    await partner.crm('POST', '/api/v1/account', { ...JANE, type: 'FAMILY', external_id: 'ref-1' });
    const added = await partner.crm('POST', '/api/v1/account/1/member', KID);
    return { ...partner, added };
  };
  const invitation = ({ sandbox }: Awaited<ReturnType<typeof open>>) =>
    sandbox.outbox.open().find(({ kind }) => kind === 'invitation');

  test('show the person and an id of their own list, and are no accounts', async () => {
    const { crm, added } = await open();
    const { external_id: _, ...person } = KID;
    expect(dataOf(added)).toEqual({ id: 1, ...person, phone: null, invitation_status: 'NONE' });
    // The same number is the owner's, as an account.
    expect(dataOf(await crm('GET', '/api/v1/account/1'))).toMatchObject({ email: JANE.email });
    expect((await crm('GET', '/api/v1/account/external-id/kid-1')).status).toBe(404);
    expect((await crm('GET', '/api/v1/account/plain-1')).status).toBe(404);
    expect((await crm('GET', '/api/v1/accounts')).body).toMatchObject({ data: [{ id: 1 }] });
  });

  test('are added as often as they are asked for', async () => {
    const { crm, sandbox } = await open();
    await crm('POST', '/api/v1/account/1/member', KID);
    expect(sandbox.ledger.entries({ effect: 'member.added' })).toHaveLength(2);
  });

  test.each(['v1', 'v2'])('are invited and accept (%s)', async (version) => {
    const family = await open();
    const { crm, sandbox } = family;
    const invited =
      version === 'v1'
        ? await crm('POST', '/api/v1/account/1/invite', { member_id: 1 })
        : await crm('POST', '/api/v2/account/member/1/invite');
    expect(invited.status).toBe(200);
    sandbox.act(invitation(family)!.id);
    expect((await crm('GET', '/api/v1/account/1/members')).body).toMatchObject({
      data: [{ invitation_status: 'ACCEPTED' }],
    });
  });

  test.each<[DefentryOptionsInput['acceptance'], object, object]>([
    ['status', { status: 'PENDING' }, { status: 'ACTIVE' }],
    ['accepted_at', { accepted_at: null }, { accepted_at: expect.stringMatching(/T.*Z$/) }],
    ['is_active', { is_active: false }, { is_active: true }],
  ])('show acceptance as %s', async (acceptance, before, after) => {
    const family = await open({ acceptance });
    const { crm, sandbox } = family;
    const members = async () => (await crm('GET', '/api/v1/account/1/members')).body;
    await crm('POST', '/api/v1/account/1/invite', { member_id: 1 });
    expect(await members()).toMatchObject({ data: [before] });
    sandbox.act(invitation(family)!.id);
    expect(await members()).toMatchObject({ data: [after] });
  });
});

test('members are as unique as accounts', async () => {
  const { crm } = await openFamily();
  expect(await crm('POST', '/api/v1/account/1/member', { ...KID, email: 'other@example.com' })).toMatchObject({
    status: 422,
    body: { error: { details: [{ field: 'external_id' }] } },
  });
});

test('a plan takes so many members and no more', async () => {
  const { crm } = await openFamily(1);
  const second = { ...KID, email: 'second@example.com', external_id: 'kid-2' };
  expect(await crm('POST', '/api/v1/account/1/member', second)).toMatchObject({ status: 403 });
});

test('an app user adds and invites members of its own account', async () => {
  const { app } = await openFamily();
  const jane = await app(JANE.email);
  const second = { ...KID, email: 'second@example.com', external_id: 'kid-2' };
  expect(dataOf(await jane('POST', '/api/v2/account/member', second))).toMatchObject({ id: 3 });
  expect((await jane('POST', '/api/v2/account/member/3/invite')).status).toBe(200);
  const kid = await app(KID.email);
  expect((await kid('POST', '/api/v2/account/member/3/invite')).status).toBe(403);
});
