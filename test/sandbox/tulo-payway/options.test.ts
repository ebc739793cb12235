import { createTuloPaywaySandbox, type PaywayOptionsInput } from '../../../sandbox/tulo-payway/index.ts';
import { closeIntegrators, codeIn, COMPLETE, created, MINIMAL, openIntegrator, provisioned } from './integrator.ts';

afterEach(closeIntegrators);

test('an unknown option is refused', () => {
  const misspelt = { emailVerification: true, emailVerifcation: false };
  expect(() => createTuloPaywaySandbox({ tuloPayway: misspelt })).toThrow('emailVerifcation');
});

const START = Date.parse('2026-06-16T12:00:00Z');
const REQUIRES = { require_verification: true };

/** What an account looks like right after its creation. */
test.each<[rule: string, PaywayOptionsInput, fields: object, account: object]>([
  ['16 verified', {}, {}, { status: 'active', verified: true }],
  ['16 not verified', { createdAs: 'unverified' }, {}, { status: 'active', verified: false }],
  ['17.9 created', {}, REQUIRES, { status: 'created', verified: false }],
  ['17.9 active', { unverifiedStatus: 'active' }, REQUIRES, { status: 'active', verified: false }],
  ['5.1, 17.11 rule off', { emailVerification: false }, REQUIRES, { status: 'active', verified: true }],
])('a new account: %s', async (_, options, fields, account) => {
  const { api } = await openIntegrator(options);
  const id = await created(api, fields as Record<string, unknown>);
  expect((await api('GET', `/v1/accounts?id=${id}`)).body).toMatchObject({ item: account });
});

test('17.10: a creation need not make the verification request', async () => {
  const { api, sandbox } = await openIntegrator({ requestAtCreation: false });
  const id = await created(api, REQUIRES);
  expect(sandbox.outbox.items()).toEqual([]);
  const { body } = await api('GET', `/v1/accounts/pending_verification_request?account_id=${id}`);
  expect(body).toEqual({ item: { account_id: id, status: 'no_pending_request', verified: false } });
});

test('17.8: a request ends after its time, and a used or expired code is a wrong one', async () => {
  let at = START;
  const now = () => new Date(at);
  const { api, sandbox } = await openIntegrator({ tokenSeconds: 1e6, wrongCode: 400 }, { now });
  const id = await created(api, REQUIRES);
  const pending = async () => (await api('GET', `/v1/accounts/pending_verification_request?account_id=${id}`)).body;
  expect(await pending()).toMatchObject({
    item: { created_at: '2026-06-16 12:00:00 UTC', expires_at: '2026-06-17 12:00:00 UTC', status: 'pending' },
  });
  at += 86_400_000;
  expect(await pending()).toMatchObject({ item: { status: 'no_pending_request' } });
  const late = { account_id: id, confirmation_code: codeIn(sandbox, 'verify-email') };
  expect(await api('POST', '/v1/accounts/verify_account', late)).toMatchObject({
    status: 400,
    body: { code: 'invalid_confirmation_code' },
  });
});

test.each([
  ['replaces', 400],
  ['keeps', 200],
] as const)('17.8: a second request %s the first one and its code', async (repeat, expected) => {
  const { api, sandbox } = await openIntegrator({ wrongCode: 400, verification: { repeat } });
  const id = await created(api, REQUIRES);
  const first = codeIn(sandbox, 'verify-email');
  expect((await api('POST', '/v1/accounts/create_verification_request', { account_id: id })).status).toBe(201);
  expect(sandbox.outbox.items().map(({ state }) => state)).toEqual(['void', 'open']);
  const verification = { account_id: id, confirmation_code: first };
  expect((await api('POST', '/v1/accounts/verify_account', verification)).status).toBe(expected);
});

test('17.8, 17.12: requests can be throttled, and tell for how long', async () => {
  const { api } = await openIntegrator({ verification: { resendSeconds: 60 } }, { now: () => new Date(START) });
  const id = await created(api, REQUIRES);
  const got = await api('POST', '/v1/accounts/create_verification_request', { account_id: id });
  expect(got).toMatchObject({ status: 429, body: { code: 'too_many_requests' } });
  expect(got.headers.get('retry-after')).toBe('60');
});

test('17.7: a code for a verified account can be accepted', async () => {
  const { api } = await openIntegrator({ verifiedAgain: 'accepted' });
  const verification = { account_id: await created(api), confirmation_code: 'any' };
  expect((await api('POST', '/v1/accounts/verify_account', verification)).status).toBe(200);
});

