import type { FaultInput } from '../../sandbox/core/fault.ts';
import { closeSandboxes, CRM, idOf, JANE, JOHN, openPartner, sender, textOf } from './partner.ts';

afterEach(closeSandboxes);

const CREATE = 'POST /api/v1/account';
const create = (fault: FaultInput) => ({ route: CREATE, ...fault });

/** `created`: how many accounts there are after the disturbed call. */
const BROKEN: [name: string, fault: FaultInput, created: number][] = [
  ['drop before the effect', { kind: 'drop' }, 0],
  ['drop after the effect', { kind: 'drop', when: 'after' }, 1],
];

test.each(BROKEN)('%s: the connection breaks, the ledger tells what happened', async (_, fault, created) => {
  const { crm, sandbox } = await openPartner();
  const set = sandbox.faults.add(create(fault));
  await expect(crm('POST', '/api/v1/account', JOHN)).rejects.toThrow('fetch failed');
  expect(set.fired).toBe(1);
  expect(sandbox.ledger.entries({ effect: 'account.created' })).toHaveLength(created);
  expect((await crm('POST', '/api/v1/account', JOHN)).status).toBe(created === 0 ? 201 : 422);
});

const ANSWERED: [name: string, fault: FaultInput, status: number, body: unknown, created: number][] = [
  ['server error', { kind: 'server-error' }, 500, { error: { code: 'SERVER_ERROR' } }, 0],
  [
    'server error after the effect',
    { kind: 'server-error', when: 'after' },
    500,
    { error: { code: 'SERVER_ERROR' } },
    1,
  ],
  ['throttling', { kind: 'throttle' }, 429, { error: { code: 'RATE_LIMITED' } }, 0],
  ['schema drift', { kind: 'schema-drift' }, 201, { result: { unexpected: true } }, 1],
  ['another drift', { kind: 'schema-drift', body: [1] }, 201, [1], 1],
  [
    'a legacy body',
    { kind: 'legacy-body' },
    201,
    { data: { has_ssn: 1, created_at: expect.stringContaining(' ') } },
    1,
  ],
];

test.each(ANSWERED)('%s is answered once', async (_, fault, status, body, created) => {
  const { crm, sandbox } = await openPartner();
  const set = sandbox.faults.add(create(fault));
  expect(await crm('POST', '/api/v1/account', JOHN)).toMatchObject({ status, body });
  expect(sandbox.ledger.entries({ effect: 'account.created' })).toHaveLength(created);
  expect((await crm('POST', '/api/v1/account', { ...JOHN, email: 'x@example.com', ssn: '19800101-1111' })).status).toBe(
    201,
  );
  expect(set).toMatchObject({ fired: 1, matched: 1 });
});

const LONG = { ...JOHN, first_name: 'Åsa' };

test.each<[name: string, fault: FaultInput, status: number, type: string, text: string, created: number]>([
  ['an ingress without a backend', { kind: 'in-between' }, 404, 'text/plain', 'default backend - 404', 0],
  [
    'a proxy that loses the answer',
    { kind: 'in-between', status: 409, type: 'text/html', body: '<h1>Busy</h1>', when: 'after' },
    409,
    'text/html',
    '<h1>Busy</h1>',
    1,
  ],
  ['a redirect', { kind: 'in-between', status: 302, body: '', headers: { location: '/x' } }, 302, '', '', 0],
  ['nothing', { kind: 'rewritten', as: 'nothing' }, 201, '', '', 1],
  ['blanks', { kind: 'rewritten', as: 'blanks' }, 200, 'application/json', ' \r\n', 1],
])('%s answers instead', async (_, fault, status, type, text, created) => {
  const { crm, sandbox } = await openPartner();
  sandbox.faults.add(create(fault));
  const got = await crm('POST', '/api/v1/account', JOHN);
  expect([got.status, got.headers.get('content-type') ?? '', got.text]).toEqual([
    status,
    expect.stringContaining(type),
    text,
  ]);
  expect(sandbox.ledger.entries({ effect: 'account.created' })).toHaveLength(created);
});

