import { closeSandboxes, dataOf, idOf, JANE, JOHN, openPartner, type Partner } from './partner.ts';

afterEach(closeSandboxes);

/** An account with SSN (1), one without (2), a member of the first (3), in that order. */
async function openFamily(): Promise<Partner> {
  const partner = await openPartner({ ssnRequired: false });
  await partner.crm('POST', '/api/v1/account', { ...JOHN, external_id: 'ref-1', phone: '+46701234567' });
  await partner.crm('POST', '/api/v1/account', { ...JANE, external_id: 'ref-2' });
  await partner.crm('POST', '/api/v1/account/1/member', {
    first_name: 'Kid',
    last_name: 'Doe',
    email: 'kid@example.com',
  });
  return partner;
}

type Row = [method: string, path: string, body: Record<string, unknown> | undefined, status: number, data: unknown];

const ROUTES: Row[] = [
  [
    'POST',
    '/api/v1/account',
    { ...JOHN, ssn: '198001011111', email: 'new@example.com' },
    201,
    { id: 4, type: 'SINGLE' },
  ],
  ['POST', '/api/v1/account', { ...JANE, email: 'new@example.com', type: 'FAMILY' }, 201, { type: 'FAMILY' }],
  ['POST', '/api/v1/account', { ...JANE, email: undefined, phone: '+46701234568' }, 201, { email: null }],
  ['POST', '/api/v1/account', { ...JANE, email: 'new@example.com', type: 'KING' }, 422, undefined],
  ['POST', '/api/v1/account', { ...JANE, email: 'new@example.com', plan_id: 99 }, 422, undefined],
  ['POST', '/api/v1/account', { ...JANE, email: 'new@example.com', ssn: '1990-0101' }, 422, undefined],
  [
    'POST',
    '/api/v1/account/business',
    { ...JANE, email: 'boss@example.com', company_name: 'Doe AB', organization_number: '556000-0000' },
    201,
    { type: 'BUSINESS', company_name: 'Doe AB', organization_number: '556000-0000' },
  ],
  ['POST', '/api/v1/account/business', { ...JANE, email: 'boss@example.com' }, 422, undefined],
  [
    'POST',
    '/api/v1/account/check-attribute-for-uniqueness',
    { attribute: 'email', value: 'JOHN.DOE@example.com' },
    200,
    { attribute: 'email', is_unique: false },
  ],
  [
    'POST',
    '/api/v1/account/check-attribute-for-uniqueness',
    { attribute: 'email', value: 'free@example.com' },
    200,
    { is_unique: true },
  ],
  [
    'POST',
    '/api/v1/account/check-attribute-for-uniqueness',
    { attribute: 'ssn', value: '199001011234' },
    200,
    { is_unique: false },
  ],
  [
    'POST',
    '/api/v1/account/check-attribute-for-uniqueness',
    { attribute: 'phone', value: '+46701234567' },
    200,
    { is_unique: false },
  ],
  [
    'POST',
    '/api/v1/account/check-attribute-for-uniqueness',
    { attribute: 'external_id', value: 'ref-1' },
    200,
    { is_unique: false },
  ],
  ['POST', '/api/v1/account/check-attribute-for-uniqueness', { attribute: 'shoe_size', value: '44' }, 422, undefined],
  ['GET', '/api/v1/account/1', undefined, 200, { id: 1, external_id: 'ref-1', has_ssn: true, is_active: false }],
  ['GET', '/api/v1/account/999', undefined, 404, undefined],
  ['GET', '/api/v1/account/external-id/ref-2', undefined, 200, { id: 2 }],
  ['GET', '/api/v1/account/external-id/members', undefined, 404, undefined],
  ['GET', '/api/v1/account/get-id-by-ssn/19900101-1234', undefined, 200, { id: 1 }],
  ['GET', '/api/v1/account/get-id-by-ssn/199001011234', undefined, 200, { id: 1 }],
  ['GET', '/api/v1/account/get-id-by-ssn/19900101-9999', undefined, 404, undefined],
  ['PUT', '/api/v1/account/1', { first_name: 'Jack' }, 200, { first_name: 'Jack', last_name: 'Doe' }],
  ['PATCH', '/api/v1/account/1', { last_name: 'Dough' }, 200, { last_name: 'Dough' }],
  ['PUT', '/api/v2/account/1', { country_code: 'NO' }, 200, { country_code: 'NO' }],
  ['PUT', '/api/v1/account/1', { phone: '0701' }, 422, undefined],
  [
    'POST',
    '/api/v1/account/1/change-email',
    { email: 'other@example.com' },
    200,
    { email: 'other@example.com', is_active: false },
  ],
  ['POST', '/api/v1/account/1/change-email', { email: 'jane.doe@example.com' }, 422, undefined],
  ['PATCH', '/api/v1/account/1/delete-email', undefined, 200, { email: null }],
  ['PATCH', '/api/v1/account/2/delete-email', undefined, 422, undefined],
  ['POST', '/api/v1/account/1/change-supervisor', { supervisor_id: 2 }, 200, { id: 1 }],
  ['POST', '/api/v1/account/1/change-supervisor', { supervisor_id: 99 }, 422, undefined],
  [
    'POST',
    '/api/v1/account/1/password',
    { password: 'long enough', password_confirmation: 'long enough' },
    200,
    { id: 1 },
  ],
  [
    'POST',
    '/api/v1/account/1/password',
    { password: 'long enough', password_confirmation: 'different' },
    422,
    undefined,
  ],
  [
    'POST',
    '/api/v2/account/password',
    { account_id: 1, password: 'long enough', password_confirmation: 'long enough' },
    200,
    { id: 1 },
  ],
  [
    'POST',
    '/api/v2/account/password',
    { password: 'long enough', password_confirmation: 'long enough' },
    422,
    undefined,
  ],
  ['POST', '/api/v1/account/1/resend-confirm-email', undefined, 204, undefined],
  ['GET', '/api/v1/account/1/activation-status', undefined, 200, { is_active: false, activation_date: null }],
  ['POST', '/api/v1/account/1/activate', undefined, 200, { is_active: true }],
  ['POST', '/api/v1/account/1/deactivate', undefined, 200, { is_active: false }],
  ['POST', '/api/v2/account/deactivate', { account_id: 1 }, 200, { is_active: false }],
  [
    'POST',
    '/api/v1/account/upgrade',
    { account_id: 1, plan_id: 2 },
    200,
    { plan_id: 2, is_ssn_monitoring_active: false },
  ],
  ['POST', '/api/v1/account/downgrade', { account_id: 1, plan_id: 2 }, 200, { plan_id: 2 }],
  ['POST', '/api/v1/account/upgrade', { account_id: 1, plan_id: 1 }, 409, undefined],
  ['POST', '/api/v1/account/upgrade', { account_id: 1, plan_id: 7 }, 422, undefined],
  ['PATCH', '/api/v1/account/1/ssn-monitoring/activate', undefined, 200, { is_ssn_monitoring_active: true }],
  ['PATCH', '/api/v1/account/1/ssn-monitoring/deactivate', undefined, 200, { is_ssn_monitoring_active: false }],
  ['PATCH', '/api/v1/account/2/ssn-monitoring/activate', undefined, 409, undefined],
  ['GET', '/api/v1/account/1/members', undefined, 200, [{ id: 3, is_active: false, invitation_status: 'NONE' }]],
  ['POST', '/api/v1/account/1/invite', { member_id: 3 }, 200, { id: 3, invitation_status: 'PENDING' }],
  ['POST', '/api/v1/account/1/invite', { email: 'kid@example.com' }, 200, { id: 3, invitation_status: 'PENDING' }],
  ['POST', '/api/v1/account/1/invite', { email: 'nobody@example.com' }, 422, undefined],
  ['POST', '/api/v1/account/2/invite', { member_id: 3 }, 422, undefined],
  ['POST', '/api/v1/account/1/invite', {}, 422, undefined],
  [
    'POST',
    '/api/v2/account/member',
    { ...JANE, account_id: 1, email: 'kid2@example.com' },
    201,
    { id: 4, invitation_status: 'NONE' },
  ],
  ['POST', '/api/v2/account/member/3/invite', undefined, 200, { invitation_status: 'PENDING' }],
  ['POST', '/api/v2/account/member/2/invite', undefined, 404, undefined],
  ['DELETE', '/api/v1/account/1', undefined, 204, undefined],
  ['DELETE', '/api/v1/account/999', undefined, 404, undefined],
  ['DELETE', '/api/v1/accounts', undefined, 405, undefined],
  ['GET', '/api/v1/nothing', undefined, 404, undefined],
];