test('17.23: addresses that differ in case can be different accounts', async () => {
  const { api } = await openIntegrator({ emailCase: 'different' });
  await created(api);
  expect((await api('POST', '/v2/accounts', { ...MINIMAL, email: 'TEST@example.com' })).status).toBe(201);
});

test('5.6: an archived account can keep its address taken', async () => {
  const { api } = await openIntegrator({ archiveFrees: false });
  const id = await created(api);
  await api('DELETE', `/v1/accounts/archive?account_id=${id}`);
  expect((await api('GET', `/v1/accounts?id=${id}`)).body).toMatchObject({ item: { email: null } });
  expect((await api('POST', '/v2/accounts', MINIMAL)).status).toBe(409);
});

test('5.3: a changed address can be unverified', async () => {
  const { api } = await openIntegrator({ changedEmail: 'is-unverified' });
  const id = await created(api);
  await api('PUT', '/v2/accounts', { id, email: 'new@example.com' });
  expect((await api('GET', `/v1/accounts?id=${id}`)).body).toMatchObject({ item: { verified: false } });
});

test('3.3: nulls can be ignored', async () => {
  const { api } = await openIntegrator({ nulls: 'ignored' });
  expect((await api('POST', '/v2/accounts', { ...MINIMAL, first_name: null })).status).toBe(201);
});

test('5.1: where it is not given, the source is the application and its client id', async () => {
  const client = { name: 'The Bank' };
  const { api } = await openIntegrator({ client, shows: ['created_from_source'] });
  expect((await api('GET', `/v1/accounts?id=${await created(api)}`)).body).toMatchObject({
    item: { created_from_source: 'The Bank 5f1e9b0a6fc9365306000001' },
  });
});

test('7.2: a read can show an address as it was written', async () => {
  const { api } = await openIntegrator({ shows: ['address'] });
  const { address } = COMPLETE;
  const { body } = await api('GET', `/v1/accounts?id=${await created(api, { address })}`);
  expect(body).toMatchObject({ item: { address } });
});

const ARCHIVED = { external_ids: { ref: '1' } };
const REF = '/v1/accounts?external_id_key=ref&external_id_value=1';

test.each([
  ['end', 404],
  ['stay', 200],
] as const)('17.20: the external ids of an archived account can %s', async (archivedMappings, expected) => {
  const { api } = await openIntegrator({ archivedMappings });
  await api('DELETE', `/v1/accounts/archive?account_id=${await created(api, ARCHIVED)}`);
  expect((await api('GET', REF)).status).toBe(expected);
});

const DAY = 86_400_000;

test.each<[rule: string, PaywayOptionsInput, after: number, restored: boolean]>([
  ['5.6 archiving is final', {}, DAY, false],
  ['5.6, 16 PAP can undo it', { archiving: 'undone-in-PAP' }, 30 * DAY, true],
  ['5.6, 16 PAP can undo it for 30 days', { archiving: 'undone-in-PAP' }, 30 * DAY + 1, false],
])('%s', async (_, options, after, restored) => {
  let at = START;
  const { api, sandbox } = await openIntegrator({ tokenSeconds: 1e9, ...options }, { now: () => new Date(at) });
  const id = await created(api, ARCHIVED);
  await api('DELETE', `/v1/accounts/archive?account_id=${id}`);
  at += after;
  const restore = async () => sandbox.administration.restore(id);
  expect(
    await restore().then(
      () => true,
      () => false,
    ),
  ).toBe(restored);
  expect((await api('GET', `/v1/accounts/status?id=${id}`)).body).toEqual({
    item: { status: restored ? 'active' : 'archived' },
  });
  expect((await api('GET', REF)).status).toBe(restored ? 200 : 404);
});

test('5.6, 16: an archived account is not restored over one that has its address by now', async () => {
  const { api, sandbox } = await openIntegrator({ archiving: 'undone-in-PAP' });
  const id = await created(api);
  await api('DELETE', `/v1/accounts/archive?account_id=${id}`);
  await created(api);
  expect(() => sandbox.administration.restore(id)).toThrow('contact_email already exists');
});

test('9.1, 16: the code without a mail can be at the path of its page’s title', async () => {
  const { api } = await openIntegrator({ passwordResetPath: 'create_password_request' });
  await created(api);
  const ask = (path: string) => api('POST', `/v1/accounts/${path}`, { email: MINIMAL.email });
  expect((await ask('create_password_request')).status).toBe(200);
  expect((await ask('create_password_reset')).status).toBe(404);
});

