import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTuloPaywaySandbox } from '../../../sandbox/tulo-payway/index.ts';
import { sender, textOf } from '../partner.ts';
import { askToken, CLIENT, closeIntegrators, openIntegrator, SCOPES } from './integrator.ts';

afterEach(closeIntegrators);

const folder = mkdtempSync(join(tmpdir(), 'payway-'));
afterAll(() => rmSync(folder, { recursive: true }));

const ASK = { ...CLIENT, grant_type: 'none', scope: SCOPES };
const STATUS = '/v1/accounts/status?email=test%40example.com';

test('2.2, 17.3: a token without identity comes with its lifetime, type and scopes', async () => {
  const { origin } = await openIntegrator();
  expect(await askToken(origin, ASK)).toMatchObject({
    status: 200,
    body: { access_token: expect.any(String), expires_in: 3600, token_type: 'bearer', scope: SCOPES },
  });
});

test.each([
  ['17.4', { grant_type: 'client_credentials' }, 400, 'unsupported_grant_type'],
  ['2.2', { grant_type: 'password' }, 400, 'unsupported_grant_type'],
  ['17.3', { client_secret: 'wrong' }, 401, 'invalid_client'],
  ['17.3', { client_id: 'wrong' }, 401, 'invalid_client'],
  ['17.5', { scope: '/external/account/r /external/me/w' }, 400, 'invalid_scope'],
  ['17.5', { scope: '' }, 400, 'invalid_scope'],
])('%s: asking for a token with %j is refused', async (_, change, status, error) => {
  const { origin } = await openIntegrator();
  expect(await askToken(origin, { ...ASK, ...change })).toMatchObject({
    status,
    body: { error, error_description: expect.any(String) },
  });
});

test.each([
  ['encoded', 'scope=%2Fexternal%2Faccount%2Fr+%2Fexternal%2Faccount%2Fw'],
  ['raw', 'scope=/external/account/r /external/account/w'],
])('2.2: %s scopes are read', async (_, scope) => {
  const { origin } = await openIntegrator();
  const body = `client_id=${CLIENT.client_id}&client_secret=${CLIENT.client_secret}&grant_type=none&${scope}`;
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  expect(await sender(origin)('POST', '/api/authorization/access_token', body, headers)).toMatchObject({
    body: { scope: '/external/account/r /external/account/w' },
  });
});

test('2.2: the token endpoint takes forms and no JSON', async () => {
  const { origin } = await openIntegrator();
  expect(await sender(origin)('POST', '/api/authorization/access_token', ASK)).toMatchObject({
    status: 400,
    body: { error: 'invalid_request' },
  });
});

test('2.3, 16: the lifetime is what expires_in says, and after it the token is refused', async () => {
  let at = Date.parse('2026-06-16T12:00:00Z');
  const { api, origin } = await openIntegrator({ tokenSeconds: 7200 }, { now: () => new Date(at) });
  expect((await askToken(origin, ASK)).body).toMatchObject({ expires_in: 7200 });
  at += 7_199_000;
  expect((await api('GET', STATUS)).status).toBe(404);
  at += 1000;
  expect(await api('GET', STATUS)).toMatchObject({ status: 401, body: { code: 'unauthorized' } });
});

test('17.1: tokens can be ended from outside', async () => {
  const { api, sandbox } = await openIntegrator();
  sandbox.expireTokens();
  expect((await api('GET', STATUS)).status).toBe(401);
});

test('17.4: client_credentials can be taken as well', async () => {
  const { origin } = await openIntegrator({ clientCredentials: true });
  expect((await askToken(origin, { ...ASK, grant_type: 'client_credentials' })).status).toBe(200);
});

test('17.3: a token answer can be bare', async () => {
  const { origin } = await openIntegrator({ tokenAnswer: 'bare' });
  expect((await askToken(origin, ASK)).body).toEqual({ access_token: expect.any(String), expires_in: 3600 });
});

test('2.1: a disabled API user gets no token, and one from before is refused', async () => {
  const data = join(folder, 'disabled.db');
  const before = await openIntegrator({}, { data });
  const token = textOf(await askToken(before.origin, ASK), 'access_token');
  await closeIntegrators();
  const sandbox = createTuloPaywaySandbox({ data, tuloPayway: { client: { disabled: true } } });
  const origin = await sandbox.listen();
  try {
    expect(await askToken(origin, ASK)).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    const got = await sender(`${origin}/external/api`, token)('GET', STATUS);
    expect(got).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  } finally {
    await sandbox.close();
  }
});