test.each(ROUTES)('3: %s %s with %j answers %i', async (method, path, body, status, data) => {
  const { crm } = await openFamily();
  const got = await crm(method, path, body);
  expect(got).toMatchObject(data === undefined ? { status } : { status, body: { data } });
});

test('2.5, 3.1: an account is created with what was given, inactive, and without its SSN in sight', async () => {
  const { crm, sandbox } = await openPartner();
  const got = await crm('POST', '/api/v1/account', { ...JOHN, external_id: 'ref-1' });
  expect(dataOf(got)).toEqual({
    id: 1,
    external_id: 'ref-1',
    type: 'SINGLE',
    first_name: 'John',
    last_name: 'Doe',
    email: 'john.doe@example.com',
    phone: null,
    country_code: 'SE',
    lang_code: 'SV',
    plan_id: 1,
    is_active: false,
    has_ssn: true,
    is_ssn_monitoring_active: true,
    activation_date: null,
    created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    updated_at: expect.stringMatching(/Z$/),
  });
  expect(got.text).not.toContain('1234');
  const effects = sandbox.ledger.entries().map(({ effect }) => effect);
  expect(effects).toEqual(['account.created', 'ssn.written', 'monitoring.on', 'mail.sent']);
});

test('a deleted account is gone for every route, and its e-mail and SSN are free again', async () => {
  const { crm, sandbox } = await openPartner();
  const id = idOf(await crm('POST', '/api/v1/account', JOHN));
  await crm('DELETE', `/api/v1/account/${id}`);
  for (const path of [
    `/api/v1/account/${id}`,
    `/api/v1/account/${id}/members`,
    `/api/v1/account/get-id-by-ssn/${JOHN.ssn}`,
  ]) {
    expect((await crm('GET', path)).status).toBe(404);
  }
  expect((await crm('DELETE', `/api/v1/account/${id}`)).status).toBe(404);
  expect(idOf(await crm('POST', '/api/v1/account', JOHN))).toBe('2');
  expect(sandbox.ledger.entries({ effect: 'account.deleted' })).toHaveLength(1);
});

