import { createClient } from '../../../activities/tulo-payway/client.ts';
import type { TuloPaywayClient } from '../../../activities/tulo-payway/client.ts';
import { LocalServer, answer } from '../http/local-server.ts';
import { ENV, configFor } from './settings.ts';

const server = new LocalServer();
beforeAll(() => server.start());
afterAll(() => server.stop());

const ITEM = {
  id: '7',
  status: 'active',
  verified: true,
  account_candidate_id: '7',
  account_id: '7',
  confirmation_code: 'c',
  active_products: ['digital'],
  account_frozen: false,
  remaining_authentication_attempts: 5,
  frozen_until: null,
};

/** Takes any call; the answer suits every schema. */
function record(env: Record<string, string> = {}): TuloPaywayClient {
  server.handle(({ path }, response) => {
    if (path.endsWith('/access_token')) answer(response, 200, { access_token: 'token', expires_in: 3600 });
    else if (path.includes('pending_verification')) answer(response, 200, { item: { status: 'pending' } });
    else if (/shar(e_|ed_)subscription|pending_shares|comments|userproducts\/7$/.test(path))
      answer(response, 200, { items: [] });
    else answer(response, 200, { id: '7', item: ITEM });
  });
  return createClient(configFor(server.url, env));
}

const ACCOUNT = { email: 'a@x.se', password: 'secret' };
const PERIOD = {
  subscription_type: 'limited',
  valid_from: '2016-10-02 13:00 +0100',
  valid_to: '2016-11-02 13:00 +0100',
} as const;
const DEVICE = { ip_address: '1.2.3.4', user_agent: 'u' };

type Case = [section: string, route: string, call: (client: TuloPaywayClient) => Promise<unknown>, body?: object];

/** By section of the Tulo Payway contract; paths after `/external/api`, as section 5.0 lists them. */
const CASES: Case[] = [
  ['5.1', 'POST /v2/accounts', ({ accounts }) => accounts.create(ACCOUNT), ACCOUNT],
  ['5.2', 'GET /v1/accounts?id=7', ({ accounts }) => accounts.get({ id: '7' })],
  ['5.2, 3.6', 'GET /v1/accounts?email=a%2Bb%40x.se', ({ accounts }) => accounts.get({ email: 'a+b@x.se' })],
  ['5.2', 'GET /v1/accounts?alias=a', ({ accounts }) => accounts.get({ alias: 'a' })],
  [
    '5.2, 14.3',
    'GET /v1/accounts?social_security_number=620817-9256',
    ({ accounts }) => accounts.get({ social_security_number: '620817-9256' }),
  ],
  ['5.2', 'GET /v1/accounts?customer_number=a-1', ({ accounts }) => accounts.get({ customer_number: 'a-1' })],
  ['5.2', 'GET /v1/accounts?tulo_customer_number=1', ({ accounts }) => accounts.get({ tulo_customer_number: '1' })],
  [
    '5.2, 11',
    'GET /v1/accounts?external_id_key=own+key&external_id_value=r1',
    ({ accounts }) => accounts.get({ external_id_key: 'own key', external_id_value: 'r1' }),
  ],
  ['5.4, 3.6', 'GET /v1/accounts/status?email=a%40x.se', ({ accounts }) => accounts.status({ email: 'a@x.se' })],
  ['5.4', 'GET /v1/accounts/status?id=7', ({ accounts }) => accounts.status({ id: '7' })],
  ['5.3', 'PUT /v2/accounts', ({ accounts }) => accounts.update('7', { tags: ['a'] }), { id: '7', tags: ['a'] }],
  ['5.6, 3.6', 'DELETE /v1/accounts/archive?account_id=7', ({ accounts }) => accounts.archive('7')],
  [
    '5.7',
    'GET /v1/accounts/candidate?customer_number=1&zip_code=27567',
    ({ accounts }) => accounts.candidate({ customer_number: '1', zip_code: '27567' }),
  ],
  [
    '5.7, 16',
    'POST /v1/account/activate_candidate',
    ({ accounts }) => accounts.activateCandidate({ ...ACCOUNT, account_candidate_id: '7' }),
    { ...ACCOUNT, account_candidate_id: '7' },
  ],
  [
    '7.4',
    'GET /v2/accounts/lookup_address?social_security_number=196208179256',
    ({ accounts }) => accounts.lookupAddress('196208179256'),
  ],
  ['12', 'GET /v1/accounts/active_products?account_id=7', ({ accounts }) => accounts.activeProducts('7')],
  ['5.0', 'GET /v1/accounts/comments?id=7', ({ accounts }) => accounts.comments({ id: '7' })],
  [
    '5.8, 3.6',
    'GET /v1/accounts/get_authentication_attempts?email=a%40x.se',
    ({ accounts }) => accounts.authenticationAttempts('a@x.se'),
  ],
  [
    '11',
    'POST /v1/identity_mapping',
    ({ accounts }) => accounts.mapIdentity('7', 'own key', 'r1'),
    { account_id: '7', identity_key: 'own key', value: 'r1' },
  ],
  [
    '8.1',
    'POST /v1/accounts/create_verification_request',
    ({ verification }) => verification.request('7', 'https://bank.example/v'),
    { account_id: '7', verification_url: 'https://bank.example/v' },
  ],
  [
    '8.1',
    'GET /v1/accounts/pending_verification_request?account_id=7',
    ({ verification }) => verification.pending('7'),
  ],
  [
    '8.1',
    'POST /v1/accounts/verify_account',
    ({ verification }) => verification.verify('7', 'c'),
    { account_id: '7', confirmation_code: 'c' },
  ],
  [
    '9.2',
    'PUT /v1/accounts/verify_email_change',
    ({ verification }) => verification.verifyEmailChange('7', 'c'),
    { account_id: '7', confirmation_code: 'c' },
  ],
  [
    '9.1',
    'POST /v1/accounts/request_password_reset',
    ({ passwords }) => passwords.requestReset('a@x.se', { return_url: 'https://b.example', device_info: DEVICE }),
    { email: 'a@x.se', return_url: 'https://b.example', device_info: DEVICE },
  ],
  [
    '9.1',
    'POST /v1/accounts/custom_request_password_reset',
    ({ passwords }) => passwords.requestCustomReset('a@x.se', 'https://b.example/p', 'https://b.example'),
    { email: 'a@x.se', reset_password_url: 'https://b.example/p', return_url: 'https://b.example' },
  ],
  [
    '9.1, 16',
    'POST /v1/accounts/create_password_reset',
    ({ passwords }) => passwords.createReset('a@x.se'),
    { email: 'a@x.se' },
  ],
  [
    '9.1',
    'POST /v1/accounts/complete_password_reset',
    ({ passwords }) => passwords.completeReset('7', 'c', 'secret'),
    { id: '7', confirmation_code: 'c', new_password: 'secret' },
  ],
  [
    '10',
    'POST /v1/accounts/share_subscription',
    ({ sharing }) => sharing.share('7', '8', ['a@x.se'], true),
    { id: '7', user_product_id: '8', contact_emails: ['a@x.se'], automatically_accept_sharing: true },
  ],
  [
    '10, 3.6',
    'GET /v1/accounts/shared_subscriptions?id=7&user_product_id=8',
    ({ sharing }) => sharing.shared('7', '8'),
  ],
  ['10, 3.6', 'GET /v1/accounts/pending_shares?id=7', ({ sharing }) => sharing.pending('7')],
  [
    '10, 3.6',
    'DELETE /v1/accounts/remove_sharing',
    ({ sharing }) => sharing.remove('7', '9'),
    { id: '7', package_sharing_id: '9' },
  ],
  ['12', 'GET /v1/userproducts/7', ({ userProducts }) => userProducts.list('7')],
  [
    '12',
    'POST /v1/userproducts',
    ({ userProducts }) => userProducts.provision({ account_id: '7', package_code: 'digital', ...PERIOD }),
    { account_id: '7', package_code: 'digital', ...PERIOD },
  ],
  [
    '12',
    'PUT /v1/userproducts',
    ({ userProducts }) => userProducts.update('7', '8', { state: 'deactivated' }),
    { account_id: '7', product_id: '8', state: 'deactivated' },
  ],
];

