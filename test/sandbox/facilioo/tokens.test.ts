import { closeSandboxes, field, LOGIN, openManager, sender, SERVICE, textOf } from './manager.ts';

afterEach(closeSandboxes);

const REFRESH = '/api/auth/refresh';
const MYSELF = '/api/accounts/myself';
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const { skipMultiFactorAuthentication: _, ...UNSKIPPED } = SERVICE;

type Options = Parameters<typeof openManager>[0];

/** Sections 3.1 and 10. */
const LOGINS: [options: Options, body: Record<string, unknown>, status: number, shown: unknown][] = [
  [{}, SERVICE, 200, { accessToken: expect.any(String), refreshToken: expect.any(String) }],
  [{}, { ...SERVICE, email: SERVICE.email.toUpperCase() }, 200, { accessToken: expect.any(String) }],
  [{ loginAccount: true }, SERVICE, 200, { account: { id: 1 } }],
  [{}, { ...SERVICE, password: 'wrong' }, 401, undefined],
  [{}, { ...SERVICE, email: 'nobody@example.com' }, 401, undefined],
  [{ wrongCredentials: 400 }, { ...SERVICE, password: 'wrong' }, 400, { status: 400 }],
  [{ wrongCredentials: 409 }, { ...SERVICE, password: 'wrong' }, 409, { status: 409 }],
  [{}, { email: SERVICE.email }, 400, { errors: { password: [expect.any(String)] } }],
  [{}, { ...SERVICE, skipMultiFactorAuthentication: 'yes' }, 400, {}],
  [{}, UNSKIPPED, 200, { twoFactorRequired: true }],
  [{ secondFactor: 'never' }, UNSKIPPED, 200, { accessToken: expect.any(String) }],
  [{ secondFactor: 'always' }, SERVICE, 200, { twoFactorRequired: true }],
  [{ secondFactorStatus: 400 }, UNSKIPPED, 400, { title: expect.stringContaining('mfa') }],
  [{ secondFactorStatus: 409 }, UNSKIPPED, 409, { title: expect.stringContaining('mfa') }],
];

test.each(LOGINS)('sections 3.1 and 10: with %j a login %j answers %i', async (options, body, status, shown) => {
  const { anonymous } = await openManager(options);
  const got = await anonymous('POST', LOGIN, body);
  expect(got.status).toBe(status);
  expect(got).toMatchObject({ status, body: shown });
  const asked = JSON.stringify(shown ?? {}).includes('twoFactor');
  expect(got.text.includes('accessToken')).toBe(status === 200 && !asked);
});

test('the access token carries the claims of the sample; sub is an object, the time is one hour (section 3.1)', async () => {
  const now = new Date('2026-01-15T09:30:00Z');
  const { anonymous } = await openManager({}, { now: () => now });
  const [header, claims] = textOf(await anonymous('POST', LOGIN, SERVICE), 'accessToken').split('.');
  const read = (part: string | undefined) => JSON.parse(Buffer.from(String(part), 'base64url').toString());
  expect(read(header)).toEqual({ alg: 'RS256', typ: 'JWT' });
  expect(read(claims)).toEqual({
    nbf: now.getTime() / 1000,
    exp: now.getTime() / 1000 + 3600,
    iss: 'dev-api.facilioo.de',
    aud: 'dev-app.facilioo.de',
    sub: { accountId: 1, companyId: 1 },
  });
});

test('an opaque access token has nothing to read and works (section 10)', async () => {
  const { anonymous, origin } = await openManager({ accessToken: 'opaque' });
  const token = textOf(await anonymous('POST', LOGIN, SERVICE), 'accessToken');
  expect(token).not.toContain('.');
  expect((await sender(origin, token)('GET', MYSELF)).status).toBe(200);
});

test.each([
  ['problem', expect.objectContaining({ status: 401 })],
  ['empty', undefined],
] as const)(
  'no token, a wrong one and an expired one get 401 with a body: %s (sections 9 and 10)',
  async (unauthorized, body) => {
    const { anonymous, send, origin, sandbox } = await openManager({ unauthorized });
    expect((await send('GET', MYSELF)).status).toBe(200);
    sandbox.expireTokens();
    for (const call of [anonymous, sender(origin, 'guessed'), send]) {
      const got = await call('GET', MYSELF);
      expect(got).toMatchObject({ status: 401, body });
      expect(got.headers.get('www-authenticate')).toBe('Bearer');
    }
  },
);

