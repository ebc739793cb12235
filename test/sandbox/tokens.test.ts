import { closeSandboxes, CRM, dataOf, idOf, JANE, JOHN, openPartner, sender, SSO, textOf } from './partner.ts';

afterEach(closeSandboxes);

const LOGIN = '/api/v1/crm/auth/login';

test.each([
  [LOGIN, CRM, 200],
  [LOGIN, { ...CRM, password: 'wrong' }, 401],
  [LOGIN, { username: CRM.username }, 422],
  ['/api/v1/sso/token', { ...SSO, email: JOHN.email }, 200],
  ['/api/v1/sso/token', { ...SSO, email: 'nobody@example.com' }, 404],
  ['/api/v1/sso/token', { ...SSO, client_secret: 'wrong', email: JOHN.email }, 401],
  ['/api/v1/sso/code', { ...SSO, email: JOHN.email }, 200],
  ['/api/v1/sso/login', { code: 'wrong' }, 401],
])('1.3, 1.5: POST %s with %j answers %i', async (path, body, status) => {
  const { crm, anonymous } = await openPartner();
  await crm('POST', '/api/v1/account', JOHN);
  expect((await anonymous('POST', path, body)).status).toBe(status);
});

test('1.2: no token, a wrong one and an expired one get 401', async () => {
  const { anonymous, crm, origin, sandbox } = await openPartner();
  expect((await anonymous('GET', '/api/v1/accounts')).status).toBe(401);
  expect((await sender(origin, '1|guessed')('GET', '/api/v1/accounts')).status).toBe(401);
  expect((await crm('GET', '/api/v1/accounts')).status).toBe(200);
  sandbox.expireTokens();
  expect(await crm('GET', '/api/v1/accounts')).toMatchObject({
    status: 401,
    body: { error: { code: 'UNAUTHENTICATED' } },
  });
});

test('1.3: tokens live as long as configured; keep_logged lengthens it', async () => {
  let at = Date.parse('2026-06-16T12:00:00Z');
  const { anonymous, crm, origin } = await openPartner({}, { now: () => new Date(at) });
  const kept = sender(origin, textOf(await anonymous('POST', LOGIN, { ...CRM, keep_logged: true }), 'token'));
  at += 3_599_000;
  expect((await crm('GET', '/api/v1/accounts')).status).toBe(200);
  at += 1000;
  expect((await crm('GET', '/api/v1/accounts')).status).toBe(401);
  expect((await kept('GET', '/api/v1/accounts')).status).toBe(200);
});

test('1.5: a one-time code gives one app token', async () => {
  const { crm, anonymous, origin } = await openPartner();
  await crm('POST', '/api/v1/account', JOHN);
  const code = textOf(await anonymous('POST', '/api/v1/sso/code', { ...SSO, email: JOHN.email }), 'code');
  const token = textOf(await anonymous('POST', '/api/v1/sso/login', { code }), 'token');
  expect(dataOf(await sender(origin, token)('GET', '/api/v1/account'))).toMatchObject({ email: JOHN.email });
  expect((await anonymous('POST', '/api/v1/sso/login', { code })).status).toBe(401);
});

const CRM_ONLY = [
  ['POST', '/api/v1/account'],
  ['GET', '/api/v1/accounts'],
  ['GET', '/api/v1/account/1'],
  ['PUT', '/api/v1/account/1'],
  ['POST', '/api/v1/account/1/activate'],
  ['PATCH', '/api/v1/account/1/ssn-monitoring/activate'],
  ['POST', '/api/v1/account/1/email-watchlist'],
  ['DELETE', '/api/v1/account/1'],
] as const;
const APP_ONLY = [
  ['GET', '/api/v1/account'],
  ['PUT', '/api/v1/account'],
  ['POST', '/api/v1/eid-stand-in/sessions'],
  ['GET', '/api/v1/email-watchlist'],
] as const;

test.each(CRM_ONLY)('1.2: %s %s refuses an app token', async (method, path) => {
  const { crm, app } = await openPartner();
  await crm('POST', '/api/v1/account', JOHN);
  const user = await app(JOHN.email);
  expect(await user(method, path)).toMatchObject({ status: 403, body: { error: { code: 'FORBIDDEN' } } });
});

test.each(APP_ONLY)('1.2: %s %s refuses a CRM token', async (method, path) => {
  const { crm } = await openPartner();
  expect(await crm(method, path)).toMatchObject({ status: 403, body: { error: { code: 'FORBIDDEN' } } });
});

test('3.9: on routes for both tokens, an app token reaches its own account and no other', async () => {
  const { crm, app } = await openPartner({ ssnRequired: false });
  await crm('POST', '/api/v1/account', JOHN);
  const other = idOf(await crm('POST', '/api/v1/account', JANE));
  const john = await app(JOHN.email);
  const password = { password: 'long enough', password_confirmation: 'long enough' };
  expect((await john('PUT', '/api/v2/account/1', { first_name: 'Jack' })).status).toBe(200);
  expect((await john('PUT', `/api/v2/account/${other}`, { first_name: 'Jack' })).status).toBe(403);
  expect((await john('POST', '/api/v2/account/password', password)).status).toBe(200);
  expect((await john('POST', '/api/v2/account/password', { ...password, account_id: other })).status).toBe(403);
  expect((await john('PUT', '/api/v1/account', { last_name: 'Dough' })).status).toBe(200);
});

test('a deactivated account gets no app token, a deleted one loses it', async () => {
  const { crm, anonymous, app } = await openPartner();
  await crm('POST', '/api/v1/account', JOHN);
  const john = await app(JOHN.email);
  await crm('POST', '/api/v1/account/1/deactivate');
  expect((await anonymous('POST', '/api/v1/sso/token', { ...SSO, email: JOHN.email })).status).toBe(403);
  await crm('DELETE', '/api/v1/account/1');
  expect((await john('GET', '/api/v1/account')).status).toBe(401);
});