test.each<[as: 'byte-order-mark' | 'gzip' | 'latin-1' | 'utf-16', read: (bytes: Buffer) => string]>([
  ['byte-order-mark', (bytes) => bytes.subarray(3).toString()],
  // `fetch` undoes it.
  ['gzip', (bytes) => bytes.toString()],
  ['latin-1', (bytes) => bytes.toString('latin1')],
  ['utf-16', (bytes) => bytes.toString('utf16le')],
])('a success in other bytes: %s', async (as, read) => {
  const { crm, sandbox, origin, anonymous } = await openPartner();
  const token = textOf(await anonymous('POST', '/api/v1/crm/auth/login', CRM), 'token');
  await crm('POST', '/api/v1/account', LONG);
  sandbox.faults.add({ kind: 'rewritten', as, route: 'GET /api/v1/account/:account_id' });
  const headers = { authorization: `Bearer ${token}`, 'x-api-version': '2026-06-12' };
  const answer = await fetch(`${origin}/api/v1/account/1`, { headers });
  const bytes = Buffer.from(await answer.arrayBuffer());
  expect(JSON.parse(read(bytes))).toMatchObject({ data: { first_name: 'Åsa' } });
});

test('503 is an HTML page', async () => {
  const { crm, sandbox } = await openPartner();
  sandbox.faults.add(create({ kind: 'html-503' }));
  const got = await crm('POST', '/api/v1/account', JOHN);
  expect(got.status).toBe(503);
  expect(got.headers.get('content-type')).toContain('text/html');
  expect(got.text).toMatch(/^<html>/);
});

test('truncated JSON comes with a success status, after the effect', async () => {
  const { crm, sandbox } = await openPartner();
  sandbox.faults.add({ kind: 'truncated-json', times: 2 });
  expect(await crm('POST', '/api/v1/account', JOHN)).toMatchObject({ status: 201, body: undefined });
  expect(await crm('DELETE', '/api/v1/account/1')).toMatchObject({ status: 200, body: undefined });
  expect(sandbox.ledger.entries({ effect: 'account.deleted' })).toHaveLength(1);
});

test.each([
  ['seconds', 'retry-after', /^7$/],
  ['http-date', 'retry-after', /^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/],
  ['reset-header', 'x-ratelimit-reset', /^\d{10}$/],
] as const)('throttling tells when by %s', async (retryAfter, header, form) => {
  const { crm, sandbox } = await openPartner();
  sandbox.faults.add({ kind: 'throttle', retryAfter, seconds: 7, times: 2 });
  const got = await crm('GET', '/api/v1/accounts');
  expect(got.headers.get(header)).toMatch(form);
  expect(got.headers.has('retry-after')).toBe(header === 'retry-after');
  expect((await crm('GET', '/api/v1/accounts', undefined, { 'x-api-version': '' })).status).toBe(409);
});

test('an expired token stays expired, a new one works', async () => {
  const { crm, anonymous, origin, sandbox } = await openPartner();
  sandbox.faults.add({ route: 'GET /api/v1/accounts', kind: 'expire-token' });
  expect((await crm('GET', '/api/v1/accounts')).status).toBe(401);
  expect((await crm('GET', '/api/v1/accounts')).status).toBe(401);
  const token = textOf(await anonymous('POST', '/api/v1/crm/auth/login', CRM), 'token');
  expect((await sender(origin, token)('GET', '/api/v1/accounts')).status).toBe(200);
});

