import type { Got, Send } from '../partner.ts';
import { closeIntegrators, created, MINIMAL, openIntegrator } from './integrator.ts';
import { NOBODY } from './refusal.ts';

afterEach(closeIntegrators);

/** Section and rule; `id` is an account that exists. A value that is taken may still meet an object that is not there. */
interface Rule {
  rule: string;
  field: string;
  call: (api: Send, id: string, value: unknown) => Promise<Got>;
  taken: unknown[];
  refused: unknown[];
}

const many = (count: number) => 'x'.repeat(count);
const page = (length: number) => 'https://partner.example/'.padEnd(length, 'x');
const TERM = { valid_from: '2016-10-02 13:00 +0100', valid_to: '2099-10-02 13:00 +0100' };
const PACKAGE = { package_code: 'digital', subscription_type: 'limited', ...TERM };
const ATTEMPT = { login_successful: true, user_agent: 'x', persist: false };
const ACTIVATION = { ...MINIMAL, account_candidate_id: NOBODY };
const ADDRESS = { email: 'ove@example.com' };

/** The rule of a field in the body of a call that is otherwise right. `ID` in it stands for the account. */
function inBody(rule: string, route: string, body: object, field: string, values: [unknown[], unknown[]]): Rule {
  const [method = '', path = ''] = route.split(' ');
  const [taken, refused] = values;
  const about = (id: string) =>
    Object.fromEntries(Object.entries(body).map(([name, given]) => [name, given === 'ID' ? id : given]));
  return {
    rule,
    field,
    taken,
    refused,
    call: (api, id, value) => api(method, path, { ...about(id), [field]: value }),
  };
}

function inQuery(rule: string, path: string, field: string, [taken, refused]: [string[], string[]]): Rule {
  const call = (api: Send, _: string, value: unknown) =>
    api('GET', `${path}${field}=${encodeURIComponent(String(value))}`);
  return { rule, field, taken, refused, call };
}

const CREATE = 'POST /v2/accounts';
const ACTIVATE = 'POST /v1/account/activate_candidate';
const TRY = 'POST /v1/accounts/create_authentication_attempt';
const CUSTOM = 'POST /v1/accounts/custom_request_password_reset';
const COMPLETE = 'POST /v1/accounts/complete_password_reset';
const SHARE = 'POST /v1/accounts/share_subscription';
const VERIFY = 'POST /v1/accounts/create_verification_request';
const SHARING = { id: 'ID', user_product_id: NOBODY, contact_emails: ['b@example.com'] };
const MAPPING = { account_id: 'ID', identity_key: 'External key 1', value: 'x' };
const COMPLETION = { id: 'ID', confirmation_code: many(36), new_password: many(6) };
const TEXT: [string[], string[]] = [[many(1024)], [many(1025)]];

