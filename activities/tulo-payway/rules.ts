import type { OnboardingRequest, Person } from '../../contract/request.ts';
import { notCarried, type Carries } from '../carried.ts';
import { firstBroken } from '../rule.ts';
import { isSwedishOrFinnishCompany, isSwedishPerson } from '../shared/swedish-number.ts';
import type { Rule } from '../rule.ts';
import { requiresVerification } from './body.ts';
import type { TuloPaywayConfig } from './config.ts';
import { MAPPING_SCOPE } from './config.ts';
import { FIELD_RULES } from './field-rules.ts';
import {
  companyNumber,
  isCustomerNumber,
  isEmail,
  isPackageCode,
  isText,
  mobile,
  ssnForCreation,
  zipCode,
} from './fields.ts';
import { isUnset } from './resources/documented.ts';

export type Tenant = Pick<TuloPaywayConfig, 'externalIdKey' | 'mapsIdentities' | 'packageCode' | 'requireVerification'>;

const REQUEST: Carries<OnboardingRequest> = {
  provider: 'carried',
  reference: 'carried',
  kind: 'carried',
  person: 'carried',
  company: 'carried',
  planId: 'carried',
  holderId:
    'holderId: Payway knows customers by the number of their subscription system; leave it out, and give existingCustomer.',
  existingCustomer: 'carried',
  awaitEmailVerified: 'carried',
  members: 'carried',
  identification: 'carried',
  ssnMonitoring: 'ssnMonitoring: Payway has no SSN monitoring; leave it out.',
  address: 'carried',
  watchlists: 'watchlists: Payway has none; leave them out.',
  tags: 'carried',
  accountOrigin: 'carried',
  createdFromSource: 'carried',
  externalIds: 'carried',
  requireVerification: 'carried',
  theme: 'theme: Payway has no theme; leave it out.',
  policy: 'carried',
};

const PERSON: Carries<Person> = {
  firstName: 'carried',
  lastName: 'carried',
  email: 'carried',
  phone: 'carried',
  ssn: 'carried',
  countryCode: 'needless',
  languageCode: 'needless',
  birthDate: 'carried',
};

/** The vendor's rules for a request, in the order in which a person would correct them (Tulo Payway contract, sections 5.1, 10 and 14). */
const RULES: Rule<[OnboardingRequest, Tenant]>[] = [
  ({ person }) => names(person),
  ({ person }) =>
    person.email === undefined
      ? 'person.email: it is the login name; give an e-mail address.'
      : emailRule(person.email, 'person.email'),
  ({ person: { phone } }) => (phone === undefined ? undefined : phoneRule(phone, 'person.phone')),
  ({ person: { ssn, countryCode } }) =>
    ssn !== undefined && (ssnForCreation(ssn) === undefined || !isSwedishPerson(ssn, countryCode))
      ? 'person.ssn: Payway takes Swedish numbers only, YYYYMMDDNNNN, or YYMMDD-NNNN with a check digit that fits and no other country; give one of them, or leave it out.'
      : undefined,
  companyRule,
  ({ person, company, address }) =>
    address && !company && person.firstName === undefined
      ? 'person.firstName: an address at Payway needs it; give a first name, or leave the address out.'
      : undefined,
  ({ planId }) => (planId === undefined ? undefined : planRule(planId)),
  (request) => notCarried(REQUEST, request) ?? notCarried(PERSON, request.person),
  customerRule,
  ...FIELD_RULES,
  (request, tenant) =>
    request.awaitEmailVerified && !requiresVerification(request, tenant)
      ? 'awaitEmailVerified: accounts are created as verified here; give requireVerification, set TULO_PAYWAY_REQUIRE_VERIFICATION=true, or leave it out.'
      : undefined,
  ({ identification, person }) =>
    identification && person.ssn === undefined
      ? 'identification: Payway has no eID; give person.ssn, or leave it out.'
      : undefined,
  memberRule,
  ({ reference, planId, person: { birthDate }, address, tags, accountOrigin, createdFromSource, externalIds }) =>
    textsIn([reference, planId, birthDate, address, tags, accountOrigin, createdFromSource, externalIds]).some(isUnset)
      ? 'reference: neither it nor planId, address, tags and ids may hold the word by which Payway clears a value; use another one.'
      : undefined,
  ({ person, company }) =>
    [person.firstName, person.lastName, company?.name].some((text) => text !== undefined && isUnset(text))
      ? 'person: the names hold the word by which Payway clears a value; give real names.'
      : undefined,
];

