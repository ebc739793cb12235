import type { FaultInput } from '../../../sandbox/core/fault.ts';
import { closeSandboxes, ERIKA, idsOf, LOGIN, MAX, openManager, SERVICE, textOf } from './manager.ts';

afterEach(closeSandboxes);

const CREATE = '/api/accounts';
const created = 'account.created';
const create = (fault: FaultInput) => ({ route: `POST ${CREATE}`, ...fault });

/** `effects`: how many accounts there are after the disturbed call. */
const ANSWERED: [fault: FaultInput, status: number, body: unknown, effects: number][] = [
  [{ kind: 'server-error' }, 500, { status: 500, title: 'Server Error' }, 0],
  [{ kind: 'server-error', when: 'after' }, 500, { status: 500 }, 1],
  [{ kind: 'html-503' }, 503, undefined, 0],
  [{ kind: 'html-503', when: 'after' }, 503, undefined, 1],
  [{ kind: 'throttle' }, 429, { status: 429 }, 0],
  [{ kind: 'expire-token' }, 401, undefined, 0],
  [{ kind: 'truncated-json' }, 201, undefined, 1],
  [{ kind: 'schema-drift' }, 201, { result: { unexpected: true } }, 1],
  [{ kind: 'schema-drift', body: [1] }, 201, [1], 1],
  [{ kind: 'legacy-body' }, 201, { Id: 9001, Email: ERIKA.email, ExternalId: ERIKA.externalId }, 1],
];

test.each(ANSWERED)('%j is answered with %i', async (fault, status, body, effects) => {
  const { send, sandbox } = await openManager();
  const set = sandbox.faults.add(create(fault));
  expect(await send('POST', CREATE, ERIKA)).toMatchObject({ status, body });
  expect(sandbox.ledger.entries({ effect: created })).toHaveLength(effects);
  expect(set).toMatchObject({ matched: 1, fired: 1 });
});

test.each([
  ['before', 0, 201],
  ['after', 1, 400],
] as const)('a connection dropped %s the effect: the search tells which', async (when, effects, again) => {
  const { send, sandbox } = await openManager();
  sandbox.faults.add(create({ kind: 'drop', when }));
  await expect(send('POST', CREATE, ERIKA)).rejects.toThrow('fetch failed');
  const found = await send('POST', '/api/accounts/search', { externalId: ERIKA.externalId });
  expect(idsOf(found)).toHaveLength(effects);
  expect((await send('POST', CREATE, ERIKA)).status).toBe(again);
  expect(sandbox.ledger.entries({ effect: created, externalId: ERIKA.externalId })).toHaveLength(1);
});

test.each([
  ['seconds', /^7$/],
  ['http-date', /^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/],
  ['reset-header', /^$/],
] as const)('throttling tells when by %s', async (retryAfter, form) => {
  const { send, sandbox } = await openManager();
  sandbox.faults.add({ kind: 'throttle', retryAfter, seconds: 7 });
  expect((await send('GET', CREATE)).headers.get('retry-after') ?? '').toMatch(form);
});

test('an expired access token is renewed by a refresh (section 3.1)', async () => {
  const { send, anonymous, sandbox } = await openManager();
  const refreshToken = textOf(await anonymous('POST', LOGIN, SERVICE), 'refreshToken');
  sandbox.faults.add({ kind: 'expire-token', route: `GET ${CREATE}` });
  expect((await send('GET', CREATE)).status).toBe(401);
  expect((await send('GET', CREATE)).status).toBe(401);
  expect((await anonymous('POST', '/api/auth/refresh', { refreshToken })).status).toBe(200);
});

