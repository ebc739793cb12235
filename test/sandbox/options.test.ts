import { createDefentrySandbox } from '../../sandbox/defentry/index.ts';
import { closeSandboxes, dataOf, idOf, JANE, JOHN, openPartner, textOf, SSO } from './partner.ts';

afterEach(closeSandboxes);

test('an unknown option is refused', () => {
  const misspelt = { ssnRequired: true, ssnRequried: false };
  expect(() => createDefentrySandbox({ defentry: misspelt })).toThrow('ssnRequried');
});

test('a duplicate can be a conflict', async () => {
  const { crm } = await openPartner({ duplicates: 409 });
  await crm('POST', '/api/v1/account', JOHN);
  expect(await crm('POST', '/api/v1/account', JOHN)).toMatchObject({
    status: 409,
    body: { error: { code: 'CONFLICT' } },
  });
});

test.each([
  [{ email: JOHN.email.toUpperCase() }, ['email']],
  [{ ssn: '199001011234', email: 'x@example.com' }, ['ssn']],
  [{ ssn: '19800101-1111', email: 'x@example.com', external_id: 'ref-1' }, ['external_id']],
])('a duplicate %j names the taken field', async (change, fields) => {
  const { crm } = await openPartner();
  await crm('POST', '/api/v1/account', { ...JOHN, external_id: 'ref-1' });
  const other = { ...JANE, ssn: '19800101-1111', ...change };
  const { body } = await crm('POST', '/api/v1/account', other);
  expect(body).toMatchObject({ error: { code: 'VALIDATION_ERROR', details: fields.map((field) => ({ field })) } });
});

test('the external id can have another name', async () => {
  const { crm } = await openPartner({ externalIdField: 'customer_number' });
  const got = await crm('POST', '/api/v1/account', { ...JOHN, customer_number: 'ref-1', external_id: 'ignored' });
  expect(dataOf(got)).toMatchObject({ customer_number: 'ref-1' });
  expect(dataOf(await crm('GET', '/api/v1/account/external-id/ref-1'))).toMatchObject({ id: 1 });
});

test('ids can be texts', async () => {
  const { crm } = await openPartner({ idType: 'string' });
  expect(dataOf(await crm('POST', '/api/v1/account', JOHN))).toMatchObject({ id: 'acc-1' });
  expect((await crm('GET', '/api/v1/account/acc-1')).status).toBe(200);
});

test('without confirmation an account is active at once and gets no mail', async () => {
  const { crm, sandbox } = await openPartner({ confirmation: 'none' });
  expect(dataOf(await crm('POST', '/api/v1/account', JOHN))).toMatchObject({ is_active: true });
  expect(sandbox.outbox.items()).toEqual([]);
});

test('3.8: monitoring can wait for a request, and is refused by a plan without it', async () => {
  const { crm, sandbox } = await openPartner({ monitoringStarts: 'on-request' });
  expect(dataOf(await crm('POST', '/api/v1/account', JOHN))).toMatchObject({ is_ssn_monitoring_active: false });
  const on = '/api/v1/account/1/ssn-monitoring/activate';
  for (let n = 0; n < 2; n += 1)
    expect(dataOf(await crm('PATCH', on))).toMatchObject({ is_ssn_monitoring_active: true });
  expect(sandbox.ledger.entries({ effect: 'monitoring.on' })).toHaveLength(1);
  await crm('POST', '/api/v1/account/downgrade', { account_id: 1, plan_id: 2 });
  expect(await crm('PATCH', on)).toMatchObject({ status: 403, body: { error: { code: 'FORBIDDEN' } } });
});

test('a deleted account can keep its e-mail and SSN taken', async () => {
  const { crm } = await openPartner({ deleteFrees: false });
  await crm('POST', '/api/v1/account', JOHN);
  await crm('DELETE', '/api/v1/account/1');
  const check = { attribute: 'email', value: JOHN.email };
  expect(dataOf(await crm('POST', '/api/v1/account/check-attribute-for-uniqueness', check))).toMatchObject({
    is_unique: false,
  });
  expect((await crm('POST', '/api/v1/account', JOHN)).status).toBe(422);
});

test('3.1: plan-based billing makes plan_id required', async () => {
  const { crm } = await openPartner({ planBilling: true });
  const { plan_id: _, ...without } = JOHN;
  expect(await crm('POST', '/api/v1/account', without)).toMatchObject({
    status: 422,
    body: { error: { details: [{ field: 'plan_id' }] } },
  });
});

test.each([
  ['deactivates', false],
  ['keeps-active', true],
] as const)('a changed e-mail %s an active account', async (changedEmail, active) => {
  const { crm, sandbox } = await openPartner({ changedEmail });
  await crm('POST', '/api/v1/account', JOHN);
  sandbox.act('1');
  const got = await crm('POST', '/api/v1/account/1/change-email', { email: 'new@example.com' });
  expect(dataOf(got)).toMatchObject({ is_active: active });
});

test('the SSO routes can know an account by the address it was created with', async () => {
  const { crm, anonymous } = await openPartner({ ssoEmail: 'created-with' });
  await crm('POST', '/api/v1/account', JOHN);
  await crm('POST', '/api/v1/account/1/change-email', { email: 'new@example.com' });
  const of = (email: string) => anonymous('POST', '/api/v1/sso/token', { ...SSO, email });
  expect((await of('new@example.com')).status).toBe(404);
  expect(textOf(await of(JOHN.email), 'token')).toMatch(/^\d+\|/);
});

test('resending the mail can be throttled per account, and tells for how long', async () => {
  let at = Date.parse('2026-06-16T12:00:00Z');
  const { crm, sandbox } = await openPartner({ resendSeconds: 60 }, { now: () => new Date(at) });
  const id = idOf(await crm('POST', '/api/v1/account', JOHN));
  at += 20_000;
  const throttled = await crm('POST', `/api/v1/account/${id}/resend-confirm-email`);
  expect(throttled).toMatchObject({ status: 429, body: { error: { code: 'RATE_LIMITED' } } });
  expect(throttled.headers.get('retry-after')).toBe('40');
  at += 40_000;
  expect((await crm('POST', `/api/v1/account/${id}/resend-confirm-email`)).status).toBe(204);
  expect(sandbox.ledger.entries({ effect: 'mail.sent' })).toHaveLength(2);
});

test('2.2, 9.10: a rate limit answers 429, and 409 in legacy, with the headers of Laravel', async () => {
  const { crm } = await openPartner({ rateLimit: { calls: 1, seconds: 60 } });
  expect((await crm('GET', '/api/v1/accounts')).status).toBe(200);
  const over = await crm('GET', '/api/v1/accounts');
  expect(over).toMatchObject({ status: 429, body: { error: { code: 'RATE_LIMITED' } } });
  expect(over.headers.get('retry-after')).toMatch(/^(60|59)$/);
  expect(over.headers.get('x-ratelimit-remaining')).toBe('0');
  const legacy = await crm('GET', '/api/v1/accounts', undefined, { 'x-api-version': '' });
  expect(legacy.status).toBe(409);
  expect(legacy.headers.has('retry-after')).toBe(true);
});
