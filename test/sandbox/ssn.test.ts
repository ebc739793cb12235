import { closeSandboxes, dataOf, idOf, JANE, JOHN, openPartner } from './partner.ts';

afterEach(closeSandboxes);

const OTHER = '19800101-9999';

test('3.1, 3.2: an SSN is required at creation, unless the tenant does not ask for it', async () => {
  const strict = await openPartner();
  expect(await strict.crm('POST', '/api/v1/account', JANE)).toMatchObject({
    status: 422,
    body: { error: { details: [{ field: 'ssn' }] } },
  });
  const lax = await openPartner({ ssnRequired: false });
  expect(dataOf(await lax.crm('POST', '/api/v1/account', JANE))).toMatchObject({ has_ssn: false });
});

test.each([
  ['PUT', '/api/v1/account/1', {}],
  ['PATCH', '/api/v1/account/1', {}],
  ['PUT', '/api/v2/account/1', {}],
  ['POST', '/api/v1/account/1/change-email', { email: 'new@example.com' }],
  ['POST', '/api/v1/account/1/password', { password: 'long enough', password_confirmation: 'long enough' }],
  ['PATCH', '/api/v1/account/1/ssn-monitoring/deactivate', {}],
  ['POST', '/api/v1/account/upgrade', { account_id: 1, plan_id: 2 }],
])('3.2: %s %s ignores ssn without a word, malformed or not', async (method, path, body) => {
  for (const ssn of [OTHER, 'malformed']) {
    const { crm, sandbox } = await openPartner({ ssnVisibility: 'full' });
    await crm('POST', '/api/v1/account', JOHN);
    expect((await crm(method, path, { ...body, ssn })).status).toBe(200);
    expect(dataOf(await crm('GET', '/api/v1/account/1'))).toMatchObject({ ssn: JOHN.ssn });
    expect(sandbox.ledger.entries({ effect: 'ssn.written' })).toHaveLength(1);
  }
});

test('3.2: an update does not give an SSN to an account without one, under either token', async () => {
  const { crm, app, sandbox } = await openPartner({ ssnRequired: false });
  await crm('POST', '/api/v1/account', JANE);
  const jane = await app(JANE.email);
  await crm('PUT', '/api/v1/account/1', { ssn: OTHER, first_name: 'Janet' });
  await jane('PUT', '/api/v1/account', { ssn: OTHER });
  expect(dataOf(await crm('GET', '/api/v1/account/1'))).toMatchObject({ has_ssn: false, first_name: 'Janet' });
  expect(sandbox.ledger.entries({ effect: 'ssn.written' })).toEqual([]);
});

test.each([
  ['omitted', undefined],
  ['masked', '19900101-****'],
  ['full', '19900101-1234'],
] as const)('an account shows its SSN %s', async (ssnVisibility, ssn) => {
  const { crm } = await openPartner({ ssnVisibility });
  expect(dataOf(await crm('POST', '/api/v1/account', JOHN))['ssn']).toBe(ssn);
});

const SESSIONS = '/api/v1/eid-stand-in/sessions';
const BANKID = { provider: 'BANKID', return_url: 'https://shop.example/back?step=2', state: 'xyz' };

async function openIdentification() {
  const partner = await openPartner({ ssnRequired: false });
  await partner.crm('POST', '/api/v1/account', JOHN);
  await partner.crm('POST', '/api/v1/account', JANE);
  const jane = await partner.app(JANE.email);
  const session = idOf(await jane('POST', SESSIONS, BANKID));
  const task = partner.sandbox.outbox.open().find(({ kind }) => kind === 'eid')!;
  const status = async () => dataOf(await jane('GET', `${SESSIONS}/${session}`))['status'];
  return { ...partner, jane, session, task, status };
}

test('4: an approved eID writes the SSN once, and the person returns without it in the URL', async () => {
  const { crm, jane, sandbox, task, status } = await openIdentification();
  expect(await status()).toBe('PENDING');
  const { redirect } = sandbox.act(task.id, 'approve', { ssn: OTHER });
  expect(redirect).toBe('https://shop.example/back?step=2&eid_id=1&status=COMPLETED&state=xyz');
  expect(await status()).toBe('COMPLETED');
  expect(dataOf(await crm('GET', `/api/v1/account/get-id-by-ssn/${OTHER}`))).toEqual({ id: 2 });
  expect(dataOf(await crm('GET', '/api/v1/account/2'))).toMatchObject({
    has_ssn: true,
    is_ssn_monitoring_active: true,
  });
  expect(await jane('POST', SESSIONS, BANKID)).toMatchObject({ status: 409, body: { error: { code: 'CONFLICT' } } });
  expect(sandbox.ledger.entries({ effect: 'ssn.written', accountId: '2' })).toHaveLength(1);
});

test('a cancelled eID can be started again; a decided one does not move', async () => {
  const { jane, sandbox, task, status } = await openIdentification();
  expect(sandbox.act(task.id, 'cancel').redirect).toContain('status=CANCELLED');
  expect(await status()).toBe('CANCELLED');
  expect(() => sandbox.act(task.id, 'approve')).toThrow('closed already');
  expect((await jane('POST', SESSIONS, BANKID)).status).toBe(201);
  expect(sandbox.ledger.entries({ effect: 'ssn.written', accountId: '2' })).toEqual([]);
});

test("an eID with another account's SSN fails and writes nothing", async () => {
  const { crm, sandbox, task, status } = await openIdentification();
  sandbox.act(task.id, 'approve', { ssn: '199001011234' });
  expect(await status()).toBe('FAILED');
  expect(dataOf(await crm('GET', '/api/v1/account/2'))).toMatchObject({ has_ssn: false });
});

test('an eID that nobody decides expires, and stays so', async () => {
  let at = Date.parse('2026-06-16T12:00:00Z');
  const { crm, app, sandbox } = await openPartner(
    { ssnRequired: false, eid: { seconds: 60 } },
    { now: () => new Date(at) },
  );
  await crm('POST', '/api/v1/account', JANE);
  const jane = await app(JANE.email);
  await jane('POST', SESSIONS, BANKID);
  at += 60_000;
  expect(dataOf(await jane('GET', `${SESSIONS}/1`))).toMatchObject({ status: 'EXPIRED' });
  const task = sandbox.outbox.open().find(({ kind }) => kind === 'eid')!;
  expect(sandbox.act(task.id, 'approve').redirect).toContain('status=EXPIRED');
  expect(sandbox.ledger.entries({ effect: 'ssn.written' })).toEqual([]);
});

test.each([
  [{ provider: 'POSTBOX' }, 'provider'],
  [{ return_url: 'javascript:alert(1)' }, 'return_url'],
  [{ return_url: '/relative' }, 'return_url'],
])('an eID refuses %j', async (change, field) => {
  const { jane } = await openIdentification();
  expect(await jane('POST', SESSIONS, { ...BANKID, ...change })).toMatchObject({
    status: 422,
    body: { error: { details: [{ field }] } },
  });
});

test("an eID session is nobody else's", async () => {
  const { app, session } = await openIdentification();
  const john = await app(JOHN.email);
  expect((await john('GET', `${SESSIONS}/${session}`)).status).toBe(404);
});