const TYPES: [errors: string, type: string | null, text: RegExp][] = [
  ['problem', 'application/problem+json; charset=utf-8', /^\{"type":.*"traceId":"00-[0-9a-f]{32}-[0-9a-f]{16}-00"/],
  ['pascal-case', 'application/problem+json; charset=utf-8', /"Status":400.*"Errors":\{"Email":/],
  ['html', 'text/html; charset=utf-8', /^<html>.*400 Bad Request/],
  ['text', 'text/plain; charset=utf-8', /^One or more validation errors occurred\.$/],
  ['empty', null, /^$/],
];

test.each(TYPES)('errors are written as %s (sections 9 and 10)', async (errors, type, text) => {
  const { send } = await openManager({ errors: errors as 'problem' });
  const got = await send('POST', CREATE, { ...ERIKA, email: 'x' });
  expect([got.status, got.headers.get('content-type')]).toEqual([400, type]);
  expect(got.text).toMatch(text);
});

test('errors rotate through all bodies (section 10)', async () => {
  const { send } = await openManager({ errors: 'rotate' });
  const types: unknown[] = [];
  for (let n = 0; n < 6; n += 1) types.push((await send('GET', '/api/accounts/77')).headers.get('content-type'));
  expect(types).toEqual([...TYPES.map(([, type]) => type), TYPES[0]![1]]);
});

test.each([
  ['GET', '/api/nothing', 404],
  ['POST', '/api/accounts/9001/invite', 404],
  ['POST', '/api/accounts/9001/resend-invitation', 404],
  ['POST', '/api/accounts/9001/password', 404],
  ['POST', '/api/accounts/9001/verify', 404],
  ['POST', '/api/accounts/9001/deactivate', 404],
  ['POST', '/api/accounts/bulk', 405],
  ['POST', '/api/auth/logout', 404],
  ['POST', '/api/webhook-registrations', 404],
  ['PUT', '/api/accounts/9001', 405],
])('sections 5 and 10: %s %s: %i, a problem too', async (method, path, status) => {
  const { send } = await openManager();
  expect(await send(method, path)).toMatchObject({ status, body: { status, traceId: expect.any(String) } });
});

test('a rate limit (section 9) answers 429 and tells for how long, in seconds', async () => {
  let at = Date.parse('2026-06-16T12:00:00Z');
  const { send } = await openManager({ rateLimit: { calls: 1, seconds: 60 } }, { now: () => new Date(at) });
  expect((await send('GET', CREATE)).status).toBe(200);
  at += 20_000;
  const over = await send('GET', CREATE);
  expect([over.status, over.headers.get('retry-after')]).toEqual([429, '40']);
  at += 40_000;
  expect((await send('GET', CREATE)).status).toBe(200);
});

const BLOCK = { after: 3, withinSeconds: 60, forSeconds: 300 };

test('a caller with too many bad requests gets an HTML page for a while, whatever it asks (section 9)', async () => {
  let at = Date.parse('2026-06-16T12:00:00Z');
  const { send, anonymous, sandbox } = await openManager({ block: BLOCK }, { now: () => new Date(at) });
  sandbox.faults.add({ kind: 'throttle', times: 4 });
  for (let n = 0; n < 4; n += 1) expect((await send('GET', CREATE)).status).toBe(429);
  for (const path of ['/api/accounts/77', '/api/nothing', '/api/accounts?pageNumber=0']) await send('GET', path);
  const blocked = await send('POST', CREATE, MAX);
  expect(blocked).toMatchObject({ status: 403, body: undefined });
  expect(blocked.text).toContain('too many connection errors');
  expect(sandbox.ledger.entries()).toEqual([]);
  expect((await anonymous('GET', '/_sandbox/health')).status).toBe(200);
  at += 299_000;
  expect((await send('POST', CREATE, MAX)).status).toBe(403);
  at += 1000;
  expect((await send('POST', CREATE, MAX)).status).toBe(201);
});

test('bad requests that are far apart block nobody (section 9)', async () => {
  let at = Date.parse('2026-06-16T12:00:00Z');
  const { send } = await openManager({ block: BLOCK }, { now: () => new Date(at) });
  for (let n = 0; n < 6; n += 1, at += 31_000) expect((await send('GET', '/api/accounts/77')).status).toBe(404);
});

test('a blocked connection can be dropped (section 9)', async () => {
  const { send } = await openManager({ block: { after: 1, answer: 'drop' } });
  expect((await send('GET', '/api/accounts/77')).status).toBe(404);
  await expect(send('GET', CREATE)).rejects.toThrow('fetch failed');
});
