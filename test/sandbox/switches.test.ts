import type { DefentryOptionsInput } from '../../sandbox/defentry/index.ts';
import { closeSandboxes, CRM, JANE, JOHN, openPartner, SSO, type Got, type Partner } from './partner.ts';

afterEach(closeSandboxes);

const V1 = '/api/v1/account';
const CHECK = { attribute: 'email', value: JOHN.email };
const without = (name: string): unknown => expect.not.objectContaining({ [name]: expect.anything() });
const code = (name: string) => ({ error: { code: name } });

/** John, and an app token of his; then one call. */
type Row = [options: DefentryOptionsInput, call: (partner: Partner) => Promise<Got>, status: number, body?: unknown];

const johns = ({ app }: Partner) => app(JOHN.email);

const ROWS: Row[] = [
  [{ errorCodes: { 409: 'TAKEN' }, duplicates: 409 }, ({ crm }) => crm('POST', V1, JOHN), 409, code('TAKEN')],
  [{ validationStatus: 400 }, ({ crm }) => crm('POST', V1, {}), 400, code('VALIDATION_ERROR')],
  [
    { validationDetails: false },
    ({ crm }) => crm('POST', V1, {}),
    422,
    { error: { code: 'VALIDATION_ERROR', message: expect.any(String) } },
  ],
  [{ idlessRoutes: 'app' }, ({ crm }) => crm('POST', '/api/v2/account/deactivate', { account_id: 1 }), 403],
  [{ idlessRoutes: 'app' }, async (partner) => (await johns(partner))('POST', '/api/v2/account/deactivate'), 200],
  [{ idlessRoutes: 'crm' }, async (partner) => (await johns(partner))('POST', '/api/v2/account/deactivate'), 403],
  [{ wrongToken: 401 }, async (partner) => (await johns(partner))('GET', `${V1}s`), 401],
  [
    { loginFailure: 422 },
    ({ anonymous }) => anonymous('POST', '/api/v1/crm/auth/login', { ...CRM, password: '' }),
    422,
  ],
  [
    { loginFailure: 403 },
    ({ anonymous }) => anonymous('POST', '/api/v1/sso/token', { ...SSO, client_secret: 'wrong', email: JOHN.email }),
    403,
  ],
  [
    { ssoUnknown: 401 },
    ({ anonymous }) => anonymous('POST', '/api/v1/sso/token', { ...SSO, email: 'nobody@example.com' }),
    401,
  ],
  [
    { codePlace: 'data' },
    ({ anonymous }) => anonymous('POST', '/api/v1/sso/code', { ...SSO, email: JOHN.email }),
    200,
    { data: { code: expect.any(String) } },
  ],
  [
    { tokens: { concurrent: false } },
    async ({ anonymous, crm }) => {
      await anonymous('POST', '/api/v1/crm/auth/login', CRM);
      return crm('GET', `${V1}s`);
    },
    401,
  ],
  [
    { hiddenFields: [] },
    async ({ crm }) => {
      await crm('POST', V1, { ...JANE, ssn: '19800101-1111' });
      return crm('POST', `${V1}/1/change-supervisor`, { supervisor_id: 2 });
    },
    200,
    { data: { supervisor_id: 2 } },
  ],
  [{ hiddenFields: ['has_ssn'] }, ({ crm }) => crm('GET', `${V1}/1`), 200, { data: without('has_ssn') }],
  ...(
    [
      ['unique', false],
      ['exists', true],
      ['is_taken', true],
    ] as const
  ).map(([uniqueness, said]): Row => [
    { uniqueness },
    ({ crm }) => crm('POST', `${V1}/check-attribute-for-uniqueness`, CHECK),
    200,
    { data: { [uniqueness]: said } },
  ]),
  [{ uniqueness: 'conflict' }, ({ crm }) => crm('POST', `${V1}/check-attribute-for-uniqueness`, CHECK), 409],
  [
    { uniqueness: 'invalid' },
    ({ crm }) => crm('POST', `${V1}/check-attribute-for-uniqueness`, CHECK),
    422,
    { error: { details: [{ field: 'value' }] } },
  ],
  [{ ssnLookup: 'id' }, ({ crm }) => crm('GET', `${V1}/get-id-by-ssn/${JOHN.ssn}`), 200, { id: 1 }],
  [{ ssnLookup: 'data' }, ({ crm }) => crm('GET', `${V1}/get-id-by-ssn/${JOHN.ssn}`), 200, { data: 1 }],
  [{ ssnLookupForms: 'last-ten' }, ({ crm }) => crm('GET', `${V1}/get-id-by-ssn/18900101-1234`), 200],
  [{ creationAnswers: 'id' }, ({ crm }) => crm('POST', V1, { ...JANE, ssn: '19800101-1111' }), 201, { id: 2 }],
  [{ creationAnswers: 'nothing' }, ({ crm }) => crm('POST', V1, { ...JANE, ssn: '19800101-1111' }), 201, undefined],
  [{ ssnLookupForms: 'as-created' }, ({ crm }) => crm('GET', `${V1}/get-id-by-ssn/199001011234`), 404],
  [{ lists: 'whole' }, ({ crm }) => crm('GET', `${V1}s`), 200, without('meta')],
  [{ lists: 'bare' }, ({ crm }) => crm('GET', `${V1}s`), 200, [{ id: 1 }]],
  [{ lists: 'meta' }, ({ crm }) => crm('GET', `${V1}s`), 200, without('links')],
  [{ unknownAccount: 403 }, ({ crm }) => crm('GET', `${V1}/99`), 403],
  [
    { activationStatus: 'status' },
    ({ crm }) => crm('GET', `${V1}/1/activation-status`),
    200,
    { data: { status: 'INACTIVE' } },
  ],
  [{ commandAnswers: 'nothing' }, ({ crm }) => crm('POST', `${V1}/1/activate`), 204],
  [
    { puts: 'replace' },
    ({ crm }) => crm('PUT', '/api/v2/account/1', { last_name: 'Dough' }),
    200,
    { data: { first_name: 'John', last_name: 'Dough', country_code: null } },
  ],
  [
    { puts: 'replace' },
    ({ crm }) => crm('PATCH', `${V1}/1`, { last_name: 'Dough' }),
    200,
    { data: { country_code: 'SE' } },
  ],
  [
    { samePlan: 200 },
    ({ crm }) => crm('POST', `${V1}/upgrade`, { account_id: 1, plan_id: 1 }),
    200,
    { data: { plan_id: 1 } },
  ],
  [
    { monitoringWithoutSsn: 422, ssnRequired: false },
    async ({ crm }) => {
      await crm('POST', V1, JANE);
      return crm('PATCH', `${V1}/2/ssn-monitoring/activate`);
    },
    422,
  ],
  [
    { confirmedResend: 409 },
    ({ crm, sandbox }) => {
      sandbox.act('1');
      return crm('POST', `${V1}/1/resend-confirm-email`);
    },
    409,
  ],
  [{ resendStatus: 200 }, ({ crm }) => crm('POST', `${V1}/1/resend-confirm-email`), 200],
  [{ deleteStatus: 202 }, ({ crm }) => crm('DELETE', `${V1}/1`), 202],
  [
    { inviteBy: 'email' },
    ({ crm }) => crm('POST', `${V1}/1/invite`, { member_id: 2 }),
    422,
    { error: { details: [{ field: 'email' }] } },
  ],
  [
    { eid: { provider: 'scheme', returnUrl: 'back', redirectUrl: 'href', status: 'state' }, ssnRequired: false },
    async ({ crm, app }) => {
      await crm('POST', V1, JANE);
      const jane = await app(JANE.email);
      return jane('POST', '/api/v1/eid-stand-in/sessions', { scheme: 'FTN', back: 'https://shop.example/' });
    },
    201,
    { data: { state: 'PENDING', href: expect.any(String) } },
  ],
];

test.each(ROWS)('with %j', async (...[options, call, status, body]) => {
  const partner = await openPartner(options);
  await partner.crm('POST', V1, JOHN);
  expect(await call(partner)).toMatchObject(body === undefined ? { status } : { status, body });
});
