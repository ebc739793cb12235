import { closeSandboxes, dataOf, JOHN, openPartner, type Send } from './partner.ts';

afterEach(closeSandboxes);

const LEGACY = { 'x-api-version': '' };
const get = (send: Send, headers?: Record<string, string>) => send('GET', '/api/v1/account/1', undefined, headers);

test.each([
  ['2026-06-12', true, /T.*Z$/],
  ['', 1, / \d\d:\d\d:\d\d$/],
  ['2026-06-13', 1, / \d\d:\d\d:\d\d$/],
])('2.1, 2.2: with X-API-Version %j booleans are %j', async (version, has, created) => {
  const { crm } = await openPartner();
  await crm('POST', '/api/v1/account', JOHN);
  const data = dataOf(await get(crm, { 'x-api-version': version }));
  expect(data).toMatchObject({ has_ssn: has, created_at: expect.stringMatching(created) });
});

test.each([
  ['number', 1],
  ['digit', '1'],
  ['word', 'true'],
] as const)('2.2: legacy booleans can be written as %s', async (legacyBooleans, has) => {
  const { crm } = await openPartner({ legacyBooleans });
  await crm('POST', '/api/v1/account', JOHN);
  expect(dataOf(await get(crm, LEGACY))).toMatchObject({ has_ssn: has });
});

test('1.1: API_NORMALIZE_ALL makes every answer standardized', async () => {
  const { crm } = await openPartner({ normalizeAll: true });
  await crm('POST', '/api/v1/account', JOHN);
  expect(dataOf(await get(crm, LEGACY))).toMatchObject({ has_ssn: true });
  expect((await crm('GET', '/api/v1/account/2', undefined, LEGACY)).body).toMatchObject({
    error: { code: 'NOT_FOUND' },
  });
});

const ERRORS: [name: string, call: Parameters<Send>, status: number, code: string][] = [
  ['malformed JSON', ['POST', '/api/v1/account', '{"first_name":'], 400, 'BAD_REQUEST'],
  ['a body that is no object', ['POST', '/api/v1/account', '[1]'], 400, 'BAD_REQUEST'],
  ['no such account', ['GET', '/api/v1/account/2'], 404, 'NOT_FOUND'],
  ['no such method', ['DELETE', '/api/v1/accounts'], 405, 'METHOD_NOT_ALLOWED'],
  [
    'a wrong type of body',
    ['POST', '/api/v1/account', 'x=1', { 'content-type': 'text/csv' }],
    415,
    'UNSUPPORTED_MEDIA_TYPE',
  ],
  ['a taken address', ['POST', '/api/v1/account', JOHN], 422, 'VALIDATION_ERROR'],
  ['the same plan', ['POST', '/api/v1/account/upgrade', { account_id: 1, plan_id: 1 }], 409, 'CONFLICT'],
];

test.each(ERRORS)('2.3: standardized error for %s', async (_, call, status, code) => {
  const { crm } = await openPartner();
  await crm('POST', '/api/v1/account', JOHN);
  const got = await crm(...call);
  expect(got).toMatchObject({ status, body: { error: { code, message: expect.any(String) } } });
  expect(got.headers.get('content-type')).toMatch(/^application\/json/);
  expect(got.text.includes('"details"')).toBe(status === 422);
});

test.each([
  ['', { first_name: '', ssn: undefined }, ['first_name', 'ssn']],
  ['neither e-mail nor phone', { email: undefined }, ['email', 'phone']],
  ['', { email: 'no address' }, ['email']],
  ['', { external_id: 7 }, ['external_id']],
])('2.3, 3.1: a validation error names each field: %s %j', async (_, change, fields) => {
  const { crm, sandbox } = await openPartner();
  const { body, status } = await crm('POST', '/api/v1/account', { ...JOHN, ...change });
  expect(status).toBe(422);
  expect(body).toMatchObject({ error: { details: fields.map((field) => ({ field, issue: expect.any(String) })) } });
  expect(sandbox.ledger.entries()).toEqual([]);
});

const SHAPES: [shape: 1 | 2 | 3 | 4, body: unknown, type: string][] = [
  [
    1,
    { errors: [{ status: '422', title: expect.any(String), detail: expect.any(String) }], corr_id: expect.any(String) },
    'application/vnd.api+json',
  ],
  [2, { errors: { email: ['The email has already been taken.'] } }, 'application/json'],
  [3, { error: expect.any(String) }, 'application/json'],
  [4, { message: expect.any(String) }, 'application/json'],
];

test.each(SHAPES)('2.4: legacy error shape %i', async (legacyErrors, body, type) => {
  const { crm } = await openPartner({ legacyErrors });
  await crm('POST', '/api/v1/account', JOHN);
  const got = await crm('POST', '/api/v1/account', { ...JOHN, ssn: '19800101-1111' }, LEGACY);
  expect(got.status).toBe(422);
  expect(got.body).toEqual(body);
  expect(got.headers.get('content-type')).toContain(type);
});

test('legacy errors come in all four shapes in turn', async () => {
  const { crm } = await openPartner();
  const shapes: string[] = [];
  for (let n = 0; n < 4; n += 1) {
    const { text } = await crm('POST', '/api/v1/account', {}, LEGACY);
    shapes.push(text.slice(0, text.indexOf(':') + 2));
  }
  expect(shapes).toEqual(['{"errors":[', '{"errors":{', '{"error":"', '{"message":"']);
});
