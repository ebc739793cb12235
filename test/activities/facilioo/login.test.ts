import { vi } from 'vitest';
import { PROVIDER_ENTRIES } from '../../../activities/providers.ts';
import { accountAuth, logIn } from '../../../activities/facilioo/auth.ts';
import { LocalServer, answer, sendTo } from '../http/local-server.ts';
import type { Received } from '../http/local-server.ts';
import { closeDesks, failureOf, openDesk, requestFor } from './desk.ts';
import { ENV } from './settings.ts';

afterEach(closeDesks);

const LOGIN = '/api/auth/login';
const REFRESH = '/api/auth/refresh';
const CREDENTIALS = { email: 'e', password: 'p', refresh: 'bearer' as const };

const server = new LocalServer();
beforeAll(() => server.start());
afterAll(() => server.stop());

const jwt = (claims: object) => ['', Buffer.from(JSON.stringify(claims)).toString('base64url'), ''].join('.');
const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;

/** Logins answer `access-1`, `access-2`, … with refresh tokens; `refresh` answers a refresh. */
function arrange(refresh: (received: Received) => [status: number, body?: object]) {
  let logins = 0;
  server.handle((received, response) => {
    if (received.path === REFRESH) return answer(response, ...refresh(received));
    logins += 1;
    answer(response, 200, { accessToken: `access-${logins}`, refreshToken: `refresh-${logins}` });
  });
}

const paths = () => server.received.map(({ path }) => path);

describe('the end of a token is read from it, never assumed (contract, section 3.1)', () => {
  test.each<[string, string, number | undefined]>([
    ['a token of an hour, renewed a minute before', jwt({ exp: 4_000_000_000 }), 3_999_999_940_000],
    ['a token that ends within the minute', jwt({ exp: inSeconds(30) }), undefined],
    ['a token that by our clock has ended', jwt({ exp: inSeconds(-3600) }), undefined],
    ['a token without an end', jwt({ nbf: 1 }), undefined],
    ['a token that is no JWT', 'opaque', undefined],
  ])('%s', async (_, accessToken, renewAt) => {
    server.handle((_request, response) => answer(response, 200, { accessToken }));
    expect(await logIn(sendTo(server.url), CREDENTIALS)).toMatchObject({ token: accessToken, renewAt });
  });
});

describe('a renewal (contract, sections 3.1 and 10)', () => {
  test.each(['bearer', 'body'] as const)('by refresh token, as %s', async (refresh) => {
    arrange(() => [200, { accessToken: 'access-r', refreshToken: 'refresh-r' }]);
    const auth = accountAuth(sendTo(server.url), { ...CREDENTIALS, refresh });
    auth.reject?.(await auth.token());
    expect(await auth.token()).toBe('access-r');
    auth.reject?.('access-r');
    await auth.token();
    const [first, second] = server.received.slice(1);
    const carried =
      refresh === 'bearer'
        ? [first?.headers.authorization, second?.headers.authorization]
        : [first?.body, second?.body];
    expect(carried).toEqual(
      ['refresh-1', 'refresh-r'].map((token) => (refresh === 'bearer' ? `Bearer ${token}` : { refreshToken: token })),
    );
  });

  test.each<[string, number, object?]>([
    ['refused', 401],
    ['unknown', 404],
    ['failing', 500],
    ['answered without a token', 200, {}],
  ])('that is %s falls back to one login', async (...[, status, body]) => {
    arrange(() => (body ? [status, body] : [status]));
    const auth = accountAuth(sendTo(server.url), CREDENTIALS);
    auth.reject?.(await auth.token());
    expect(await auth.token()).toBe('access-2');
    expect(paths()).toEqual([LOGIN, REFRESH, LOGIN]);
  });

  test('is not asked for twice with one refresh token, which may be single-use', async () => {
    server.handle(({ path }, response) => {
      const logins = paths().filter((each) => each === LOGIN).length;
      if (path === LOGIN && logins !== 2) answer(response, 200, { accessToken: 'a', refreshToken: 'r' });
      else answer(response, 401);
    });
    const auth = accountAuth(sendTo(server.url), CREDENTIALS);
    auth.reject?.(await auth.token());
    await expect(auth.token()).rejects.toMatchObject({ code: 'Unauthorized' });
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 }); // after the pause that follows a refused login
    await auth.token().finally(() => vi.useRealTimers());
    expect(paths()).toEqual([LOGIN, REFRESH, LOGIN, LOGIN]);
  });

  test('without a refresh token is a login: only the access token is needed', async () => {
    server.handle((_, response) => answer(response, 200, { accessToken: 'a' }));
    const auth = accountAuth(sendTo(server.url), CREDENTIALS);
    auth.reject?.(await auth.token());
    await auth.token();
    expect(paths()).toEqual([LOGIN, LOGIN]);
  });

  test('that is throttled is not followed by a login', async () => {
    arrange(() => [429]);
    const auth = accountAuth(sendTo(server.url), CREDENTIALS);
    auth.reject?.(await auth.token());
    await expect(auth.token()).rejects.toMatchObject({ code: 'Throttled' });
    expect(paths()).toEqual([LOGIN, REFRESH]);
  });

  test('is a login where refreshing is off', async () => {
    arrange(() => [200, {}]);
    const auth = accountAuth(sendTo(server.url), { ...CREDENTIALS, refresh: 'off' });
    auth.reject?.(await auth.token());
    await auth.token();
    expect(paths()).toEqual([LOGIN, LOGIN]);
  });
});

