import { createClient } from '../../../activities/defentry/client.ts';
import type { DefentryClient } from '../../../activities/defentry/client.ts';
import { none } from '../../../activities/http/answer.ts';
import { at } from '../../../activities/http/path.ts';
import { LocalServer, answer } from '../http/local-server.ts';
import { configFor } from './settings.ts';

const server = new LocalServer();
beforeAll(() => server.start());
afterAll(() => server.stop());

/** Takes any call; the answer suits every schema. */
function record(): DefentryClient {
  server.handle(({ path }, response) => {
    if (path.endsWith('/auth/login')) answer(response, 200, { token: '1|crm' });
    else if (path.startsWith('/api/v1/sso/')) answer(response, 200, { token: '2|app' });
    else if (/accounts$|members$|watchlist(\/leaks)?$/.test(path)) answer(response, 200, { data: [] });
    else answer(response, 200, { data: { id: 7, is_unique: true } });
  });
  return createClient(configFor(server.url));
}

const PERSON = { first_name: 'A', last_name: 'B' };
const PASSWORD = { password: 'p', password_confirmation: 'p' };

type Case = [route: string, call: (client: DefentryClient) => Promise<unknown>, body?: object];

const LISTS = [
  ['email', 'email'],
  ['phone', 'phone'],
  ['iban', 'iban'],
  ['passport', 'passport'],
  ['drivers-license', 'drivers_license'],
  ['credit-card', 'credit_card'],
] as const;

const CRM: Case[] = [
  ['POST /api/v1/account', ({ accounts }) => accounts.create(PERSON), PERSON],
  ['POST /api/v1/account/business', ({ accounts }) => accounts.createBusiness(PERSON), PERSON],
  [
    'POST /api/v1/account/check-attribute-for-uniqueness',
    ({ accounts }) => accounts.checkUniqueness('email', 'a@example.com'),
    { attribute: 'email', value: 'a@example.com' },
  ],
  ['POST /api/v1/account/7/member', ({ members }) => members.add('7', PERSON), PERSON],
  ['POST /api/v1/account/7/invite', ({ members }) => members.invite('7', { member_id: '8' }), { member_id: '8' }],
  ['GET /api/v1/account/7/members', ({ members }) => members.list('7')],
  ['POST /api/v2/account/member', ({ members }) => members.addV2('7', PERSON), { account_id: '7', ...PERSON }],
  ['POST /api/v2/account/member/8/invite', ({ members }) => members.inviteV2('8')],
  ['GET /api/v1/accounts', ({ accounts }) => accounts.list(1)],
  ['GET /api/v2/accounts', ({ accounts }) => accounts.listV2(1)],
  ['GET /api/v1/account/7', ({ accounts }) => accounts.get('7')],
  ['GET /api/v1/account/external-id/a.b', ({ accounts }) => accounts.getByExternalId('a.b')],
  ['GET /api/v1/account/get-id-by-ssn/19900101-1234', ({ accounts }) => accounts.getIdBySsn('19900101-1234')],
  ['PATCH /api/v1/account/7', ({ accounts }) => accounts.update('7', PERSON), PERSON],
  ['PUT /api/v2/account/7', ({ accounts }) => accounts.updateV2('7', PERSON), PERSON],
  ['POST /api/v1/account/7/change-email', ({ accounts }) => accounts.changeEmail('7', 'a@b.c'), { email: 'a@b.c' }],
  ['PATCH /api/v1/account/7/delete-email', ({ accounts }) => accounts.deleteEmail('7')],
  [
    'POST /api/v1/account/7/change-supervisor',
    ({ accounts }) => accounts.changeSupervisor('7', '8'),
    { supervisor_id: '8' },
  ],
  ['POST /api/v1/account/7/password', ({ accounts }) => accounts.setPassword('7', 'p'), PASSWORD],
  [
    'POST /api/v2/account/password',
    ({ accounts }) => accounts.setPasswordV2('7', 'p'),
    { account_id: '7', ...PASSWORD },
  ],
  ['POST /api/v1/account/7/resend-confirm-email', ({ accounts }) => accounts.resendConfirmEmail('7')],
  ['GET /api/v1/account/7/activation-status', ({ accounts }) => accounts.activationStatus('7')],
  ['POST /api/v1/account/7/activate', ({ accounts }) => accounts.activate('7')],
  ['POST /api/v1/account/7/deactivate', ({ accounts }) => accounts.deactivate('7')],
  ['POST /api/v2/account/deactivate', ({ accounts }) => accounts.deactivateV2('7'), { account_id: '7' }],
  ['POST /api/v1/account/upgrade', ({ accounts }) => accounts.upgrade('7', 2), { account_id: '7', plan_id: 2 }],
  ['POST /api/v1/account/downgrade', ({ accounts }) => accounts.downgrade('7', 1), { account_id: '7', plan_id: 1 }],
  ['DELETE /api/v1/account/7', ({ accounts }) => accounts.remove('7')],
  ['PATCH /api/v1/account/7/ssn-monitoring/activate', ({ accounts }) => accounts.activateSsnMonitoring('7')],
  ['PATCH /api/v1/account/7/ssn-monitoring/deactivate', ({ accounts }) => accounts.deactivateSsnMonitoring('7')],
  ...LISTS.flatMap(([list, field]): Case[] => {
    const route = `/api/v1/account/7/${list}-watchlist`;
    return [
      [`GET ${route}`, ({ watchlists }) => watchlists[list].list('7')],
      [`POST ${route}`, ({ watchlists }) => watchlists[list].add('7', 'value'), { [field]: 'value' }],
      [`GET ${route}/leaks`, ({ watchlists }) => watchlists[list].leaks('7')],
      [`DELETE ${route}/3`, ({ watchlists }) => watchlists[list].remove('7', '3')],
    ];
  }),
];

