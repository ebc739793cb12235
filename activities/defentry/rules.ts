import type { Capabilities } from '../../contract/capabilities.ts';
import type { OnboardingRequest, Person } from '../../contract/request.ts';
import { hasSwedishDate } from '../shared/swedish-number.ts';
import { notCarried, type Carries } from '../carried.ts';
import { firstBroken, type Rule } from '../rule.ts';
import type { DefentryConfig } from './config.ts';

/** What a deployment's rules depend on. */
export interface Tenant extends Pick<DefentryConfig, 'ssnRequired' | 'ssnForm' | 'planId' | 'planRequired'> {
  capabilities: Capabilities;
}

const REQUEST: Carries<OnboardingRequest> = {
  provider: 'carried',
  reference: 'carried',
  kind: 'carried',
  person: 'carried',
  company: 'carried',
  planId: 'carried',
  holderId: 'holderId: a Defentry account has no holder besides its own person; leave it out.',
  existingCustomer: 'existingCustomer: Defentry has no subscription system whose customers it knows; leave it out.',
  awaitEmailVerified: 'carried',
  members: 'carried',
  identification: 'carried',
  ssnMonitoring: 'carried',
  watchlists: 'carried',
  address: 'address: Defentry takes none; leave it out.',
  tags: 'tags: Defentry has no tags; leave them out.',
  accountOrigin: 'accountOrigin: Defentry has no field for it; leave it out.',
  createdFromSource: 'createdFromSource: Defentry has no field for it; leave it out.',
  externalIds: 'externalIds: Defentry has no ids but the reference; leave them out.',
  requireVerification: 'requireVerification: Defentry has no such switch; leave it out.',
  theme: 'theme: Defentry has no theme; leave it out.',
  policy: 'carried',
};

/** Of the customer and of members. */
const PERSON: Carries<Person> = {
  firstName: 'carried',
  lastName: 'carried',
  email: 'carried',
  phone: 'carried',
  ssn: 'carried',
  countryCode: 'carried',
  languageCode: 'carried',
  birthDate: 'person.birthDate: Defentry takes none; leave it out.',
};

/** The vendor's rules for a request, in the order in which a person would correct them (Defentry contract, sections 3 and 1.5). */
const RULES: Rule<[request: OnboardingRequest, tenant: Tenant]>[] = [
  ({ person }) => names(person, 'person'),
  ({ person }) =>
    person.email || person.phone
      ? undefined
      : 'person.email: Defentry needs an e-mail address or a phone; give one of them.',
  (request) => notCarried(REQUEST, request) ?? notCarried(PERSON, request.person),
  ({ planId }) => (planId === undefined ? undefined : planRule(planId)),
  ({ planId }, tenant) =>
    planId === undefined && tenant.planId === undefined && tenant.planRequired
      ? 'planId: this Defentry tenant bills by plan; name a plan, or set DEFENTRY_PLAN_ID.'
      : undefined,
  ({ person }, { ssnRequired }) =>
    !person.ssn && ssnRequired
      ? 'person.ssn: this Defentry tenant takes no account without an SSN; give it, or set DEFENTRY_SSN_REQUIRED=false once Defentry has made it optional.'
      : undefined,
  ({ person, members = [] }, { ssnForm }) => {
    if (ssnForm === 'any') return undefined;
    const people = [
      { path: 'person', person },
      ...members.map(({ person }, index) => ({ path: `members[${index}].person`, person })),
    ];
    const unfit = people.find(({ person: { ssn } }) => ssn !== undefined && !isTwelveDigits(ssn));
    return unfit && `${unfit.path}.ssn: ${SSN_FORM}`;
  },
  ({ person, ssnMonitoring, identification }) =>
    !person.ssn && ssnMonitoring && !identification
      ? 'ssnMonitoring: there is no SSN to monitor; give person.ssn, or ask for an identification that brings it.'
      : undefined,
  identificationRule,
  ({ kind, company }) =>
    kind === 'business' && !(company?.name && company.organizationNumber)
      ? 'company: a business account needs name and organizationNumber; give both.'
      : undefined,
  ({ kind, company }) =>
    kind !== 'business' && company
      ? `company: a ${kind} account has none; leave it out, or ask for kind business.`
      : undefined,
  ({ kind, members }) =>
    kind === 'single' && members?.length
      ? 'members: a single account has none; ask for kind family or business.'
      : undefined,
  memberRule,
  ({ watchlists = [] }, { capabilities }) => {
    const index = watchlists.findIndex((item) => !capabilities.watchlists.includes(item.kind));
    return index < 0 ? undefined : watchlistSentence(`watchlists[${index}]`, capabilities);
  },
];

