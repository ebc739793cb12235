import { createDefentry } from '../../../activities/defentry/provider.ts';
import { LocalServer, answer } from '../http/local-server.ts';
import { closeDesks, failureOf, openDesk } from './desk.ts';
import { configFor } from './settings.ts';

const server = new LocalServer();
beforeAll(() => server.start());
afterAll(() => server.stop());
afterEach(closeDesks);

/** Of both versions. */
const ROUTES = ['/api/v1/account/7/password', '/api/v2/account/password'];
const CHANGE = {
  accountId: '7',
  ownerReference: 'ref-1',
  change: { kind: 'set-password', by: 'generated' },
} as const;

/** The steps against a server that echoes what it got, with this status for the password. */
function stepsWith(status: number, routes = 'v1') {
  server.handle(({ path, body }, response) => {
    if (path.endsWith('/login')) return answer(response, 200, { token: 't' });
    if (ROUTES.includes(path))
      return answer(response, status, { data: { id: 7, ...Object(body) }, errors: Object(body) });
    return answer(response, 200, { data: { id: 7 } });
  });
  return createDefentry(configFor(server.url, { DEFENTRY_ROUTES: routes })).activities;
}

const sent = () =>
  server.received
    .filter(({ path }) => ROUTES.includes(path))
    .map(({ body }) => body as { password: string; password_confirmation: string });

test.each([
  ['v1', {}],
  ['v2', { account_id: '7' }],
])('3.6: by the %s route the password is in one request body and nowhere else', async (routes, named) => {
  const result = await stepsWith(200, routes).applyChange(CHANGE);
  const [body, ...more] = sent();
  expect(more).toEqual([]);
  expect(body?.password).toMatch(/^aA1![\w-]{43}$/);
  expect(body).toEqual({ ...named, password: body?.password, password_confirmation: body?.password });
  expect(result).toEqual({ proven: false });
});

test('a second attempt has another one, because the first is kept nowhere', async () => {
  const steps = stepsWith(500);
  await failureOf(steps.applyChange(CHANGE));
  await failureOf(steps.applyChange(CHANGE));
  expect(new Set(sent().map(({ password }) => password)).size).toBe(2);
});

test.each([400, 401, 403, 409, 422, 500])('a failure (%i) does not repeat it', async (status) => {
  const { message, stack, details } = await failureOf(stepsWith(status).applyChange(CHANGE));
  const shown = JSON.stringify([message, stack, details]);
  expect(sent().length).toBeGreaterThan(0);
  for (const { password } of sent()) expect(shown).not.toContain(password);
});

test('the sandbox knows only that one was set', async () => {
  const desk = await openDesk();
  const accountId = await desk.account();
  await desk.steps.applyChange({ ...CHANGE, accountId });
  expect(desk.sandbox.ledger.entries({ effect: 'password.set' })).toEqual([
    { seq: expect.any(Number), at: expect.any(String), effect: 'password.set', accountId, externalId: 'ref-1' },
  ]);
});