const APP: Case[] = [
  ['GET /api/v1/any', async ({ sendAs }) => (await sendAs?.('7', ['a@example.com']))?.(at('GET /api/v1/any'), none)],
];

const OPEN: Case[] = [
  [
    'POST /api/v1/crm/auth/login',
    (client) => client.logIn(),
    { username: 'service@partner.example', password: 'sandbox-password' },
  ],
];

/** What came in, besides a login. */
async function received(call: Case[1]) {
  await call(record());
  return server.received.at(-1);
}

describe.each([
  ['1.2, 3, 5: with the service account’s token', CRM, 'Bearer 1|crm'],
  ['1.5: with the user’s app token', APP, 'Bearer 2|app'],
  ['1.3: with no token', OPEN, undefined],
])('%s', (_, cases, authorization) => {
  test.each(cases)('%s', async (...[route, call, body]) => {
    const request = await received(call);
    expect(`${request?.method} ${request?.path}`).toBe(route);
    expect(request?.body).toEqual(body);
    expect(request?.headers).toMatchObject({ accept: 'application/json', 'x-api-version': '2026-06-12' });
    expect(request?.headers.authorization).toBe(authorization);
  });
});

test('1.5: the app token is asked for with the client’s secret and the address', async () => {
  await (
    await record().sendAs?.('7', ['a@example.com'])
  )?.(at('GET /api/v1/any'), none);
  expect(server.received.at(-3)).toMatchObject({
    path: '/api/v1/sso/token',
    body: { client_id: 'sandbox-client', client_secret: 'sandbox-client-secret', email: 'a@example.com' },
  });
});

test('1.3: a longer login session is asked for when configured', async () => {
  record();
  await createClient(configFor(server.url, { DEFENTRY_KEEP_LOGGED: 'true' })).logIn();
  expect(server.received.at(-1)?.body).toMatchObject({ keep_logged: true });
});

describe('3.2: ssn in an update is refused here, because the vendor would ignore it in silence', () => {
  const smuggled: object = { first_name: 'A', ssn: '19900101-1234' };
  test.each<[string, (client: DefentryClient) => Promise<unknown>]>([
    ['PATCH v1', ({ accounts }) => accounts.update('7', { ...smuggled })],
    ['PUT v2', ({ accounts }) => accounts.updateV2('7', { ...smuggled })],
  ])('%s', async (_, call) => {
    const client = record();
    await expect(call(client)).rejects.toThrow('ssn cannot be set by an update');
    expect(server.received).toHaveLength(0);
  });
});
