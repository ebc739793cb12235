import { usableMs } from '../../../activities/tulo-payway/auth.ts';
import { createClient } from '../../../activities/tulo-payway/client.ts';
import { PROVIDER_ENTRIES } from '../../../activities/providers.ts';
import { LocalServer, answer } from '../http/local-server.ts';
import { ENV, configFor } from './settings.ts';

const server = new LocalServer();
beforeAll(() => server.start());
afterAll(() => server.stop());

const logins = () => server.received.filter(({ path }) => path.endsWith('/access_token')).length;

/** Two reads, one after the other, with the given token answer. */
async function twoReads(token: object): Promise<void> {
  server.handle(({ path }, response) => {
    if (path.endsWith('/access_token')) answer(response, 200, token);
    else answer(response, 200, { item: { status: 'active' } });
  });
  const { accounts } = createClient(configFor(server.url));
  await accounts.status({ id: '7' });
  await accounts.status({ id: '7' });
}

test.each([
  [7200, 7140],
  [3600, 3540],
  [120, 60],
  [90, 45],
  [1, 0.5],
  [0, 0],
])('15.1 a token of %d s is used for %d s', (expiresIn, usable) => {
  expect(usableMs(expiresIn)).toBe(usable * 1000);
});

test.each([
  ['2.3 a token is kept', { access_token: 't', expires_in: 3600 }, 1],
  [
    '2.3 a token is kept as long as `expires_in` says, which may come as text',
    { access_token: 't', expires_in: '0' },
    2,
  ],
  ['17.3 without `expires_in` it is kept for an hour', { access_token: 't' }, 1],
])('%s', async (_, token, expected) => {
  await twoReads(token);
  expect(logins()).toBe(expected);
});

test('17.3 an answer without token is no login', async () => {
  await expect(twoReads({ token_type: 'bearer' })).rejects.toMatchObject({ code: 'Unavailable' });
});

test('15.1 a 401 on a token that seemed good costs one new login and one replay', async () => {
  server.handle(({ path }, response) => {
    if (path.endsWith('/access_token')) answer(response, 200, { access_token: `t${logins()}` });
    else if (server.received.at(-1)?.headers.authorization === 'Bearer t1') answer(response, 401);
    else answer(response, 200, { item: { status: 'active' } });
  });
  expect(await createClient(configFor(server.url)).accounts.status({ id: '7' })).toBe('active');
  expect(server.received).toHaveLength(4);
});

describe('2.2, 17.3, 17.5 checkLogin says what to check', () => {
  test.each([
    [401, 'invalid_client', 'the login was refused; check the credentials (401, INVALID_CLIENT)'],
    [400, 'unsupported_grant_type', 'UNSUPPORTED_GRANT_TYPE'],
    [400, 'invalid_scope', 'INVALID_SCOPE'],
  ])('%i %s', async (status, error, sentence) => {
    server.handle((_, response) => answer(response, status, { error, error_description: 'canary' }));
    const env = { ...ENV, TULO_PAYWAY_BASE_URL: server.url, TULO_PAYWAY_CLIENT_SECRET: 'canary' };
    const call = PROVIDER_ENTRIES['tulo-payway'].open(env).checkLogin();
    await expect(call).rejects.toThrow(sentence);
    await expect(call).rejects.not.toThrow('canary');
    expect(server.received).toHaveLength(1);
  });
});
