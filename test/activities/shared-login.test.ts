import { MockActivityEnvironment } from '@temporalio/testing';
import { PROVIDER_ENTRIES } from '../../activities/providers.ts';
import { ENV as DEFENTRY } from './defentry/settings.ts';
import { ENV as FACILIOO } from './facilioo/settings.ts';
import { LocalServer, answer } from './http/local-server.ts';
import { ENV as TULO_PAYWAY } from './tulo-payway/settings.ts';

const server = new LocalServer();
beforeAll(() => server.start());
afterAll(() => server.stop());

/** As each of the vendors names it. */
const token = (text: string) => ({
  token: text,
  accessToken: text,
  access_token: text,
  refreshToken: 'r',
  expires_in: 3600,
});

/** In the shape of each of them. */
const NOT_FOUND = { code: 'not_found', error: { code: 'NOT_FOUND' }, title: 'Not Found', status: 404 };

/** Gives tokens, of which the first is refused; the login at `path` waits until it is let through. There are no accounts. */
function holding(path: string) {
  let go: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => {
    server.handle((received, response) => {
      if (received.path === path) {
        go = () => answer(response, 200, token('t2'));
        return resolve();
      }
      if (received.method === 'POST') return answer(response, 200, token('t1'));
      return answer(response, received.headers.authorization === 'Bearer t1' ? 401 : 404, NOT_FOUND);
    });
  });
  return { begun, letThrough: () => go() };
}

test.each([
  ['defentry', '/api/v1/crm/auth/login', { ...DEFENTRY }],
  ['tulo-payway', '/api/authorization/access_token', { ...TULO_PAYWAY }],
  ['facilioo', '/api/auth/login', { ...FACILIOO }],
  ['facilioo', '/api/auth/refresh', { ...FACILIOO }],
] as const)('%s: an activity that is cancelled does not end %s for another one', async (name, path, env) => {
  const { begun, letThrough } = holding(path);
  const variable = `${name.toUpperCase().replace('-', '_')}_BASE_URL`;
  const { readAccount } = PROVIDER_ENTRIES[name].open({ ...env, [variable]: server.url }).activities;
  const [one, two] = [new MockActivityEnvironment(), new MockActivityEnvironment()];
  const read = () => readAccount({ accountId: '1' });
  const cancelled = one.run(read).catch((error: Error) => error.name);
  await begun;
  const patient = two.run(read).catch((error: Error) => error.message);
  one.cancel();
  expect(await cancelled).toBe('CancelledFailure');
  letThrough();
  expect(await patient).toMatchObject({ exists: false });
});