describe('checkLogin (contract, section 3.1)', () => {
  const open = (url: string, env: Record<string, string | undefined> = {}) =>
    PROVIDER_ENTRIES.facilioo.open({ ...ENV, FACILIOO_BASE_URL: url, ...env });

  test('passes with the right password', async () => {
    const { url } = await openDesk();
    await expect(open(url).checkLogin()).resolves.toBeUndefined();
  });

  test('passes with a fixed token, and no login is made', async () => {
    server.handle((_, response) => answer(response, 200, { id: 1 }));
    const env = { FACILIOO_EMAIL: undefined, FACILIOO_PASSWORD: undefined, FACILIOO_ACCESS_TOKEN: 'fixed' };
    await open(server.url, env).checkLogin();
    expect(server.received.map(({ path, headers }) => [path, headers.authorization])).toEqual([
      ['/api/accounts/myself', 'Bearer fixed'],
    ]);
  });

  test.each([401, 400, 409] as const)('says what to check with a wrong password (%i)', async (wrongCredentials) => {
    const { url } = await openDesk({ wrongCredentials });
    const call = open(url, { FACILIOO_PASSWORD: 'canary' }).checkLogin();
    await expect(call).rejects.toMatchObject({ code: 'Unauthorized', status: wrongCredentials });
    await expect(call).rejects.toThrow('facilioo POST /api/auth/login: the login was refused; check the credentials');
    await expect(call).rejects.not.toThrow('canary');
  });

  test('says so when a second factor is asked for in spite of our wish', async () => {
    const { url } = await openDesk({ secondFactor: 'always' });
    const call = open(url).checkLogin();
    await expect(call).rejects.toThrow('SECOND_FACTOR_REQUIRED');
    await expect(call).rejects.toMatchObject({ code: 'Forbidden' });
  });

  test.each([[{}], [{ message: 'multifactor' }], [{ accessToken: null, account: { id: 1 } }], [{ accessToken: '' }]])(
    'takes any success without a token for that: %j',
    async (body) => {
      server.handle((_, response) => answer(response, 200, body));
      await expect(open(server.url).checkLogin()).rejects.toThrow('SECOND_FACTOR_REQUIRED');
    },
  );

  test('with a fixed token that is refused is one call: nothing can renew it', async () => {
    server.handle((_, response) => answer(response, 401));
    const env = { FACILIOO_EMAIL: undefined, FACILIOO_PASSWORD: undefined, FACILIOO_ACCESS_TOKEN: 'fixed' };
    await expect(open(server.url, env).checkLogin()).rejects.toMatchObject({ code: 'Unauthorized' });
    expect(server.received).toHaveLength(1);
  });
});

test.each(['both', 'bearer', 'body'] as const)(
  'all tokens expired (refresh: %s): the step goes on (contract, section 10)',
  async (refreshForm) => {
    const desk = await openDesk({ refreshForm });
    const { accountId } = await desk.steps.createAccount({ request: requestFor() });
    desk.sandbox.expireTokens();
    const readings = await Promise.all(Array.from({ length: 6 }, () => desk.steps.readAccount({ accountId })));
    expect(readings.every(({ exists }) => exists)).toBe(true);
  },
);

test.each([
  ['whose group lacks the permission', 1, 2],
  ['of a pool manager', 3, 1],
  ['of a user', 4000, 1],
])('an account %s creates nothing, and does not log in again (contract, section 3.2)', async (_, partyId, group) => {
  const { email, password } = { email: ENV.FACILIOO_EMAIL, password: ENV.FACILIOO_PASSWORD };
  const desk = await openDesk({ logins: [{ email, password, partyId, accountGroupId: group }] });
  const logins = desk.sandbox.faults.add({ kind: 'delay', ms: 1, route: `POST ${LOGIN}`, times: 10 });
  const failure = await failureOf(desk.steps.createAccount({ request: requestFor({ holderId: '4001' }) }));
  expect(failure).toMatchObject({ type: 'Forbidden', nonRetryable: true });
  expect(logins.fired).toBe(1);
  expect(desk.count('account.created')).toBe(0);
});

test('a refused login fails the step after one try, as transient: credentials rotate (contract, section 10)', async () => {
  server.handle((_, response) => answer(response, 401));
  const { activities } = PROVIDER_ENTRIES.facilioo.open({ ...ENV, FACILIOO_BASE_URL: server.url });
  const failure = await failureOf(activities.createAccount?.({ request: requestFor() }) ?? Promise.resolve());
  expect(failure).toMatchObject({ type: 'Unauthorized', nonRetryable: false });
  expect(paths()).toEqual([LOGIN]);
});