test('9.1: a code for a new password ends after its time', async () => {
  let at = START;
  const { api } = await openIntegrator({ passwordResetSeconds: 60 }, { now: () => new Date(at) });
  const id = await created(api);
  const { body } = await api('POST', '/v1/accounts/create_password_reset', { email: MINIMAL.email });
  const confirmation_code = /"confirmation_code":"([^"]+)"/.exec(JSON.stringify(body))?.[1];
  at += 60_000;
  const completion = { id, confirmation_code, new_password: 'chosen-1' };
  expect(await api('POST', '/v1/accounts/complete_password_reset', completion)).toMatchObject({
    status: 409,
    body: { code: 'invalid_confirmation_code' },
  });
});

test('17.29: reads can show what was written', async () => {
  const { api } = await openIntegrator({ shows: ['external_ids', 'company_name', 'created_from_source'] });
  const id = await created(api, { ...COMPLETE, company_name: 'Bolaget AB' });
  const { external_ids, created_from_source } = COMPLETE;
  expect((await api('GET', `/v1/accounts?id=${id}`)).body).toMatchObject({
    item: { external_ids, company_name: 'Bolaget AB', created_from_source },
  });
});

test('16: an account can be shown without `item`', async () => {
  const { api } = await openIntegrator({ accountBody: 'bare' });
  const id = await created(api);
  expect((await api('GET', `/v1/accounts?id=${id}`)).body).toMatchObject({ id, status: 'active' });
});

test('9.3: mail templates can be switched off', async () => {
  const off = { welcome: false, verification: false, passwordReset: false, sharing: false };
  const { api, sandbox } = await openIntegrator({ mails: off });
  const id = await created(api);
  await created(api, { email: 'other@example.com', require_verification: true });
  await api('POST', '/v1/accounts/request_password_reset', { email: MINIMAL.email });
  const user_product_id = await provisioned(api, id);
  await api('POST', '/v1/accounts/share_subscription', { id, user_product_id, contact_emails: ['b@example.com'] });
  expect(sandbox.outbox.items()).toEqual([]);
  expect(sandbox.ledger.entries({ effect: 'mail.sent' })).toEqual([]);
});

test('16: only an administrator may thaw a frozen account', async () => {
  const { api, sandbox } = await openIntegrator({ frozen: { thaws: 'in-PAP', seconds: 0 } });
  const id = await created(api);
  const failure = { email: MINIMAL.email, login_successful: false, user_agent: 'test', persist: true };
  for (let n = 0; n < 5; n += 1) await api('POST', '/v1/accounts/create_authentication_attempt', failure);
  const attempts = async () =>
    (await api('GET', '/v1/accounts/get_authentication_attempts?email=test%40example.com')).body;
  expect(await attempts()).toMatchObject({ item: { account_frozen: true, frozen_until: null } });
  sandbox.administration.unlock(id);
  expect(await attempts()).toMatchObject({ item: { account_frozen: false, remaining_authentication_attempts: 5 } });
});

test('10: the sharing configuration limits the receivers, and a call shares with all or none', async () => {
  const { api } = await openIntegrator({ packages: { digital: { receivers: 1 } } });
  const id = await created(api);
  const user_product_id = await provisioned(api, id);
  const share = (...contact_emails: string[]) =>
    api('POST', '/v1/accounts/share_subscription', { id, user_product_id, contact_emails });
  expect((await share('a@example.com', 'b@example.com')).status).toBe(400);
  expect((await share('a@example.com')).status).toBe(200);
  expect(await share('b@example.com')).toMatchObject({ status: 400, body: { field: 'contact_emails' } });
});

test.each([true, false])('10: a receiver with an account can be made to accept: %s', async (accepts) => {
  const { api, sandbox } = await openIntegrator();
  const id = await created(api);
  await created(api, { email: 'friend@example.com' });
  const user_product_id = await provisioned(api, id);
  const share = { id, user_product_id, contact_emails: ['friend@example.com'], automatically_accept_sharing: accepts };
  await api('POST', '/v1/accounts/share_subscription', share);
  expect((await api('GET', `/v1/accounts/shared_subscriptions?id=${id}`)).body).toMatchObject({
    items: [{ state: accepts ? 'active' : 'pending' }],
  });
  expect(sandbox.ledger.entries({ effect: 'invitation.accepted' })).toHaveLength(accepts ? 1 : 0);
});