/** The sentence about the first broken rule: field, rule, remedy, no values. `undefined` when the request keeps them all. */
export function brokenRule(request: OnboardingRequest, tenant: Tenant): string | undefined {
  return firstBroken(RULES, request, tenant);
}

export function planRule(planId: string): string | undefined {
  return isPackageCode(planId)
    ? undefined
    : 'planId: a Payway package code is 1 to 50 letters, digits, "-" or "_"; give the code of the package.';
}

export function phoneRule(phone: string, path: string): string | undefined {
  return mobile(phone) === undefined
    ? `${path}: Payway takes a mobile number of 10 to 12 characters, with country code or in the national form; give another one, or leave it out.`
    : undefined;
}

/** A member is known by the address alone. */
export function inviteeRule({ email }: Person, path: string): string | undefined {
  return email === undefined
    ? `${path}.email: the invitation goes there; give an e-mail address.`
    : emailRule(email, `${path}.email`);
}

export function sharedAddress(path: string): string {
  return `${path}.email: each account needs an address of its own; give another one.`;
}

/** Every text in it, whatever holds it. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function names({ firstName, lastName }: Person): string | undefined {
  return (
    (firstName === undefined ? undefined : nameRule(firstName, 'person.firstName')) ??
    nameRule(lastName, 'person.lastName')
  );
}

export function nameRule(name: string, path: string): string | undefined {
  return isText(name) ? undefined : `${path}: Payway takes 1 to 1024 characters here; correct it.`;
}

export function emailRule(email: string, path: string): string | undefined {
  return isEmail(email)
    ? undefined
    : `${path}: Payway takes no address with special characters before the @, or with digits or hyphens after the first dot behind it; give another address.`;
}

function companyRule({ kind, company, person }: OnboardingRequest): string | undefined {
  if (kind !== 'business') {
    return company ? `company: a ${kind} account has none; leave it out, or ask for kind business.` : undefined;
  }
  if (!company || !isText(company.name))
    return 'company: a business account needs name and organizationNumber; give both.';
  const { organizationNumber } = company;
  return companyNumber(organizationNumber) === undefined ||
    !isSwedishOrFinnishCompany(organizationNumber, person.countryCode)
    ? 'company.organizationNumber: Payway takes a Swedish (dddddd-dddd) or Finnish (ddddddd-d) number whose check digit fits; give one of them.'
    : undefined;
}

/** What an activation needs (sections 5.7, 11 and 14.5). */
function customerRule({ existingCustomer, kind }: OnboardingRequest, { mapsIdentities }: Tenant): string | undefined {
  if (existingCustomer === undefined) return undefined;
  const { customerNumber, zipCode: given } = existingCustomer;
  if (!mapsIdentities) {
    return `existingCustomer: our reference gets on such an account by identity mapping; add ${MAPPING_SCOPE} to TULO_PAYWAY_SCOPES, or leave it out.`;
  }
  if (kind === 'business') {
    return 'existingCustomer: Payway opens such an account for a person, without a company name; ask for kind single or family.';
  }
  if (!isCustomerNumber(customerNumber) || isUnset(customerNumber)) {
    return 'existingCustomer.customerNumber: Payway takes 1 to 10 letters, digits, "-" or "_"; give the number of the subscription system.';
  }
  return given !== undefined && zipCode(given) === undefined
    ? 'existingCustomer.zipCode: Payway takes 1 to 5 characters; give the zip code that the subscription system has, or leave it out.'
    : undefined;
}

/** Members share the customer's subscription, so there must be one, and an address to invite (section 10). */
function memberRule(
  { kind, person, planId, members = [] }: OnboardingRequest,
  { packageCode }: Tenant,
): string | undefined {
  if (members.length === 0) return undefined;
  if (kind === 'single') return 'members: a single account has none; ask for kind family or business.';
  if (planId === undefined && packageCode === undefined) {
    return 'members: Payway shares a subscription with them, and none is asked for; give its package in planId, or set TULO_PAYWAY_PACKAGE_CODE.';
  }
  const seen = new Set([person.email?.toLowerCase()]);
  for (const [index, member] of members.entries()) {
    const path = `members[${index}].person`;
    const sentence = inviteeRule(member.person, path);
    if (sentence) return sentence;
    const address = member.person.email?.toLowerCase();
    if (seen.has(address)) return sharedAddress(path);
    seen.add(address);
  }
  return undefined;
}
