import { closeIntegrators, created, MINIMAL, openIntegrator, provisioned } from './integrator.ts';
import { NOBODY, refused, type Refusal } from './refusal.ts';

afterEach(closeIntegrators);

const COMPLETION = { confirmation_code: '00000000-0000-0000-0000-000000000000', new_password: 'chosen-1' };
const CUSTOMER = { customer_number: 'A-1', social_security_number: '800610-8230' };

/** Calls about an account that is not there. */
const ABSENT: [rule: string, method: string, path: string, body?: Record<string, unknown>][] = [
  ['5.2 reading', 'GET', `/v1/accounts?id=${NOBODY}`],
  ['5.3 an update', 'PUT', '/v2/accounts', { id: NOBODY }],
  ['5.6 archiving', 'DELETE', `/v1/accounts/archive?account_id=${NOBODY}`],
  ['8.1 a verification mail', 'POST', '/v1/accounts/create_verification_request', { account_id: NOBODY }],
  ['8.1 polling a verification', 'GET', `/v1/accounts/pending_verification_request?account_id=${NOBODY}`],
  ['8.1 a code', 'POST', '/v1/accounts/verify_account', { account_id: NOBODY, confirmation_code: 'x' }],
  ['9.1 a password', 'POST', '/v1/accounts/complete_password_reset', { id: NOBODY, ...COMPLETION }],
  ['11 a mapping', 'POST', '/v1/identity_mapping', { account_id: NOBODY, identity_key: 'k', value: 'v' }],
  ['12 products', 'GET', `/v1/accounts/active_products?account_id=${NOBODY}`],
];

