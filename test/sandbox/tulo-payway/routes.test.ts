import { closeIntegrators, codeIn, COMPLETE, created, effectsOn, openIntegrator, provisioned } from './integrator.ts';
import { textOf } from '../partner.ts';

afterEach(closeIntegrators);
const HEX = /^[a-f\d]{24}$/;

test('5.1, 8.3: an account is created active and verified, with a welcome mail', async () => {
  const { api, sandbox } = await openIntegrator();
  const got = await api('POST', '/v2/accounts', { email: 'test@example.com', password: 'Df7Vdd8!!vnM' });
  expect(got).toMatchObject({ status: 201, body: { id: expect.stringMatching(HEX) } });
  const id = textOf(got, 'id');
  expect((await api('GET', `/v1/accounts?id=${id}`)).body).toMatchObject({
    item: { id, email: 'test@example.com', status: 'active', verified: true, tulo_customer_number: '00001' },
  });
  expect(effectsOn(sandbox, id)).toEqual(['account.created', 'account.activated', 'mail.sent welcome']);
});

test('5.1, 6, 7.2: what was sent in the complete example is read back, but not what reads do not show', async () => {
  const { api } = await openIntegrator({}, { now: () => new Date('2026-06-16T12:00:00Z') });
  const id = await created(api, COMPLETE);
  const { email, first_name, birth_date, tags, account_origin } = COMPLETE;
  const { country_code: _, ...address } = COMPLETE.address;
  const { body } = await api('GET', `/v1/accounts?id=${id}`);
  expect(body).toMatchObject({
    item: {
      email,
      first_name,
      birth_date,
      address,
      tags,
      account_origin,
      status: 'created',
      verified: false,
      social_security_number: '620817-9256',
      social_security_number_century: '196208179256',
      age: 63,
      gender: 'M',
      user_products: [],
    },
  });
  for (const hidden of ['password', 'external_ids', 'company_name', 'created_from_source', 'address.country_code']) {
    expect(body).not.toHaveProperty(`item.${hidden}`);
  }
});

test('8.1, 8.3, 5.5: the code of the mail verifies an account that requires it, and makes it active', async () => {
  const { api, sandbox } = await openIntegrator();
  const id = await created(api, { require_verification: true });
  const pending = `/v1/accounts/pending_verification_request?account_id=${id}`;
  expect((await api('GET', `/v1/accounts/status?id=${id}`)).body).toEqual({ item: { status: 'created' } });
  expect((await api('GET', pending)).body).toMatchObject({
    item: { account_id: id, status: 'pending', verified: false, expires_at: expect.stringMatching(/ UTC$/) },
  });
  const code = codeIn(sandbox, 'verify-email');
  expect(code).toHaveLength(36);
  const verify = (confirmation_code: string) =>
    api('POST', '/v1/accounts/verify_account', { account_id: id, confirmation_code });
  expect(await verify('not-the-code')).toMatchObject({ status: 409, body: { code: 'invalid_confirmation_code' } });
  expect(await verify(code)).toMatchObject({
    status: 200,
    body: { item: { account_id: id, status: 'verified', verified: true } },
  });
  expect((await api('GET', pending)).body).toEqual({ item: { account_id: id, status: 'verified', verified: true } });
  expect(await verify(code)).toMatchObject({ status: 409, body: { code: 'already_verified' } });
  expect(effectsOn(sandbox, id)).toEqual([
    'account.created',
    'mail.sent verify-email',
    'email.confirmed',
    'account.activated',
  ]);
  expect(sandbox.outbox.open()).toEqual([]);
});

test('5.1: the organisation can switch verification off, and the parameter has no effect', async () => {
  const { api, sandbox } = await openIntegrator({ emailVerification: false });
  const id = await created(api, { require_verification: true });
  expect((await api('GET', `/v1/accounts?id=${id}`)).body).toMatchObject({
    item: { status: 'active', verified: true },
  });
  expect(sandbox.outbox.items().map(({ kind }) => kind)).toEqual(['welcome']);
});

