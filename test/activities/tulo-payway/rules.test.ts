import { readFileSync } from 'node:fs';
import { checkRequest } from '../../../client/requests/onboarding.ts';
import type { OnboardingRequest } from '../../../contract/request.ts';
import { inVendorForms } from '../../../activities/tulo-payway/body.ts';
import { brokenRule } from '../../../activities/tulo-payway/rules.ts';
import type { Tenant } from '../../../activities/tulo-payway/rules.ts';

const TENANT: Tenant = { mapsIdentities: true, packageCode: undefined, requireVerification: true, externalIdKey: 'k' };
const PERSON = { firstName: 'Anna', lastName: 'Berg', email: 'anna@example.com' };
const NAMELESS = { lastName: 'Berg', email: 'anna@example.com' };
const ADDRESS = { street: 'Södra Vollsjövägen', zipCode: '275 67', city: 'Vollsjö', countryCode: 'SE' };
const LABELS = {
  tags: ['vip'],
  accountOrigin: 'Sydbladet',
  createdFromSource: 'campaign',
  externalIds: { crm: '4711' },
  requireVerification: false,
};
const COMPANY = { name: 'Berg AB', organizationNumber: '556468-3984' };
/** A CPR number, one of a day that there is not, days that there are not, and one that is Swedish by its digits and Danish by its country. */
const NOT_SWEDISH: [ssn: string, countryCode?: string][] = [
  ['010190-1234'],
  ['310490-1234'],
  ['310690-1234', 'DK'],
  ['620230-9250'],
  ['19620230-9250'],
  ['620817-9256', 'DK'],
];
/** Of CVR numbers, and Swedish and Finnish ones that are mistyped. */
const NO_COMPANY: [number: string, countryCode: string][] = [
  ['13585628', 'DK'],
  ['2077474-0', 'DK'],
  ['1358562-8', 'SE'],
  ['2077474-1', 'FI'],
  ['556468-3985', 'SE'],
];
const EID = { scheme: 'BANKID', returnUrl: 'https://bank.example/back' } as const;
const FAMILY: OnboardingRequest = { provider: 'tulo-payway', reference: 'r1', kind: 'family', person: PERSON };
const member = (email?: string) => ({
  reference: 'm1',
  person: { firstName: 'Bo', lastName: 'Berg', ...(email ? { email } : {}) },
});

test.each<[string, Partial<OnboardingRequest>, Partial<Tenant>]>([
  ['the plain request', {}, {}],
  ['no first name', { person: NAMELESS }, {}],
  ['the address of a company', { kind: 'business', company: COMPANY, person: NAMELESS, address: ADDRESS }, {}],
  ['a phone', { person: { ...PERSON, phone: '+46701234567' } }, {}],
  ['a phone that is too long with its country code', { person: { ...PERSON, phone: '+358401234567' } }, {}],
  ['an SSN', { person: { ...PERSON, ssn: '19620817-9256' } }, {}],
  ['an SSN whose check digit is wrong', { person: { ...PERSON, ssn: '19620817-9257' } }, {}],
  ['an SSN of ten digits', { person: { ...PERSON, ssn: '620817-9256' } }, {}],
  ['an SSN of ten digits and its country', { person: { ...PERSON, ssn: '620817-9256', countryCode: 'SE' } }, {}],
  ['an SSN of somebody who lives abroad', { person: { ...PERSON, ssn: '19620817-9256', countryCode: 'NO' } }, {}],
  ['a Finnish company', { kind: 'business', company: { ...COMPANY, organizationNumber: '2077474-0' } }, {}],
  ['an Italian phone', { person: { ...PERSON, phone: '+393471234567' } }, {}],
  ['an eID that is not needed', { person: { ...PERSON, ssn: '196208179256' }, identification: EID }, {}],
  ['a business', { kind: 'business', company: COMPANY }, {}],
  ['members and a package', { members: [member('bo@example.com')], planId: 'digital' }, {}],
  ['members and a configured package', { members: [member('bo@example.com')] }, { packageCode: 'digital' }],
  ['a wait for the e-mail', { awaitEmailVerified: true }, {}],
  ['no wait for the e-mail', { awaitEmailVerified: false }, { requireVerification: false }],
  ['a customer of the subscription system', { existingCustomer: { customerNumber: 'A-4711', zipCode: '275 67' } }, {}],
  ['a customer without a zip code', { existingCustomer: { customerNumber: 'A_4711' } }, {}],
  ['what Payway alone takes', { address: ADDRESS, ...LABELS }, {}],
  [
    'a wait for the e-mail of one customer',
    { awaitEmailVerified: true, requireVerification: true },
    { requireVerification: false },
  ],
  [
    'where the account of a customer comes from',
    { existingCustomer: { customerNumber: 'A-4711' }, accountOrigin: 'Sydbladet' },
    {},
  ],
  ['no watchlist at all', { watchlists: [], ssnMonitoring: false }, {}],
])('%s keeps the rules', (_, request, tenant) => {
  expect(brokenRule({ ...FAMILY, ...request }, { ...TENANT, ...tenant })).toBeUndefined();
});

