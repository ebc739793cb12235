import { closeIntegrators, codeIn, COMPLETE, created, effectsOn, openIntegrator, provisioned } from './integrator.ts';
import { textOf } from '../partner.ts';

afterEach(closeIntegrators);

test.each([
  ['id (3.4: in any case)', (id: string) => `id=${id.toUpperCase()}`],
  ['email', () => 'email=TEST%40example.com'],
  ['alias', () => 'alias=ove'],
  ['SSN', () => 'social_security_number=620817-9256'],
  ["Payway's own number", () => 'tulo_customer_number=00001'],
  ['external id', () => 'external_id_key=External%20key%202&external_id_value=external%20value%202'],
])('5.2: an account is found by its %s', async (_, query) => {
  const { api } = await openIntegrator();
  const id = await created(api, COMPLETE);
  await api('PUT', '/v2/accounts', { id, alias: 'ove' });
  expect((await api('GET', `/v1/accounts?${query(id)}`)).body).toMatchObject({ item: { id, alias: 'ove' } });
});

test('5.3: an update changes what is sent, replaces tags, unsets the alias, and clears nothing with an empty text', async () => {
  const { api, sandbox } = await openIntegrator();
  const id = await created(api, COMPLETE);
  const item = async () => (await api('GET', `/v1/accounts?id=${id}`)).body;
  const update = (fields: Record<string, unknown>) => api('PUT', '/v2/accounts', { id, ...fields });
  expect(await update({ first_name: 'Eva', tags: ['baz'], alias: 'eva' })).toMatchObject({ status: 200, body: { id } });
  expect(await item()).toMatchObject({
    item: { first_name: 'Eva', last_name: 'Ovesson', tags: ['baz'], alias: 'eva' },
  });
  await update({ alias: '__UNSET__', first_name: '' });
  expect(await item()).toMatchObject({ item: { first_name: 'Eva', alias: null } });
  expect(sandbox.ledger.entries({ effect: 'account.updated' })).toHaveLength(2);
});

test('5.3: a changed address takes effect without a mail, and frees the old one', async () => {
  const { api, sandbox } = await openIntegrator();
  const id = await created(api);
  await api('PUT', '/v2/accounts', { id, email: 'new@example.com' });
  expect((await api('GET', '/v1/accounts?email=new%40example.com')).body).toMatchObject({
    item: { id, verified: true },
  });
  expect((await api('GET', '/v1/accounts/status?email=test%40example.com')).status).toBe(404);
  expect(effectsOn(sandbox, id).slice(-2)).toEqual(['account.updated', 'email.changed']);
});

test('5.3, 17.18: what can be saved is saved when the update need not be atomic', async () => {
  const { api } = await openIntegrator();
  await created(api, { email: 'taken@example.com' });
  const id = await created(api);
  const mixed = { id, first_name: 'Eva', email: 'taken@example.com', birth_date: 'never' };
  expect((await api('PUT', '/v2/accounts', mixed)).status).toBe(400);
  expect(await api('PUT', '/v2/accounts', { ...mixed, atomic: false })).toMatchObject({
    status: 207,
    body: {
      id,
      errors: [
        { code: 'invalid_parameter', field: 'birth_date' },
        { code: 'already_exists', field: 'contact_email' },
      ],
    },
  });
  expect((await api('GET', `/v1/accounts?id=${id}`)).body).toMatchObject({
    item: { first_name: 'Eva', email: 'test@example.com' },
  });
  expect((await api('PUT', '/v2/accounts', { ...mixed, atomic: false, lang: 'sv' })).status).toBe(400);
});

test('9.1: a code without a mail sets the password once', async () => {
  const { api, sandbox } = await openIntegrator();
  const id = await created(api);
  const { body } = await api('POST', '/v1/accounts/create_password_reset', { email: 'test@example.com' });
  expect(body).toEqual({ item: { account_id: id, confirmation_code: expect.stringMatching(/^[0-9a-f-]{36}$/) } });
  const code = /"confirmation_code":"([^"]+)"/.exec(JSON.stringify(body))?.[1];
  const complete = (confirmation_code: unknown) =>
    api('POST', '/v1/accounts/complete_password_reset', { id, confirmation_code, new_password: 'chosen-1' });
  expect(await complete('00000000-0000-0000-0000-000000000000')).toMatchObject({
    status: 409,
    body: { code: 'invalid_confirmation_code' },
  });
  expect(await complete(code)).toMatchObject({ status: 200, body: { id } });
  expect((await complete(code)).status).toBe(409);
  expect(effectsOn(sandbox, id).filter((effect) => effect === 'password.set')).toHaveLength(1);
  expect(sandbox.outbox.items().map(({ kind }) => kind)).toEqual(['welcome']);
});

