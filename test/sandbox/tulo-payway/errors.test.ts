import { once } from 'node:events';
import { request } from 'node:http';
import { textOf } from '../partner.ts';
import { askToken, CLIENT, closeIntegrators, created, MINIMAL, openIntegrator, SCOPES } from './integrator.ts';
import { NOBODY, refused, type Refusal } from './refusal.ts';

afterEach(closeIntegrators);

/** What a call is refused for by its form alone. */
const REFUSALS: Refusal[] = [
  {
    rule: '4.2 names that are not documented are refused, all at once and without a field',
    call: (api) => api('POST', '/v2/accounts', { ...MINIMAL, lang_code: 'sv', alias: 'x', customer_number: '1' }),
    status: 400,
    body: { code: 'unknown_parameter', message: 'Unknown parameters: lang_code,alias,customer_number' },
  },
  {
    rule: '4.2 unknown names in a query',
    call: (api, id) => api('GET', `/v1/accounts/status?id=${id}&verbose=1`),
    status: 400,
    body: { code: 'unknown_parameter', message: 'Unknown parameters: verbose' },
  },
  {
    rule: '5.3 there is no password in an update',
    call: (api, id) => api('PUT', '/v2/accounts', { id, password: 'another one' }),
    status: 400,
    body: { code: 'unknown_parameter', message: 'Unknown parameters: password' },
  },
  {
    rule: '5.3 external ids are not updatable',
    call: (api, id) => api('PUT', '/v2/accounts', { id, external_ids: { key: 'value' } }),
    status: 400,
    body: { code: 'unknown_parameter', message: 'Unknown parameters: external_ids' },
  },
  {
    rule: '4.1 a format error shows the pattern',
    call: (api) => api('GET', '/v1/accounts/active_products?account_id=1234567890'),
    status: 400,
    body: { code: 'invalid_parameter', field: 'account_id', message: 'Parameter must match format (/^[a-f\\d]{24}$/)' },
  },
  {
    rule: '3.4 a line break does not end an id',
    call: (api) => api('GET', `/v1/accounts/status?id=${NOBODY}%0Ax`),
    status: 400,
    body: { code: 'invalid_parameter', field: 'id' },
  },
  {
    rule: '5.8 a missing field',
    call: (api) => api('GET', '/v1/accounts/get_authentication_attempts'),
    status: 400,
    body: { code: 'invalid_parameter', field: 'email', message: 'Parameter is required' },
  },
  {
    rule: '4.2 a body that is no JSON',
    call: (api) => api('POST', '/v2/accounts', '{"email":'),
    status: 400,
    body: { code: 'json_parser_error', message: 'Invalid json in request body' },
  },
  {
    rule: '4.2 another content type',
    call: (api) => api('POST', '/v2/accounts', 'email=a@b.se', { 'content-type': 'text/plain' }),
    status: 400,
    body: { code: 'invalid_content_type_error' },
  },
  {
    rule: '4.2 a form where JSON is due',
    call: (api) => api('POST', '/v2/accounts', 'email=a@b.se', { 'content-type': 'application/x-www-form-urlencoded' }),
    status: 400,
    body: { code: 'invalid_content_type_error' },
  },
  {
    rule: '5.4 two identifiers',
    call: (api, id) => api('GET', `/v1/accounts/status?id=${id}&email=ove%40example.com`),
    status: 400,
    body: { code: 'invalid_parameter' },
  },
  {
    rule: '5.4 no identifier',
    call: (api) => api('GET', '/v1/accounts/status'),
    status: 400,
    body: { code: 'invalid_parameter' },
  },
  {
    rule: '17.19 two identifiers of one account',
    call: (api, id) => api('GET', `/v1/accounts?id=${id}&email=ove%40example.com`),
    status: 400,
    body: { code: 'invalid_parameter' },
  },
  {
    rule: '5.2 half an external id',
    call: (api) => api('GET', '/v1/accounts?external_id_key=key'),
    status: 400,
    body: { code: 'invalid_parameter', field: 'external_id_value' },
  },
  {
    rule: '3.6 a plus sign that was not encoded arrives as a space',
    call: (api) => api('GET', '/v1/accounts/status?email=a+b@example.com'),
    status: 400,
    body: { code: 'invalid_parameter', field: 'email' },
  },
  {
    rule: '3.3 __UNSET__ where it is not supported',
    call: (api, id) => api('PUT', '/v2/accounts', { id, first_name: '__UNSET__' }),
    status: 400,
    body: { code: 'unset_error', field: 'first_name' },
  },
  {
    rule: '3.3 __UNSET__ on create',
    call: (api) => api('POST', '/v2/accounts', { ...MINIMAL, last_name: '__UNSET__' }),
    status: 400,
    body: { code: 'unset_error', field: 'last_name' },
  },
  {
    rule: '3.3 the code for it is not shown',
    options: { unsetCode: 'invalid_unset' },
    call: (api, id) => api('PUT', '/v2/accounts', { id, tags: ['__UNSET__'] }),
    status: 400,
    body: { code: 'invalid_unset', field: 'tags' },
  },
  {
    rule: '3.3 null does not clear',
    call: (api, id) => api('PUT', '/v2/accounts', { id, first_name: null }),
    status: 400,
    body: { code: 'invalid_parameter', field: 'first_name' },
  },
  {
    rule: '3.5 provisioning takes its own form of time',
    call: (api, id) =>
      api('POST', '/v1/userproducts', {
        account_id: id,
        package_code: 'digital',
        subscription_type: 'limited',
        valid_from: '2016-10-02T13:00:00Z',
        valid_to: '2016-11-02 13:00 +0100',
      }),
    status: 400,
    body: { code: 'invalid_parameter', field: 'valid_from' },
  },
];