test.each<[section: string, start: string, Partial<OnboardingRequest>, Partial<Tenant>]>([
  ['5.1', 'createdFromSource:', { createdFromSource: 'crm' }, {}],
  ['11', 'externalIds:', { externalIds: { k: 'mine' } }, {}],
  ['3.3', 'reference:', { tags: ['__unset__'] }, {}],
  ['3.3', 'reference:', { address: { ...ADDRESS, careOf: '__UNSET__' } }, {}],
  ['5.7', 'existingCustomer:', { existingCustomer: { customerNumber: 'A-4711' }, address: ADDRESS }, {}],
  ['5.7', 'existingCustomer:', { existingCustomer: { customerNumber: 'A-4711' }, tags: ['a'] }, {}],
  ['5.1', 'theme:', { theme: 'dark' }, {}],
  ['8', 'awaitEmailVerified:', { awaitEmailVerified: true, requireVerification: false }, { requireVerification: true }],
  ['5.1', 'person.firstName:', { person: { ...PERSON, firstName: ' ' } }, {}],
  ['5.1', 'person.lastName:', { person: { ...PERSON, lastName: 'x'.repeat(1025) } }, {}],
  ['7.1', 'person.firstName: an address at Payway needs it', { person: NAMELESS, address: ADDRESS }, {}],
  ['14.1', 'person.email: it is the login name', { person: { firstName: 'A', lastName: 'B' } }, {}],
  ['14.1', 'person.email: Payway takes no address', { person: { ...PERSON, email: 'user@mail.example-site.se' } }, {}],
  ['14.2', 'person.phone:', { person: { ...PERSON, phone: '+46123' } }, {}],
  ['14.3', 'person.ssn:', { person: { ...PERSON, ssn: '010190-123A' } }, {}],
  ...NOT_SWEDISH.map(([ssn, countryCode]): [string, string, Partial<OnboardingRequest>, Partial<Tenant>] => [
    '14.3',
    'person.ssn: Payway takes Swedish numbers only',
    { person: { ...PERSON, ssn, ...(countryCode && { countryCode }) } },
    {},
  ]),
  ...NO_COMPANY.map(
    ([organizationNumber, countryCode]): [string, string, Partial<OnboardingRequest>, Partial<Tenant>] => [
      '14.4',
      'company.organizationNumber: Payway takes',
      { kind: 'business', company: { ...COMPANY, organizationNumber }, person: { ...PERSON, countryCode } },
      {},
    ],
  ),
  ['5.1', 'company: a business account needs', { kind: 'business' }, {}],
  ['14.4', 'company.organizationNumber:', { kind: 'business', company: { ...COMPANY, organizationNumber: '1' } }, {}],
  ['5.1', 'company: a family account has none', { company: COMPANY }, {}],
  ['12', 'planId:', { planId: 'two words' }, {}],
  ['5.1', 'holderId:', { holderId: '1' }, {}],
  [
    '2.5, 11',
    'existingCustomer: our reference gets on',
    { existingCustomer: { customerNumber: '1' } },
    { mapsIdentities: false },
  ],
  [
    '5.7',
    'existingCustomer: Payway opens',
    { kind: 'business', company: COMPANY, existingCustomer: { customerNumber: '1' } },
    {},
  ],
  ['14.5', 'existingCustomer.customerNumber:', { existingCustomer: { customerNumber: '12345678901' } }, {}],
  ['14.5', 'existingCustomer.customerNumber:', { existingCustomer: { customerNumber: 'A 1' } }, {}],
  ['3.3', 'existingCustomer.customerNumber:', { existingCustomer: { customerNumber: '__unset__' } }, {}],
  ['5.7', 'existingCustomer.zipCode:', { existingCustomer: { customerNumber: '1', zipCode: '275678' } }, {}],
  ['5.7', 'existingCustomer.zipCode:', { existingCustomer: { customerNumber: '1', zipCode: ' ' } }, {}],
  ['8.2', 'awaitEmailVerified:', { awaitEmailVerified: true }, { requireVerification: false }],
  ['5.0', 'identification: Payway has no eID', { identification: EID }, {}],
  ['5.0', 'ssnMonitoring: Payway has no SSN monitoring', { ssnMonitoring: true }, {}],
  ['5.0', 'watchlists: Payway has none', { watchlists: [{ kind: 'email', value: 'a@example.com' }] }, {}],
  ['10', 'members: a single account has none', { kind: 'single', members: [member('bo@example.com')] }, {}],
  ['10', 'members: Payway shares a subscription', { members: [member('bo@example.com')] }, {}],
  ['10', 'members[0].person.email: the invitation', { members: [member()], planId: 'digital' }, {}],
  ['10', 'members[0].person.email: Payway takes no', { members: [member('bo@1.2.se')], planId: 'digital' }, {}],
  ['10', 'members[0].person.email: each account', { members: [member('ANNA@example.com')], planId: 'digital' }, {}],
  [
    '10',
    'members[1].person.email: each account',
    { members: [member('b@example.com'), member('B@example.com')], planId: 'digital' },
    {},
  ],
  ['3.3', 'reference: neither it nor planId', { reference: '__UNSET__' }, {}],
  ['3.3', 'reference: neither it nor planId', { planId: '__unset__' }, {}],
  ['3.3', 'person: the names hold the word', { person: { ...PERSON, firstName: '__UNSET__' } }, {}],
  ['3.3', 'person: the names hold the word', { kind: 'business', company: { ...COMPANY, name: ' __unset__ ' } }, {}],
])('%s: refuses with "%s"', (_, start, request, tenant) => {
  const sentence = brokenRule({ ...FAMILY, ...request }, { ...TENANT, ...tenant });
  expect(sentence).toMatch(/^[\w.[\]]+: [^;]+; .+\.$/);
  expect(sentence?.startsWith(start)).toBe(true);
});

test('the example of an existing customer keeps the rules, and its zip code is sent without its blank (5.7)', () => {
  const example = checkRequest(JSON.parse(readFileSync('examples/existing-customer.json', 'utf8')));
  expect(brokenRule(example, TENANT)).toBeUndefined();
  expect(inVendorForms(example).existingCustomer).toEqual({ customerNumber: 'A-4711', zipCode: '27567' });
});

test('no sentence repeats a value', () => {
  const broken = [{ firstName: '' }, { email: 'canary' }, { phone: 'canary' }, { ssn: 'canary' }];
  for (const part of broken) {
    const sentence = brokenRule({ ...FAMILY, person: { ...PERSON, ...part } }, TENANT);
    expect(sentence).toBeDefined();
    expect(sentence).not.toContain('canary');
  }
});
