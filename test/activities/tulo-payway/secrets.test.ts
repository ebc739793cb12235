import { createTuloPayway } from '../../../activities/tulo-payway/provider.ts';
import { LocalServer, answer } from '../http/local-server.ts';
import { failureOf, inActivity, requestFor } from './desk.ts';
import { configFor } from './settings.ts';

const server = new LocalServer();
beforeAll(() => server.start());
afterAll(() => server.stop());

const CREATE = '/external/api/v2/accounts';
type Answer = [status: number, body?: object];

/** The steps against a server that knows no account, answers the creation as given, and echoes what it got. */
function stepsWith(creation: (body: unknown) => Answer) {
  server.handle(({ path, body }, response) => {
    if (path.endsWith('/access_token')) return answer(response, 200, { access_token: 'token-canary' });
    if (path === CREATE) return answer(response, ...creation(body));
    if (path.includes('pending')) return answer(response, 200, { item: { status: 'pending', verified: false } });
    return answer(response, 404, { code: 'not_found' });
  });
  return createTuloPayway(configFor(server.url)).activities;
}

function passwords(): string[] {
  return server.received
    .filter(({ path }) => path === CREATE)
    .map(({ body }) => (body as { password: string }).password);
}

test('5.1 the password is in one request body and nowhere else', async () => {
  const steps = stepsWith((body) => [201, { id: '5f1e9b0a6fc9365306000002', ...Object(body) }]);
  const result = await inActivity(() => steps.createAccount({ request: requestFor() }));
  expect(passwords()).toHaveLength(1);
  expect(passwords()[0]).toHaveLength(47);
  expect(Object.keys(result)).toEqual(['accountId', 'created', 'verificationNeeded']);
  expect(JSON.stringify(result)).not.toContain(passwords()[0]);
});

test('a second creation has another one', async () => {
  const steps = stepsWith(() => [500, {}]);
  await failureOf(steps.createAccount({ request: requestFor() }));
  await failureOf(steps.createAccount({ request: requestFor() }));
  expect(new Set(passwords()).size).toBe(2);
});

test.each([400, 401, 403, 409, 500])('15.8 a failure (%i) repeats nothing of what was sent or said', async (status) => {
  const steps = stepsWith((body) => [
    status,
    { code: 'invalid_parameter', field: JSON.stringify(body), message: JSON.stringify(body), ...Object(body) },
  ]);
  const request = requestFor({ ssn: '196208179256', firstName: 'first-canary' });
  const { message, stack, details } = await failureOf(steps.createAccount({ request }));
  const shown = JSON.stringify([message, stack, details]);
  for (const secret of ['canary', '9256', 'anna', 'example.com', 'sandbox-client-secret', passwords()[0]!]) {
    expect(shown).not.toContain(secret);
  }
});