test.each(REFUSALS)('$rule', async (refusal) => {
  const { got, changes } = await refused(refusal);
  expect(got).toMatchObject({ status: refusal.status, body: { ...refusal.body, message: expect.any(String) } });
  expect(got.body).toHaveProperty('pw_correlation_id', expect.stringMatching(/^pw-api-[0-9a-f-]{36}$/));
  expect(changes).toBe(0);
});

test('7.4: a wrong SSN is refused without a field, with the forms it should have', async () => {
  const { api } = await openIntegrator();
  const { body } = await api('GET', '/v2/accounts/lookup_address?social_security_number=1');
  expect(body).toMatchObject({
    code: 'invalid_parameter',
    message: expect.stringContaining('620817-9256 or 196208179256'),
  });
  expect(body).not.toHaveProperty('field');
});

/** `fetch` sends no body with GET. */
async function getWithBody(url: string, token: string, body: unknown): Promise<string> {
  const text = JSON.stringify(body);
  const call = request(url, {
    method: 'GET',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
    },
  });
  call.end(text);
  const [answer] = await once(call, 'response');
  let got = '';
  for await (const chunk of answer) got += String(chunk);
  return got;
}

test.each(['pending_shares', 'shared_subscriptions'])(
  '3.6: parameters of GET %s can be in a JSON body',
  async (slug) => {
    const { api, origin } = await openIntegrator();
    const id = await created(api);
    const token = textOf(await askToken(origin, { ...CLIENT, grant_type: 'none', scope: SCOPES }), 'access_token');
    expect(await getWithBody(`${origin}/external/api/v1/accounts/${slug}`, token, { id })).toBe('{"items":[]}');
  },
);

test('3.6: parameters of a DELETE can be in the query or in a JSON body', async () => {
  const { api } = await openIntegrator();
  const id = await created(api);
  const query = `/v1/accounts/remove_sharing?id=${id}&package_sharing_id=${NOBODY}`;
  expect(await api('DELETE', query)).toMatchObject({ status: 404, body: { field: 'package_sharing' } });
  expect((await api('DELETE', '/v1/accounts/archive', { account_id: id })).status).toBe(204);
});