test('an access token can live for weeks, and says so (sections 3.1 and 11.3)', async () => {
  let at = Date.parse('2026-06-16T12:00:00Z');
  const tokens = { access: 30 * 86_400 };
  const { send } = await openManager({ tokens }, { now: () => new Date(at) });
  at += 30 * 86_400_000 - 1000;
  expect((await send('GET', MYSELF)).status).toBe(200);
  at += 1000;
  expect((await send('GET', MYSELF)).status).toBe(401);
});

test('an access token lives for an hour, a refresh token for 14 days (section 10)', async () => {
  let at = Date.parse('2026-06-16T12:00:00Z');
  const { anonymous, send, origin } = await openManager({}, { now: () => new Date(at) });
  const refreshToken = textOf(await anonymous('POST', LOGIN, SERVICE), 'refreshToken');
  at += 3_599_000;
  expect((await send('GET', MYSELF)).status).toBe(200);
  at += 1000;
  expect((await send('GET', MYSELF)).status).toBe(401);
  at += 13 * 86_400_000;
  const fresh = textOf(await anonymous('POST', REFRESH, undefined, bearer(refreshToken)), 'refreshToken');
  at += 14 * 86_400_000;
  expect((await sender(origin, fresh)('POST', REFRESH)).status).toBe(401);
});

/** Section 10: both forms; the status of a refresh with the token as Bearer, then of one with it in the body. */
test.each([
  ['both', 200, 200],
  ['bearer', 200, 401],
  ['body', 401, 200],
] as const)('a refresh takes the form %s (sections 3.1 and 10)', async (refreshForm, asBearer, inBody) => {
  const { anonymous } = await openManager({ refreshForm });
  const refreshToken = async () => textOf(await anonymous('POST', LOGIN, SERVICE), 'refreshToken');
  expect((await anonymous('POST', REFRESH, undefined, bearer(await refreshToken()))).status).toBe(asBearer);
  expect((await anonymous('POST', REFRESH, { refreshToken: await refreshToken() })).status).toBe(inBody);
});

test('a refresh token works once, and is no access token, nor the other way round (section 10)', async () => {
  const { anonymous, origin } = await openManager();
  const first = await anonymous('POST', LOGIN, SERVICE);
  const [access, refresh] = [textOf(first, 'accessToken'), textOf(first, 'refreshToken')];
  expect((await sender(origin, refresh)('GET', MYSELF)).status).toBe(401);
  expect((await sender(origin, access)('POST', REFRESH)).status).toBe(401);
  const second = await sender(origin, refresh)('POST', REFRESH);
  expect(second.status).toBe(200);
  expect((await sender(origin, textOf(second, 'accessToken'))('GET', MYSELF)).status).toBe(200);
  expect((await sender(origin, refresh)('POST', REFRESH)).status).toBe(401);
});

test('the token of a deleted account is no longer taken', async () => {
  const { send } = await openManager();
  expect((await send('DELETE', '/api/accounts/1')).status).toBe(204);
  expect((await send('GET', MYSELF)).status).toBe(401);
});

/** Section 2.1. */
test.each([
  ['1', 200],
  ['1.0', 200],
  ['2', 200],
  ['2.0', 200],
  ['3.0', 400],
  ['', 400],
])('section 2.1: api-version %j: %i', async (version, status) => {
  const { send, anonymous } = await openManager();
  expect((await send('GET', MYSELF, undefined, { 'api-version': version })).status).toBe(status);
  expect((await anonymous('POST', LOGIN, SERVICE, { 'api-version': version })).status).toBe(status);
});

test('any language is taken (sections 2.1 and 10)', async () => {
  const { send } = await openManager();
  const got = await send('GET', MYSELF, undefined, { 'accept-language': 'tlh' });
  expect(field(got, 'id')).toBe(1);
});
