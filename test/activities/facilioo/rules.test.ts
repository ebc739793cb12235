import type { OnboardingRequest } from '../../../contract/request.ts';
import { brokenRule } from '../../../activities/facilioo/rules.ts';
import type { Tenant } from '../../../activities/facilioo/rules.ts';
import { requestFor } from './desk.ts';

const TENANT: Tenant = { accountGroupId: 12, partyId: undefined, createParties: false };
const { person } = requestFor();
const MEMBER = { reference: 'm1', person };
const long = (length: number) => 'r'.repeat(length);
const broken = (request: Partial<OnboardingRequest>, tenant: Partial<Tenant> = {}) =>
  brokenRule({ ...requestFor(), ...request }, { ...TENANT, ...tenant });

test.each<[string, Partial<OnboardingRequest>, Partial<Tenant>]>([
  ['the plain request', {}, {}],
  ['4.2 row 11: a reference of 50 characters', { reference: long(50) }, {}],
  ['4.2 row 1: an address with signs in it', { person: { ...person, email: "o'brien&sons@b.de" } }, {}],
  ['4.2 row 1: an address with blanks around, which are not sent', { person: { ...person, email: ' a@b.de ' } }, {}],
  ['4.2 row 3: no first name', { person: { ...person, firstName: '' } }, {}],
  ['4.2 row 7: the greatest group id', { planId: '2147483647' }, {}],
  ['4.2 row 7: a group of the request, none configured', { planId: '7' }, { accountGroupId: undefined }],
  ['4.2 row 2: a configured party', { holderId: undefined } as object, { partyId: 1 }],
  ['6: a party to be made', { holderId: undefined } as object, { createParties: true }],
  ['5: a signal for the activation', { awaitEmailVerified: true }, {}],
  ['lists and wishes that ask for nothing', { members: [], watchlists: [], ssnMonitoring: false }, {}],
])('%s keeps the rules', (_, request, tenant) => {
  expect(broken(request, tenant)).toBeUndefined();
});

test.each<[string, string, Partial<OnboardingRequest>, Partial<Tenant>?]>([
  ['4.2 row 11', 'reference: facilioo keeps it as external id of at most 50', { reference: long(51) }],
  ['4.1', 'kind: a facilioo account is one person’s', { kind: 'family' }],
  ['4.1', 'kind: ', { kind: 'business' }],
  ['4.1', 'company: ', { company: { name: 'C', organizationNumber: '1' } }],
  ['4.2 row 4', 'person.lastName: ', { person: { ...person, lastName: ' ' } }],
  ['4.2 row 1', 'person.email: ', { person: { firstName: 'A', lastName: 'B' } }],
  ['4.2 row 1', 'person.email: ', { person: { ...person, email: 'nobody' } }],
  ['4.2', 'person.ssn: ', { person: { ...person, ssn: '19900101-1234' } }],
  ['4.2', 'person.phone: ', { person: { ...person, phone: '+4930123456' } }],
  ['4.2 row 7', 'planId: facilioo needs the account group', {}, { accountGroupId: undefined }],
  ['4.2 row 7', 'planId: it is the id', { planId: 'gold' }],
  ['2', 'planId: it is the id', { planId: '2147483648' }],
  ['2', 'planId: it is the id', { planId: '0' }],
  ['2', 'planId: it is the id', { planId: '1e3' }],
  ['4.2 row 2', 'holderId: each facilioo account belongs to a party', { holderId: undefined } as object],
  ['4.2 row 2', 'holderId: it is the id', { holderId: 'erika' }],
  ['4.1', 'members: facilioo has none', { members: [MEMBER] }],
  ['4', 'existingCustomer: ', { existingCustomer: { customerNumber: '7' } }],
  ['10', 'identification: ', { identification: { scheme: 'BANKID', returnUrl: 'https://bank.example' } }],
  ['10', 'ssnMonitoring: ', { ssnMonitoring: true }],
  ['10', 'watchlists: ', { watchlists: [{ kind: 'email', value: 'a@b.de' }] }],
])('section %s: refuses with "%s"', (...[, start, request, tenant]) => {
  const sentence = broken(request, tenant);
  expect(sentence).toMatch(/^[\w.[\]]+: [^;]+; .+\.$/);
  expect(sentence?.startsWith(start)).toBe(true);
});

test('no sentence repeats a value', () => {
  const values = { planId: 'canary', holderId: 'canary' };
  for (const [field, value] of Object.entries(values)) expect(broken({ [field]: value })).not.toContain('canary');
  expect(broken({ person: { ...person, email: 'canary' } })).not.toContain('canary');
});