test.each(CASES)('%s: %s, with the three headers (2.6)', async (...[, route, call, body]) => {
  await call(record());
  const request = server.received.at(-1);
  expect(`${request?.method} ${request?.path}`).toBe(route.replace(' ', ' /external/api'));
  expect(request?.body).toEqual(body);
  // Mandatory on each call, also without a body.
  expect(request?.headers).toMatchObject({
    accept: 'application/json',
    'content-type': 'application/json',
    authorization: 'Bearer token',
  });
});

describe('the token', () => {
  test('2.2 is asked for form-encoded by the grant `none`, without a token', async () => {
    await record().logIn();
    expect(server.received).toHaveLength(1);
    const [request] = server.received;
    expect(`${request?.method} ${request?.path}`).toBe('POST /api/authorization/access_token');
    expect(request?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(request?.headers.authorization).toBeUndefined();
    expect(request?.body).toEqual({
      client_id: ENV.TULO_PAYWAY_CLIENT_ID,
      client_secret: ENV.TULO_PAYWAY_CLIENT_SECRET,
      grant_type: 'none',
      scope: '/external/account/r /external/account/w /external/account/archive/w /external/userproduct/w',
    });
  });

  test('2.2 is asked for with its form percent-encoded, unlike in the vendor’s own plugin', async () => {
    const secret = 'a&scope=b+c%20d/é';
    await record({ TULO_PAYWAY_CLIENT_SECRET: secret }).logIn();
    expect(server.received[0]?.body).toMatchObject({ client_secret: secret, grant_type: 'none' });
  });

  test('2.2 grant and scopes are configurable', async () => {
    const env = { TULO_PAYWAY_GRANT_TYPE: 'client_credentials', TULO_PAYWAY_SCOPES: '/external/account/r' };
    await record(env).logIn();
    expect(server.received[0]?.body).toMatchObject({ grant_type: 'client_credentials', scope: '/external/account/r' });
  });
});

test('5.7, 16 the path of the activation is configurable, because title and address disagree', async () => {
  const path = '/external/api/v1/accounts/activate_candidate';
  const client = record({ TULO_PAYWAY_ACTIVATE_CANDIDATE_PATH: path });
  await client.accounts.activateCandidate({ ...ACCOUNT, account_candidate_id: '7' });
  expect(server.received.at(-1)?.path).toBe(path);
});
