import type { OnboardingRequest, Person } from '../../contract/request.ts';
import { notCarried, type Carries } from '../carried.ts';
import { firstBroken } from '../rule.ts';
import type { Rule } from '../rule.ts';
import { entityId } from './config.ts';
import type { FaciliooConfig } from './config.ts';

export type Tenant = Pick<FaciliooConfig, 'accountGroupId' | 'partyId' | 'createParties'>;

type Given = [request: OnboardingRequest, tenant: Tenant];

const LONGEST_EXTERNAL_ID = 50;
/** More is looked at before a request comes here; facilioo documents no pattern of its own. */
const isAddress = (text = '') => /^[^@\s]+@[^@\s]+$/.test(text.trim());
const isEntityId = (text: string) => /^\d+$/.test(text) && entityId.safeParse(text).success;

const REQUEST: Carries<OnboardingRequest> = {
  provider: 'carried',
  reference: 'carried',
  kind: 'carried',
  person: 'carried',
  company: 'company: facilioo keeps companies as parties; leave it out, and name the party by holderId.',
  planId: 'carried',
  holderId: 'carried',
  existingCustomer:
    'existingCustomer: facilioo has no subscription system whose customers it knows; leave it out, a party is named by holderId.',
  awaitEmailVerified: 'carried',
  members: 'members: facilioo has none, a user’s party holds one account; onboard each person singly.',
  identification: 'identification: facilioo has no eID; leave it out.',
  ssnMonitoring: 'ssnMonitoring: facilioo monitors nothing; leave it out.',
  watchlists: 'watchlists: facilioo has none; leave them out.',
  address: 'address: facilioo keeps addresses at the party; leave it out.',
  tags: 'tags: facilioo has no tags; leave them out.',
  accountOrigin: 'accountOrigin: facilioo has no field for it; leave it out.',
  createdFromSource: 'createdFromSource: facilioo has no field for it; leave it out.',
  externalIds: 'externalIds: facilioo has no ids but the reference; leave them out.',
  requireVerification: 'requireVerification: facilioo has no such switch; leave it out.',
  theme: 'carried',
  policy: 'carried',
};

const PERSON: Carries<Person> = {
  firstName: 'carried',
  lastName: 'carried',
  email: 'carried',
  phone: 'person.phone: facilioo takes no phone number at creation; leave it out.',
  ssn: 'person.ssn: facilioo takes no national ID; leave it out.',
  countryCode: 'needless',
  languageCode: 'needless',
  birthDate: 'person.birthDate: facilioo takes none; leave it out.',
};

/** facilioo's rules for a request, in the order in which a person would correct them (contract, sections 4.1, 4.2 and 5). */
const RULES: Rule<Given>[] = [
  ({ reference }) =>
    reference.length > LONGEST_EXTERNAL_ID
      ? `reference: facilioo keeps it as external id of at most ${LONGEST_EXTERNAL_ID} characters; use a shorter reference.`
      : undefined,
  ({ kind }) =>
    kind === 'single' ? undefined : 'kind: a facilioo account is one person’s access; ask for kind single.',
  (request) => notCarried(REQUEST, request),
  ({ person }) =>
    person.lastName.trim() ? undefined : 'person.lastName: facilioo needs it and never changes it; give a last name.',
  ({ person }) =>
    isAddress(person.email)
      ? undefined
      : 'person.email: facilioo needs it, the person logs in with it; give a valid e-mail address.',
  ({ person }) => notCarried(PERSON, person),
  ({ planId }, tenant) =>
    planId === undefined && tenant.accountGroupId === undefined
      ? 'planId: facilioo needs the account group, which gives the permissions; name its id, or set FACILIOO_ACCOUNT_GROUP_ID.'
      : undefined,
  ({ planId }) =>
    planId === undefined || isEntityId(planId)
      ? undefined
      : 'planId: it is the id of a facilioo account group, a positive whole number; give its number.',
  ({ holderId }, tenant) =>
    holderId === undefined && tenant.partyId === undefined && !tenant.createParties
      ? 'holderId: each facilioo account belongs to a party; name its id, or set FACILIOO_PARTY_ID.'
      : undefined,
  ({ holderId }) =>
    holderId === undefined || isEntityId(holderId)
      ? undefined
      : 'holderId: it is the id of a facilioo party, a positive whole number; give its number.',
];

/** The sentence about the first broken rule: field, rule, remedy, no values. `undefined` when the request keeps them all. */
export function brokenRule(...given: Given): string | undefined {
  return firstBroken(RULES, ...given);
}