test('11: an account is found by an external id, which reads do not show', async () => {
  const { api } = await openIntegrator();
  const id = await created(api, { external_ids: { 'our reference': 'ref 1' } });
  const found = await api('GET', '/v1/accounts?external_id_key=our%20reference&external_id_value=ref%201');
  expect(found).toMatchObject({ status: 200, body: { item: { id } } });
  const other = await api('GET', '/v1/accounts?external_id_key=our%20reference&external_id_value=ref%202');
  expect(other).toMatchObject({ status: 404, body: { code: 'not_found', field: 'account' } });
});

test('5.6: archiving is refused with a running subscription, then removes what identifies', async () => {
  const { api, sandbox } = await openIntegrator();
  const id = await created(api, COMPLETE);
  const productId = await provisioned(api, id);
  const archive = () => api('DELETE', `/v1/accounts/archive?account_id=${id}`);
  expect(await archive()).toMatchObject({
    status: 409,
    body: { code: 'archive_account_with_active_products', message: 'digital' },
  });
  const off = { account_id: id, product_id: productId, state: 'deactivated' };
  expect(await api('PUT', '/v1/userproducts', off)).toMatchObject({ status: 200, body: { id: productId } });
  expect(await archive()).toMatchObject({ status: 204, text: '' });
  expect((await api('GET', `/v1/accounts/status?id=${id}`)).body).toEqual({ item: { status: 'archived' } });
  expect((await api('GET', `/v1/accounts?id=${id}`)).body).toMatchObject({
    item: { email: null, first_name: '', social_security_number: '', verified: false, status: 'archived' },
  });
  expect(sandbox.outbox.open()).toEqual([]);
  expect(sandbox.ledger.entries({ effect: 'account.archived' })).toMatchObject([
    { accountId: id, externalId: 'external value 1' },
  ]);
  expect((await archive()).status).toBe(404);
  expect(await created(api, COMPLETE)).not.toBe(id);
});

test('10: a subscription is shared, accepted and taken back', async () => {
  const { api, sandbox } = await openIntegrator();
  const sharer = await created(api);
  const receiver = await created(api, { email: 'receiver@example.com' });
  const productId = await provisioned(api, sharer);
  const contact_emails = ['Receiver@example.com', 'nobody.yet@example.com'];
  const shared = await api('POST', '/v1/accounts/share_subscription', {
    id: sharer,
    user_product_id: productId,
    contact_emails,
  });
  expect(shared).toMatchObject({
    status: 200,
    body: { items: contact_emails.map((receiver_email) => ({ receiver_email })) },
  });
  const pending = await api('GET', `/v1/accounts/pending_shares?id=${receiver}`);
  expect(pending.body).toMatchObject({ items: [{ shared_product_id: productId, sharer_account_id: sharer }] });
  const invitations = sandbox.outbox.open().filter(({ kind }) => kind === 'invitation');
  const [sharingId = ''] = invitations.map(({ subjectId }) => subjectId);
  const [, mailToNobody = ''] = invitations.map(({ id }) => id);

  const both = { id: receiver, package_sharing_id: sharingId };
  expect((await api('PUT', '/v1/accounts/accept_sharing', both)).body).toEqual({ item: 'true' });
  sandbox.act(mailToNobody);
  expect((await api('GET', `/v1/accounts/shared_subscriptions?id=${sharer}`)).body).toMatchObject({
    items: [
      { account_id: receiver, product_sharing_id: sharingId, state: 'active', sharing_limit: 5 },
      { account_id: expect.stringMatching(HEX), state: 'active', contact_email: 'nobody.yet@example.com' },
    ],
  });
  const active = async () => (await api('GET', `/v1/accounts/active_products?account_id=${receiver}`)).body;
  expect(await active()).toEqual({ item: { id: receiver, active_products: ['digital'] } });
  expect((await api('DELETE', '/v1/accounts/remove_sharing', both)).body).toEqual({ item: 'true' });
  expect(await active()).toEqual({ item: { id: receiver, active_products: [] } });
  expect(sandbox.ledger.entries({ accountId: receiver, ownerId: sharer }).map(({ effect }) => effect)).toEqual([
    'member.added',
    'invitation.sent',
    'invitation.accepted',
    'member.removed',
  ]);
});