/** Section 3.1: the form of the example, and the same without the hyphen. Its check digit does not fit, so that is not looked at. */
function isTwelveDigits(ssn: string): boolean {
  return /^\d{8}-?\d{4}$/.test(ssn) && hasSwedishDate(ssn);
}

const SSN_FORM =
  'Defentry takes the Swedish form with all twelve digits, YYYYMMDD-NNNN, of a day that there is; give it so, or set DEFENTRY_SSN_FORM=any once Defentry takes others.';

/** The sentence about the first broken rule: field, rule, remedy, no values. `undefined` when the request keeps them all. */
export function brokenRule(request: OnboardingRequest, tenant: Tenant): string | undefined {
  return firstBroken(RULES, request, tenant);
}

function names({ firstName, lastName }: Partial<Person>, path: string): string | undefined {
  if (!firstName?.trim()) return `${path}.firstName: Defentry needs it; give a first name.`;
  if (!lastName?.trim()) return `${path}.lastName: Defentry needs it; give a last name.`;
  return undefined;
}

export function planRule(planId: string): string | undefined {
  return /^[1-9]\d{0,8}$/.test(planId)
    ? undefined
    : 'planId: a Defentry plan is a positive whole number; give its number.';
}

export function watchlistSentence(path: string, { watchlists }: Capabilities): string {
  return `${path}.kind: Defentry has no such watchlist here; use one of ${watchlists.join(', ')}, or name it in DEFENTRY_WATCHLISTS once Defentry has it.`;
}

/** What a person needs to be added and invited as a member. */
export function inviteeRule(person: Person, path: string): string | undefined {
  const unnamed = names(person, path);
  if (unnamed) return unnamed;
  return person.email ? undefined : `${path}.email: the invitation goes there; give an e-mail address.`;
}

export function sharedAddress(path: string): string {
  return `${path}.email: each account needs an address of its own; give another one.`;
}

/** An app token is issued by e-mail address, so without one there is no way into the eID (sections 1.5 and 4). */
function identificationRule(
  { person, identification }: OnboardingRequest,
  { capabilities }: Tenant,
): string | undefined {
  if (!identification || person.ssn) return undefined;
  if (capabilities.identification.length === 0) {
    return 'identification: the eID is not configured here; set DEFENTRY_EID_START_PATH and DEFENTRY_EID_STATUS_PATH, or give person.ssn.';
  }
  if (!capabilities.identification.includes(identification.scheme)) {
    return `identification.scheme: Defentry knows ${capabilities.identification.join(', ')}; use one of them.`;
  }
  return person.email
    ? undefined
    : 'identification: Defentry lets a person identify by e-mail address only; give person.email, or person.ssn.';
}

function memberRule({ person, members = [] }: OnboardingRequest): string | undefined {
  const seen = new Set([person.email?.toLowerCase()]);
  for (const [index, member] of members.entries()) {
    const path = `members[${index}].person`;
    const unfit = inviteeRule(member.person, path);
    if (unfit) return unfit;
    const email = member.person.email?.toLowerCase();
    if (seen.has(email)) return sharedAddress(path);
    seen.add(email);
  }
  return undefined;
}
