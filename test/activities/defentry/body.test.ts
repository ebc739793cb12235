import { accountBody, personBody } from '../../../activities/defentry/body.ts';
import { requestFor } from './desk.ts';

const CONFIG = { externalIdField: 'external_id', familyType: 'SINGLE', planId: undefined };

test('a request in the vendor’s fields, the language in upper case, and nothing that was not given', () => {
  const ssn = '19900101-1234';
  expect(accountBody(requestFor({ ssn }, { kind: 'single', planId: '1' }), CONFIG)).toEqual({
    ssn,
    first_name: 'Anna',
    last_name: 'Berg',
    email: 'anna@example.com',
    country_code: 'SE',
    lang_code: 'SV',
    plan_id: 1,
    type: 'SINGLE',
    external_id: 'ref-1',
  });
});

test.each([
  ['single', {}, 'SINGLE'],
  ['family', {}, 'SINGLE'],
  ['family', { familyType: 'FAMILY' }, 'FAMILY'],
  ['single', { familyType: 'FAMILY' }, 'SINGLE'],
  ['business', {}, undefined],
] as const)('%s with %j is of type %s', (kind, config, type) => {
  expect(accountBody(requestFor({}, { kind }), { ...CONFIG, ...config }).type).toBe(type);
});

test('a business has its company', () => {
  const company = { name: 'Berg AB', organizationNumber: '556468-3984' };
  expect(accountBody(requestFor({}, { kind: 'business', company }), CONFIG)).toMatchObject({
    company_name: 'Berg AB',
    organization_number: '556468-3984',
  });
});

test('the configured plan is for requests that name none', () => {
  expect(accountBody(requestFor(), { ...CONFIG, planId: 7 }).plan_id).toBe(7);
  expect(accountBody(requestFor({}, { planId: '3' }), { ...CONFIG, planId: 7 }).plan_id).toBe(3);
});

test('our reference goes under the configured name', () => {
  const body = personBody({ firstName: 'A', lastName: 'B' }, 'ref-1.m1', { externalIdField: 'reference' });
  expect(body).toEqual({ first_name: 'A', last_name: 'B', reference: 'ref-1.m1' });
});