test('11: a mapping is made and overwritten, and the last writer wins', async () => {
  const { api } = await openIntegrator();
  const id = await created(api);
  const map = (value: string) =>
    api('POST', '/v1/identity_mapping', { account_id: id, identity_key: 'Our Service', value });
  const find = async (value: string) =>
    (await api('GET', `/v1/accounts?external_id_key=Our%20Service&external_id_value=${value}`)).status;
  expect(await map('A')).toMatchObject({ status: 200, body: { id } });
  await map('B');
  expect([await find('A'), await find('B')]).toEqual([404, 200]);
});

test('17.20: two accounts can have one external id, and a look-up answers the first', async () => {
  const { api } = await openIntegrator();
  const first = await created(api, { external_ids: { ref: '1' } });
  await created(api, { email: 'other@example.com', external_ids: { ref: '1' } });
  expect((await api('GET', '/v1/accounts?external_id_key=ref&external_id_value=1')).body).toMatchObject({
    item: { id: first },
  });
});

test('5.8: five failures in a row within an hour freeze an account; a success begins anew', async () => {
  let at = Date.parse('2026-06-16T12:00:00Z');
  const { api, sandbox } = await openIntegrator({ tokenSeconds: 1e6 }, { now: () => new Date(at) });
  const id = await created(api);
  const attempt = async (login_successful: boolean) => {
    at += 60_000;
    const fields = { account_id: id, login_successful, user_agent: 'test', persist: false };
    expect((await api('POST', '/v1/accounts/create_authentication_attempt', fields)).status).toBe(200);
  };
  const attempts = async () =>
    (await api('GET', '/v1/accounts/get_authentication_attempts?email=test%40example.com')).body;
  for (const successful of [false, false, false, false, true, false]) await attempt(successful);
  expect(await attempts()).toEqual({
    item: { account_frozen: false, remaining_authentication_attempts: 4, frozen_until: null },
  });
  for (let n = 0; n < 4; n += 1) await attempt(false);
  expect(await attempts()).toEqual({
    item: { account_frozen: true, remaining_authentication_attempts: 0, frozen_until: '2026-06-16T13:10:00+00:00' },
  });
  expect(sandbox.ledger.entries({ effect: 'account.frozen' })).toMatchObject([{ accountId: id }]);
  at += 3_600_000;
  expect(await attempts()).toMatchObject({ item: { account_frozen: false, remaining_authentication_attempts: 5 } });
});

const CUSTOMER = {
  customer_number: 'A-1',
  social_security_number: '800610-8230',
  first_name: 'Ove',
  zip_code: '27567',
  products: [{ product_code: 'paper', valid_to: '2099-01-01T00:00:00Z' }],
};

test.each([200, 201] as const)('5.7: an activation is answered with %i', async (candidateActivated) => {
  const { api } = await openIntegrator({ candidates: [CUSTOMER], candidateActivated });
  const { body } = await api('GET', '/v1/accounts/candidate?customer_number=A-1');
  const account_candidate_id = /"account_candidate_id":"(\w{24})"/.exec(JSON.stringify(body))?.[1];
  const activation = { account_candidate_id, email: 'ove@example.com', password: 'chosen-1' };
  expect((await api('POST', '/v1/account/activate_candidate', activation)).status).toBe(candidateActivated);
});

test.each(['account', 'accounts'])('5.7, 16: a known customer is found and activated at /v1/%s/', async (path) => {
  const { api } = await openIntegrator({ candidates: [CUSTOMER] });
  const search = () => api('GET', '/v1/accounts/candidate?social_security_number=800610-8230&zip_code=27567');
  const { body } = await search();
  expect(body).toMatchObject({ item: CUSTOMER });
  const account_candidate_id = /"account_candidate_id":"(\w{24})"/.exec(JSON.stringify(body))?.[1];
  const activation = { account_candidate_id, email: 'ove@example.com', password: 'chosen-1' };
  const activate = (fields = {}) => api('POST', `/v1/${path}/activate_candidate`, { ...activation, ...fields });
  expect(await activate({ customer_number: 'A-2' })).toMatchObject({ status: 400, body: { field: 'customer_number' } });
  const got = await activate();
  expect(got.status).toBe(201);
  expect((await api('GET', '/v1/accounts?customer_number=A-1')).body).toMatchObject({
    item: { id: textOf(got, 'id'), status: 'active', user_products: [{ product_code: 'paper', state: 'activated' }] },
  });
  expect(await search()).toMatchObject({ status: 409, body: { code: expect.stringMatching(/^alre/) } });
  expect((await activate({ email: 'x@example.com' })).status).toBe(409);
  expect((await api('GET', '/v1/accounts/candidate?customer_number=none')).status).toBe(404);
});

test.each(['620817-9256', '6208179256', '196208179256'])('7.4: an address is looked up by %s', async (ssn) => {
  const address = { first_name: 'Kalle', last_name: 'Anka', street: 'Gatan', zip_code: '27567', city: 'Vollsjö' };
  const { api } = await openIntegrator({ registry: { 196208179256: address } });
  expect((await api('GET', `/v2/accounts/lookup_address?social_security_number=${ssn}`)).body).toEqual({
    item: address,
  });
});