test.each(['before', 'after'] as const)('a call delayed %s its effect outlives its caller', async (when) => {
  const { origin, sandbox, anonymous } = await openPartner();
  const token = textOf(await anonymous('POST', '/api/v1/crm/auth/login', CRM), 'token');
  const set = sandbox.faults.add(create({ kind: 'delay', ms: 300, when }));
  const call = fetch(`${origin}/api/v1/account`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(JOHN),
    signal: AbortSignal.timeout(100),
  });
  await expect(call).rejects.toThrow('timeout');
  expect(set.fired).toBe(1);
  expect(sandbox.ledger.entries({ effect: 'account.created' })).toHaveLength(when === 'before' ? 0 : 1);
  const late = async () => (await sender(origin, token)('GET', '/api/v1/accounts')).body;
  while (sandbox.ledger.entries({ effect: 'account.created' }).length === 0) await late();
  expect(await late()).toMatchObject({ data: [{ id: 1 }] });
});

test('a fault is for its route, and fires as often as it says', async () => {
  const { crm, sandbox } = await openPartner({ ssnRequired: false });
  const set = sandbox.faults.add({ route: 'GET /api/v1/account/:account_id', kind: 'server-error', times: 2 });
  await crm('POST', '/api/v1/account', JANE);
  const statuses: number[] = [];
  for (let n = 0; n < 4; n += 1) statuses.push((await crm('GET', '/api/v1/account/1')).status);
  expect(statuses).toEqual([500, 500, 200, 200]);
  expect(set).toMatchObject({ matched: 2, fired: 2 });
  expect(() => sandbox.faults.add({ route: 'GET /no/such/route', kind: 'drop' })).toThrow(
    "Unknown route 'GET /no/such/route'",
  );
});

test('a probability with a seed fires in the same sequence each time', async () => {
  const runs: string[] = [];
  for (const seed of [7, 7, 8]) {
    const { crm, sandbox } = await openPartner();
    const set = sandbox.faults.add({ kind: 'server-error', probability: 0.3, seed });
    let run = '';
    for (let n = 0; n < 60; n += 1) run += (await crm('GET', '/api/v1/accounts')).status === 500 ? 'x' : '.';
    expect(set).toMatchObject({ matched: 60, fired: run.replaceAll('.', '').length });
    runs.push(run);
  }
  expect(runs[0]).toBe(runs[1]);
  expect(runs[0]).not.toBe(runs[2]);
  expect(runs[0]!.replaceAll('.', '').length / 60).toBeCloseTo(0.3, 0);
});

test('faults are set, read and lifted over HTTP, and never touch the routes that do so', async () => {
  const { anonymous, crm } = await openPartner();
  const set = await anonymous('POST', '/_sandbox/faults', { kind: 'drop', times: 5 });
  expect(set).toMatchObject({ status: 201, body: { id: '1', kind: 'drop', when: 'before', route: '*', fired: 0 } });
  await expect(crm('GET', '/api/v1/accounts')).rejects.toThrow('fetch failed');
  expect((await anonymous('GET', '/_sandbox/faults')).body).toMatchObject({ faults: [{ id: '1', fired: 1 }] });
  expect((await anonymous('DELETE', '/_sandbox/faults/1')).status).toBe(204);
  expect((await anonymous('DELETE', '/_sandbox/faults/1')).status).toBe(404);
  expect((await crm('GET', '/api/v1/accounts')).status).toBe(200);
  for (const malformed of [{ kind: 'earthquake' }, { kind: 'delay' }, { kind: 'drop', route: 'GET /x' }]) {
    expect(await anonymous('POST', '/_sandbox/faults', malformed)).toMatchObject({
      status: 400,
      body: { message: expect.any(String) },
    });
  }
  expect((await anonymous('DELETE', '/_sandbox/faults')).status).toBe(204);
});

test('a lost answer to a creation leaves exactly the account that the look-up finds', async () => {
  const { crm, sandbox } = await openPartner();
  sandbox.faults.add(create({ kind: 'drop', when: 'after' }));
  await expect(crm('POST', '/api/v1/account', { ...JOHN, external_id: 'ref-1' })).rejects.toThrow('fetch failed');
  const found = idOf(await crm('GET', '/api/v1/account/external-id/ref-1'));
  expect(sandbox.ledger.entries({ effect: 'account.created', externalId: 'ref-1' })).toMatchObject([
    { accountId: found },
  ]);
});