const RULES: Rule[] = [
  inBody('5.1 create needs', CREATE, MINIMAL, 'email', [[], [undefined]]),
  inBody('5.1 create needs', CREATE, MINIMAL, 'password', [[], [undefined]]),
  inBody('5.1 size of', CREATE, MINIMAL, 'last_name', TEXT),
  inBody('5.1 size of', CREATE, MINIMAL, 'company_name', TEXT),
  inBody('5.1 size of', CREATE, MINIMAL, 'account_origin', TEXT),
  inBody('5.3, 3.4 update needs', 'PUT /v2/accounts', {}, 'id', [
    [],
    [undefined, many(24), `${NOBODY}0`, `x\n${NOBODY}`],
  ]),
  inQuery('5.2, 14.3 get by', '/v1/accounts?', 'social_security_number', [
    ['620817-9256'],
    ['196208179256', '6208179256'],
  ]),
  inQuery('5.2, 14.5 get by', '/v1/accounts?', 'customer_number', [
    ['A-1_b', '1234567890'],
    ['a b', many(11)],
  ]),
  inQuery('5.7, 14.3 candidate by', '/v1/accounts/candidate?', 'social_security_number', [
    ['620817-9256'],
    ['196208179256'],
  ]),
  inQuery('5.7, 14.5 candidate by', '/v1/accounts/candidate?', 'customer_number', [['A-1'], ['a b', many(11)]]),
  inQuery('5.7 candidate’s', '/v1/accounts/candidate?customer_number=1&', 'zip_code', [['27567'], ['275670']]),
  inBody('5.7, 14.3 activation’s', ACTIVATE, ACTIVATION, 'social_security_number', [['620817-9256'], ['196208179256']]),
  inBody('5.7, 14.4 activation’s', ACTIVATE, ACTIVATION, 'company_registration_number', [
    ['556468-3984'],
    ['1234567-8'],
  ]),
  inBody('5.7 activation needs', ACTIVATE, ACTIVATION, 'password', [['123456'], [undefined, '12345']]),
  inBody('5.8 attempt’s', TRY, { ...ATTEMPT, ...ADDRESS }, 'user_agent', [[many(4096)], [undefined, many(4097)]]),
  inBody('5.8 attempt’s', TRY, { ...ATTEMPT, ...ADDRESS }, 'ip_address', [[undefined, many(39)], [many(40)]]),
  inBody('5.8 attempt’s', TRY, { ...ATTEMPT, ...ADDRESS }, 'login_successful', [[true], [undefined, 'true']]),
  inBody('5.8 attempt’s', TRY, { ...ATTEMPT, ...ADDRESS }, 'persist', [[false], [undefined, 0]]),
  inBody('8.1 page of a mail', VERIFY, { account_id: 'ID' }, 'verification_url', [
    [page(1024)],
    [page(1025), '/verify'],
  ]),
  inBody('9.1 reset’s', 'POST /v1/accounts/request_password_reset', ADDRESS, 'return_url', [[page(30)], ['/back']]),
  inBody('9.1 custom reset needs', CUSTOM, { ...ADDRESS, reset_password_url: page(30) }, 'return_url', [
    [page(30)],
    [undefined],
  ]),
  inBody('9.1 custom reset needs', CUSTOM, { ...ADDRESS, return_url: page(30) }, 'reset_password_url', [
    [page(30)],
    [undefined],
  ]),
  inBody('9.1, 3.4 completion’s', COMPLETE, COMPLETION, 'confirmation_code', [[many(36)], [many(35), many(37)]]),
  inBody('9.1 completion’s', COMPLETE, COMPLETION, 'new_password', [
    [many(6), many(1024)],
    [many(5), many(1025)],
  ]),
  inBody('10 receivers in', SHARE, SHARING, 'contact_emails', [
    [['b@example.com']],
    [undefined, [], ['b'], 'b@example.com'],
  ]),
  inBody('10 acceptance by', SHARE, SHARING, 'automatically_accept_sharing', [[true], ['true']]),
  inBody('11 mapping’s', 'POST /v1/identity_mapping', MAPPING, 'identity_key', [[many(128)], [many(129), undefined]]),
  inBody('11 mapping’s', 'POST /v1/identity_mapping', MAPPING, 'value', [[many(128)], [many(129), undefined]]),
  inBody('12 package’s', 'POST /v1/userproducts', { account_id: 'ID', ...PACKAGE }, 'subscription_type', [
    ['limited', 'recurring'],
    ['endless', undefined],
  ]),
  inBody('12 package’s', 'POST /v1/userproducts', { account_id: 'ID', ...PACKAGE }, 'valid_to', [
    [TERM.valid_to],
    [undefined, '2099-10-02'],
  ]),
  inBody('12 change to', 'PUT /v1/userproducts', { account_id: 'ID', product_id: NOBODY }, 'state', [
    ['deactivated'],
    ['active'],
  ]),
];

/** A sandbox with one account. */
async function open(): Promise<{ api: Send; id: string }> {
  const { api } = await openIntegrator();
  return { api, id: await created(api, ADDRESS) };
}

test.each(RULES)('$rule $field', async ({ field, call, taken, refused }) => {
  const { api, id } = await open();
  for (const value of taken) {
    const { status } = await call(api, id, value);
    expect([value, status === 400]).toEqual([value, false]);
  }
  for (const value of refused) {
    const { status, body } = await call(api, id, value);
    expect([value, status]).toEqual([value, 400]);
    expect(body).toMatchObject({ code: 'invalid_parameter', field });
  }
});

const ANY = `id=${NOBODY}&email=ove%40example.com`;

/** How many ways of naming an object a call takes; such an error is about no single field (4.2). */
test.each<[string, (api: Send, id: string) => Promise<Got>]>([
  ['5.2, 17.19 get by two', (api) => api('GET', `/v1/accounts?${ANY}`)],
  ['5.2, 17.19 get by none', (api) => api('GET', '/v1/accounts')],
  ['5.7 candidate by none', (api) => api('GET', '/v1/accounts/candidate')],
  ['5.8 attempt of two', (api, id) => api('POST', TRY.slice(5), { ...ATTEMPT, ...ADDRESS, account_id: id })],
  ['5.8 attempt of none', (api) => api('POST', TRY.slice(5), ATTEMPT)],
])('%s is refused', async (_, call) => {
  const { api, id } = await open();
  const got = await call(api, id);
  expect(got).toMatchObject({ status: 400, body: { code: 'invalid_parameter' } });
  expect(got.body).not.toHaveProperty('field');
});