const ID = '0123456789abcdef01234567';
const R = '/external/account/r';
const W = '/external/account/w';
const ARCHIVE = '/external/account/archive/w';
const MAPPING = '/external/identity_mapping/w';
const PRODUCT = '/external/userproduct/w';

/** Every route with its scope (2.5, 5.0). */
const ROUTES: [method: string, path: string, scope: string][] = [
  ['POST', '/v2/accounts', W],
  ['GET', `/v1/accounts?id=${ID}`, W],
  ['GET', `/v1/accounts/status?id=${ID}`, R],
  ['PUT', '/v2/accounts', W],
  ['POST', '/v1/accounts/create_verification_request', W],
  ['GET', `/v1/accounts/pending_verification_request?account_id=${ID}`, R],
  ['POST', '/v1/accounts/verify_account', W],
  ['DELETE', `/v1/accounts/archive?account_id=${ID}`, ARCHIVE],
  ['PUT', '/v1/accounts/verify_email_change', W],
  ['POST', '/v1/accounts/request_password_reset', W],
  ['POST', '/v1/accounts/custom_request_password_reset', W],
  ['POST', '/v1/accounts/create_password_reset', W],
  ['POST', '/v1/accounts/complete_password_reset', W],
  ['GET', '/v1/accounts/candidate?customer_number=1', R],
  ['POST', '/v1/account/activate_candidate', W],
  ['POST', '/v1/accounts/activate_candidate', W],
  ['GET', '/v2/accounts/lookup_address?social_security_number=620817-9256', R],
  ['GET', `/v1/accounts/active_products?account_id=${ID}`, R],
  ['POST', '/v1/accounts/create_authentication_attempt', W],
  ['GET', '/v1/accounts/get_authentication_attempts?email=a%40b.se', R],
  ['POST', '/v1/accounts/share_subscription', W],
  ['GET', `/v1/accounts/pending_shares?id=${ID}`, R],
  ['PUT', '/v1/accounts/accept_sharing', W],
  ['DELETE', '/v1/accounts/remove_sharing', W],
  ['GET', `/v1/accounts/shared_subscriptions?id=${ID}`, W],
  ['POST', '/v1/userproducts', PRODUCT],
  ['PUT', '/v1/userproducts', PRODUCT],
  ['GET', `/v1/userproducts/${ID}`, PRODUCT],
  ['POST', '/v1/identity_mapping', MAPPING],
];

test('2.5, 5.0: every route needs its scope, no other one will do, and nothing goes without a token', async () => {
  const { origin, scoped } = await openIntegrator();
  const all = [R, W, ARCHIVE, MAPPING, PRODUCT];
  const senders = new Map(await Promise.all(all.map(async (scope) => [scope, await scoped(scope)] as const)));
  const anonymous = sender(`${origin}/external/api`);
  for (const [method, path, needed] of ROUTES) {
    for (const [scope, send] of senders) {
      const { status, body } = await send(method, path, method === 'GET' ? undefined : {});
      expect([method, path, scope, status === 403]).toEqual([method, path, scope, scope !== needed]);
      expect(body).toMatchObject({ message: expect.any(String), pw_correlation_id: expect.stringMatching(/^pw-api-/) });
    }
    expect(await anonymous(method, path)).toMatchObject({ status: 401, body: { code: 'unauthorized' } });
  }
});

test('17.1: refusals can be without a body', async () => {
  const { origin, scoped } = await openIntegrator({ refusals: 'empty' });
  expect(await sender(`${origin}/external/api`)('GET', STATUS)).toMatchObject({ status: 401, text: '' });
  expect(await (await scoped(W))('GET', STATUS)).toMatchObject({ status: 403, text: '' });
});

test('a token is a secret: it is not the same twice', async () => {
  const { origin } = await openIntegrator();
  const tokens = await Promise.all([askToken(origin, ASK), askToken(origin, ASK)]);
  const [one, other] = tokens.map((got) => textOf(got, 'access_token'));
  expect(one).not.toBe(other);
});
