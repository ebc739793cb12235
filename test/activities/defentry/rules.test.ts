import type { OnboardingRequest } from '../../../contract/request.ts';
import { PROVIDER_CAPABILITIES } from '../../../contract/provider-capabilities.ts';
import { brokenRule } from '../../../activities/defentry/rules.ts';
import type { Tenant } from '../../../activities/defentry/rules.ts';
import { WATCHED } from './watched.ts';

const CAPABILITIES = PROVIDER_CAPABILITIES.defentry;

const TENANT: Tenant = {
  ssnRequired: false,
  ssnForm: 'swedish',
  planId: undefined,
  planRequired: false,
  capabilities: CAPABILITIES,
};
const PERSON = { firstName: 'Anna', lastName: 'Berg', email: 'anna@example.com' };
const SSN = '19900101-1234';
/** Ten digits, a Finnish, a Norwegian and a Danish one, an interim one, and days that there are not. */
const NOT_TAKEN = [
  '900101-1234 9001011234 131052-308T 131052Y308T 01019012345 010190-1234 19900101-T123',
  '19900230-1234 19901301-1234 19900192-1234 19900160-1234 15900101-1234',
].flatMap((line) => line.split(' '));
const EID = { scheme: 'BANKID', returnUrl: 'https://bank.example/back' } as const;
const FAMILY: OnboardingRequest = { provider: 'defentry', reference: 'r1', kind: 'family', person: PERSON };
const member = (email?: string) => ({
  reference: 'm1',
  person: { firstName: 'Bo', lastName: 'Berg', ...(email ? { email } : {}) },
});

test.each<[string, Partial<OnboardingRequest>, Partial<Tenant>]>([
  ['the plain request', {}, {}],
  ['a phone instead of an e-mail', { person: { firstName: 'A', lastName: 'B', phone: '+46701234567' } }, {}],
  ['a business', { kind: 'business', company: { name: 'C', organizationNumber: '556468-3984' } }, {}],
  ['members', { members: [member('bo@example.com')] }, {}],
  ['an eID', { identification: EID, ssnMonitoring: true }, {}],
  [
    'an eID that is not needed',
    { person: { ...PERSON, ssn: SSN }, identification: EID },
    { capabilities: { ...CAPABILITIES, identification: [] } },
  ],
  ['an SSN where it is required', { person: { ...PERSON, ssn: SSN }, ssnMonitoring: true }, { ssnRequired: true }],
  ['an SSN without a hyphen', { person: { ...PERSON, ssn: '199001011234' } }, {}],
  ['a coordination number', { person: { ...PERSON, ssn: '19900161-1234' } }, {}],
  ['a Finnish SSN where the vendor takes it', { person: { ...PERSON, ssn: '131052-308T' } }, { ssnForm: 'any' }],
  ['a plan', { planId: '12' }, { planRequired: true }],
  ['a configured plan', {}, { planRequired: true, planId: 1 }],
  ['watchlists', { watchlists: WATCHED }, {}],
])('%s keeps the rules', (_, request, tenant) => {
  expect(brokenRule({ ...FAMILY, ...request }, { ...TENANT, ...tenant })).toBeUndefined();
});

test.each<[string, Partial<OnboardingRequest>, Partial<Tenant>]>([
  ['person.firstName:', { person: { ...PERSON, firstName: ' ' } }, {}],
  ['person.firstName: Defentry needs it', { person: { lastName: 'B', email: 'anna@example.com' } }, {}],
  ['person.lastName:', { person: { ...PERSON, lastName: '' } }, {}],
  ['person.email: Defentry needs an e-mail address or a phone', { person: { firstName: 'A', lastName: 'B' } }, {}],
  ['holderId:', { holderId: '7' }, {}],
  ['existingCustomer:', { existingCustomer: { customerNumber: '7' } }, {}],
  ['planId: a Defentry plan is a positive whole number', { planId: 'gold' }, {}],
  ['planId: a Defentry plan is a positive whole number', { planId: '0' }, {}],
  ['planId: this Defentry tenant bills by plan', {}, { planRequired: true }],
  ['person.ssn: this Defentry tenant takes no account without an SSN', { identification: EID }, { ssnRequired: true }],
  ...NOT_TAKEN.map((ssn): [string, Partial<OnboardingRequest>, Partial<Tenant>] => [
    'person.ssn: Defentry takes the Swedish form with all twelve digits',
    { person: { ...PERSON, ssn } },
    {},
  ]),
  [
    'members[1].person.ssn: Defentry takes the Swedish form',
    { members: [member('bo@example.com'), { reference: 'm2', person: { ...PERSON, ssn: '900101-1234' } }] },
    {},
  ],
  ['ssnMonitoring: there is no SSN to monitor', { ssnMonitoring: true }, {}],
  [
    'identification: the eID is not configured',
    { identification: EID },
    { capabilities: { ...CAPABILITIES, identification: [] } },
  ],
  [
    'identification.scheme: Defentry knows MITID;',
    { identification: EID },
    { capabilities: { ...CAPABILITIES, identification: ['MITID'] } },
  ],
  [
    'identification: Defentry lets a person identify by e-mail',
    { identification: EID, person: { firstName: 'A', lastName: 'B', phone: '+46' } },
    {},
  ],
  ['company: a business account needs', { kind: 'business' }, {}],
  ['company: a business account needs', { kind: 'business', company: { name: 'C', organizationNumber: '' } }, {}],
  ['company: a family account has none', { company: { name: 'C', organizationNumber: '1' } }, {}],
  ['members: a single account has none', { kind: 'single', members: [member('bo@example.com')] }, {}],
  ['members[0].person.email: the invitation goes there', { members: [member()] }, {}],
  ['members[0].person.email: each account needs an address', { members: [member('ANNA@example.com')] }, {}],
  [
    'members[1].person.email: each account needs an address',
    { members: [member('b@example.com'), member('B@example.com')] },
    {},
  ],
  [
    'watchlists[2].kind: Defentry has no such watchlist here; use one of email, phone, or name it in DEFENTRY_WATCHLISTS',
    { watchlists: WATCHED },
    { capabilities: { ...CAPABILITIES, watchlists: ['email', 'phone'] } },
  ],
])('3.1, 1.5: refuses with "%s"', (start, request, tenant) => {
  const sentence = brokenRule({ ...FAMILY, ...request }, { ...TENANT, ...tenant });
  expect(sentence).toMatch(/^[\w.[\]]+: [^;]+; .+\.$/);
  expect(sentence?.startsWith(start)).toBe(true);
});

test('no sentence repeats a value', () => {
  const canary = 'canary';
  const person = { firstName: canary, lastName: canary, email: canary, ssn: canary };
  const members = [{ reference: 'm1', person }];
  const sentence = brokenRule({ ...FAMILY, person, planId: canary, members }, TENANT);
  expect(sentence).toBeDefined();
  expect(brokenRule({ ...FAMILY, person, members }, TENANT)).not.toContain(canary);
  expect(sentence).not.toContain(canary);
});