test('the list of accounts comes in pages that link to each other', async () => {
  const { crm, origin } = await openPartner({ ssnRequired: false });
  for (let n = 1; n <= 5; n += 1) await crm('POST', '/api/v1/account', { ...JANE, email: `p${n}@example.com` });
  const { body } = await crm('GET', '/api/v2/accounts?page=2&per_page=2');
  expect(body).toMatchObject({
    data: [{ id: 3 }, { id: 4 }],
    links: {
      prev: `${origin}/api/v2/accounts?page=1&per_page=2`,
      next: `${origin}/api/v2/accounts?page=3&per_page=2`,
    },
    meta: { current_page: 2, from: 3, to: 4, last_page: 3, per_page: 2, total: 5 },
  });
  const all = await crm('GET', '/api/v1/accounts');
  expect(all.body).toMatchObject({ links: { next: null }, meta: { per_page: 15, total: 5 } });
});

test('a repeated command has its effect once', async () => {
  const { crm, sandbox } = await openPartner();
  await crm('POST', '/api/v1/account', JOHN);
  for (const path of ['activate', 'activate', 'deactivate', 'deactivate'])
    await crm('POST', `/api/v1/account/1/${path}`);
  expect(sandbox.ledger.entries({ effect: 'account.activated' })).toHaveLength(1);
  expect(sandbox.ledger.entries({ effect: 'account.deactivated' })).toHaveLength(1);
});