/** What a call is refused for by what there is. */
const REFUSALS: Refusal[] = [
  {
    rule: '17.2 a taken e-mail, whatever its case (17.23)',
    call: (api) => api('POST', '/v2/accounts', { ...MINIMAL, email: 'OVE@example.com' }),
    status: 409,
    body: { code: 'already_exists', field: 'contact_email', message: 'contact_email already exists' },
  },
  {
    rule: '17.2 a taken SSN, in its other form',
    call: (api) => api('POST', '/v2/accounts', { ...MINIMAL, social_security_number: '196208179256' }),
    status: 409,
    body: { code: 'already_exists', field: 'social_security_number' },
  },
  {
    rule: '17.2 duplicates can be 400',
    options: { duplicates: 400 },
    call: (api) => api('POST', '/v2/accounts', { ...MINIMAL, email: 'ove@example.com' }),
    status: 400,
    body: { code: 'invalid_parameter', field: 'contact_email' },
  },
  {
    rule: '17.27 a barred address',
    options: { blacklist: ['Bad@example.com'] },
    call: (api) => api('POST', '/v2/accounts', { ...MINIMAL, email: 'bad@example.com' }),
    status: 400,
    body: { code: 'invalid_parameter', field: 'contact_email' },
  },
  {
    rule: '4.1 the address can be named by its input name everywhere',
    options: { emailField: 'email' },
    call: (api) => api('POST', '/v2/accounts', { ...MINIMAL, email: 'ove@example.com' }),
    status: 409,
    body: { field: 'email' },
  },
  {
    rule: '4.1 or by its inner name everywhere',
    options: { emailField: 'contact_email' },
    call: (api) => api('POST', '/v2/accounts', { ...MINIMAL, email: 'no address' }),
    status: 400,
    body: { code: 'invalid_parameter', field: 'contact_email' },
  },
  {
    rule: '5.4 an unknown account',
    call: (api) => api('GET', `/v1/accounts/status?id=${NOBODY}`),
    status: 404,
    body: { code: 'not_found', field: 'account', message: 'account could not be found' },
  },
  ...ABSENT.map(([rule, method, path, body]): Refusal => ({
    rule: `${rule} of an account that is not there`,
    call: (api) => api(method, path, body),
    status: 404,
    body: { code: 'not_found', field: 'account', message: 'account could not be found' },
  })),
  {
    rule: '5.3, 17.2 a change to a taken e-mail',
    call: async (api, id) => {
      await created(api, { email: 'other@example.com' });
      return api('PUT', '/v2/accounts', { id, email: 'other@example.com' });
    },
    status: 409,
    body: { code: 'already_exists', field: 'contact_email' },
  },
  {
    rule: '5.2, 5.3 a change to a taken alias',
    call: async (api, id) => {
      await api('PUT', '/v2/accounts', { id: await created(api), alias: 'ove' });
      return api('PUT', '/v2/accounts', { id, alias: 'ove' });
    },
    status: 409,
    body: { field: 'alias' },
  },
  {
    rule: '9.1 an unknown address is named as inside Payway',
    call: (api) => api('POST', '/v1/accounts/create_password_reset', { email: 'nobody@example.com' }),
    status: 404,
    body: { code: 'not_found', field: 'contact_email' },
  },
  {
    rule: '4.2, 8.1 verification of a verified account',
    call: (api, id) => api('POST', '/v1/accounts/create_verification_request', { account_id: id }),
    status: 409,
    body: { code: 'already_verified' },
  },
  {
    rule: '4.2, 10 a share by somebody who has no part in it',
    call: async (api, id) => {
      const share = { id, user_product_id: await provisioned(api, id), contact_emails: ['friend@example.com'] };
      const { body } = await api('POST', '/v1/accounts/share_subscription', share);
      const shareId = /"sharing_id":"(\w+)"/.exec(JSON.stringify(body))?.[1];
      const stranger = await created(api, { email: 'stranger@example.com' });
      return api('PUT', '/v1/accounts/accept_sharing', { id: stranger, package_sharing_id: shareId });
    },
    status: 400,
    body: { code: 'invalid_account' },
  },
  {
    rule: '4.2, 10 taking back a share by somebody who has no part in it',
    call: async (api, id) => {
      const stranger = await created(api, { email: 'stranger@example.com' });
      const share = { id, user_product_id: await provisioned(api, id), contact_emails: ['friend@example.com'] };
      await api('POST', '/v1/accounts/share_subscription', share);
      const { body } = await api('GET', `/v1/accounts/shared_subscriptions?id=${id}`);
      const package_sharing_id = /"product_sharing_id":"(\w+)"/.exec(JSON.stringify(body))?.[1];
      return api('DELETE', '/v1/accounts/remove_sharing', { id: stranger, package_sharing_id });
    },
    status: 400,
    body: { code: 'invalid_account' },
  },
  {
    rule: '10 a share that is not there',
    call: (api, id) => api('PUT', '/v1/accounts/accept_sharing', { id, package_sharing_id: NOBODY }),
    status: 404,
    body: { code: 'not_found' },
  },
  {
    rule: '10 a package that is not shareable',
    call: async (api, id) =>
      api('POST', '/v1/accounts/share_subscription', {
        id,
        user_product_id: await provisioned(api, id, 'single'),
        contact_emails: ['friend@example.com'],
      }),
    status: 400,
    body: { code: 'invalid_parameter', field: 'user_product_id' },
  },
  {
    rule: '12 an API user without a provision service',
    options: { client: { provisionService: null } },
    call: (api, id) =>
      api('POST', '/v1/userproducts', {
        account_id: id,
        package_code: 'digital',
        subscription_type: 'limited',
        valid_from: '2016-10-02 13:00 +0100',
        valid_to: '2016-11-02 13:00 +0100',
      }),
    status: 403,
    body: { code: 'forbidden' },
  },
  {
    rule: '7.4 an unknown SSN',
    call: (api) => api('GET', '/v2/accounts/lookup_address?social_security_number=196208179256'),
    status: 404,
    body: { code: 'not_found' },
  },
  {
    rule: '4.2, 7.4 the registry is not enabled',
    options: { registry: null },
    call: (api) => api('GET', '/v2/accounts/lookup_address?social_security_number=196208179256'),
    status: 403,
    body: { code: 'forbidden' },
  },
  {
    rule: '12 a package that is not there',
    call: (api, id) =>
      api('POST', '/v1/userproducts', {
        account_id: id,
        package_code: 'none',
        subscription_type: 'limited',
        valid_from: '2016-10-02 13:00 +0100',
        valid_to: '2016-11-02 13:00 +0100',
      }),
    status: 404,
    body: { code: 'not_found', field: 'package' },
  },
  {
    rule: '5.7 a customer who has an account, under whatever name the conflict has',
    options: { candidates: [CUSTOMER], candidateConflict: 'already_registered' },
    call: async (api) => {
      const search = () => api('GET', '/v1/accounts/candidate?customer_number=A-1');
      const account_candidate_id = /"account_candidate_id":"(\w+)"/.exec(JSON.stringify((await search()).body))?.[1];
      await api('POST', '/v1/account/activate_candidate', { ...MINIMAL, account_candidate_id });
      return search();
    },
    status: 409,
    body: { code: 'already_registered' },
  },
  {
    rule: '5.7 a customer who has an account, where that is no candidate any more',
    options: { candidates: [CUSTOMER], activatedCandidate: 'unknown' },
    call: async (api) => {
      const search = () => api('GET', '/v1/accounts/candidate?customer_number=A-1');
      const account_candidate_id = /"account_candidate_id":"(\w+)"/.exec(JSON.stringify((await search()).body))?.[1];
      await api('POST', '/v1/account/activate_candidate', { ...MINIMAL, account_candidate_id });
      return search();
    },
    status: 404,
    body: { code: 'not_found', field: 'account_candidate' },
  },
  {
    rule: '9.1, 16 the path in the title of the page',
    call: (api) => api('POST', '/v1/accounts/create_password_request', { email: 'ove@example.com' }),
    status: 404,
    body: { code: 'not_found' },
  },
  {
    rule: '17.26 a password of one kind of letters, where more is asked for',
    options: { passwordRule: 'mixed' },
    call: (api) => api('POST', '/v2/accounts', { ...MINIMAL, password: 'only-letters' }),
    status: 400,
    body: { code: 'invalid_parameter', field: 'password' },
  },
  {
    rule: '17.28 a tag that is longer than the organisation allows',
    options: { longest: { tag: 3 } },
    call: (api, id) => api('PUT', '/v2/accounts', { id, tags: ['four'] }),
    status: 400,
    body: { code: 'invalid_parameter', field: 'tags' },
  },
  {
    rule: '17.28 an external id that is longer than the organisation allows',
    options: { longest: { externalId: 3 } },
    call: (api) => api('POST', '/v2/accounts', { ...MINIMAL, external_ids: { ref: 'four' } }),
    status: 400,
    body: { code: 'invalid_parameter', field: 'external_ids.ref' },
  },
  {
    rule: '17.15 there is no route that tells whether an address exists',
    call: (api) => api('GET', '/v1/accounts/exists?email=ove%40example.com'),
    status: 404,
    body: { code: 'not_found' },
  },
  {
    rule: '17.14 accounts cannot be listed',
    call: (api) => api('GET', '/v1/accounts/search?tag=foo'),
    status: 404,
    body: { code: 'not_found' },
  },
  {
    rule: '17.16 accounts cannot be inactivated',
    call: (api, id) => api('POST', '/v1/accounts/inactivate', { account_id: id }),
    status: 404,
    body: { code: 'not_found' },
  },
];

test.each(REFUSALS)('$rule', async (refusal) => {
  const { got, changes } = await refused(refusal);
  expect(got).toMatchObject({ status: refusal.status, body: { ...refusal.body, message: expect.any(String) } });
  expect(got.body).toHaveProperty('pw_correlation_id', expect.stringMatching(/^pw-api-[0-9a-f-]{36}$/));
  expect(changes).toBe(0);
});

test('17.20: a refused creation leaves nothing, where an external id belongs to one account', async () => {
  const { api, sandbox } = await openIntegrator({ sharedMappings: false });
  await created(api, { external_ids: { ref: '1' } });
  const before = sandbox.ledger.entries().length;
  const again = { ...MINIMAL, email: 'other@example.com', external_ids: { mine: 'x', ref: '1' } };
  expect(await api('POST', '/v2/accounts', again)).toMatchObject({ status: 409, body: { field: 'value' } });
  expect((await api('GET', '/v1/accounts/status?email=other%40example.com')).status).toBe(404);
  expect(sandbox.ledger.entries()).toHaveLength(before);
});