test('12: user products are listed, and their time decides on access', async () => {
  let at = Date.parse('2026-06-16T12:00:00Z');
  const { api } = await openIntegrator({ tokenSeconds: 1e12 }, { now: () => new Date(at) });
  const id = await created(api);
  const productId = await provisioned(api, id);
  const active = async () =>
    (await api('GET', `/v1/accounts/active_products?account_id=${id}&include_articles=true`)).body;
  expect(await active()).toEqual({ item: { id, active_products: ['digital'], active_articles: [] } });
  const until = { account_id: id, product_id: productId, valid_to: '2026-06-17 13:00 +0100' };
  expect((await api('PUT', '/v1/userproducts', until)).status).toBe(200);
  expect((await api('GET', `/v1/userproducts/${id}`)).body).toMatchObject({
    items: [{ id: productId, product_code: 'digital', state: 'activated', valid_to: '2026-06-17T12:00:00+00:00' }],
  });
  at = Date.parse('2026-06-17T12:00:00Z');
  expect(await active()).toMatchObject({ item: { active_products: [] } });
});

test('5.5: an administrator blocks an account, whose address stays taken, and unlocks it again', async () => {
  const { api, sandbox } = await openIntegrator();
  const id = await created(api);
  const status = async () => (await api('GET', `/v1/accounts/status?id=${id}`)).body;
  sandbox.administration.inactivate(id);
  expect(await status()).toEqual({ item: { status: 'inactive' } });
  expect((await api('POST', '/v2/accounts', { email: 'test@example.com', password: '123456' })).status).toBe(409);
  sandbox.administration.activate(id);
  expect(await status()).toEqual({ item: { status: 'active' } });
});

test('8.1: verifying accepts the shares that wait for the account', async () => {
  const { api, sandbox } = await openIntegrator();
  const id = await created(api);
  const user_product_id = await provisioned(api, id);
  await api('POST', '/v1/accounts/share_subscription', { id, user_product_id, contact_emails: ['b@example.com'] });
  const receiver = await created(api, { email: 'b@example.com', require_verification: true });
  const confirmation_code = codeIn(sandbox, 'verify-email');
  await api('POST', '/v1/accounts/verify_account', { account_id: receiver, confirmation_code });
  expect((await api('GET', `/v1/accounts/active_products?account_id=${receiver}`)).body).toMatchObject({
    item: { active_products: ['digital'] },
  });
});

test('10: whoever got a share loses access with the sharer’s subscription', async () => {
  const { api } = await openIntegrator();
  const id = await created(api);
  const user_product_id = await provisioned(api, id);
  const receiver = await created(api, { email: 'b@example.com' });
  const share = { id, user_product_id, contact_emails: ['b@example.com'], automatically_accept_sharing: true };
  await api('POST', '/v1/accounts/share_subscription', share);
  const active = async () => (await api('GET', `/v1/accounts/active_products?account_id=${receiver}`)).body;
  expect(await active()).toMatchObject({ item: { active_products: ['digital'] } });
  await api('PUT', '/v1/userproducts', { account_id: id, product_id: user_product_id, state: 'deactivated' });
  expect(await active()).toMatchObject({ item: { active_products: [] } });
});

test('6: what follows from an SSN is shown only where there is one', async () => {
  const { api } = await openIntegrator();
  const { body } = await api('GET', `/v1/accounts?id=${await created(api)}`);
  expect(body).toMatchObject({ item: { social_security_number: null, age: null } });
  expect(body).not.toHaveProperty('item.gender');
});

test.each(['created', 'active', 'inactive'])('8.3: an account that is %s is archived', async (status) => {
  const { api, sandbox } = await openIntegrator();
  const id = await created(api, { require_verification: status === 'created' });
  if (status === 'inactive') sandbox.administration.inactivate(id);
  expect((await api('GET', `/v1/accounts/status?id=${id}`)).body).toEqual({ item: { status } });
  expect((await api('DELETE', `/v1/accounts/archive?account_id=${id}`)).status).toBe(204);
});

test('5.6: archiving a receiver ends what was shared with it', async () => {
  const { api, sandbox } = await openIntegrator();
  const id = await created(api);
  const user_product_id = await provisioned(api, id);
  const receiver = await created(api, { email: 'b@example.com' });
  await api('POST', '/v1/accounts/share_subscription', { id, user_product_id, contact_emails: ['b@example.com'] });
  expect((await api('DELETE', `/v1/accounts/archive?account_id=${receiver}`)).status).toBe(204);
  expect((await api('GET', `/v1/accounts/shared_subscriptions?id=${id}`)).body).toEqual({ items: [] });
  expect(sandbox.ledger.entries({ effect: 'member.removed' })).toMatchObject([{ accountId: receiver, ownerId: id }]);
});
