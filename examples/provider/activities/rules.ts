import { z } from 'zod';
import type { OnboardingRequest, Person } from '../../../contract/request.ts';
import { notCarried, type Carries } from '../../../activities/carried.ts';
import { firstBroken } from '../../../activities/rule.ts';
import type { Rule } from '../../../activities/rule.ts';

const email = z.email();

/** What becomes of each field of a request; one that is not named here does not compile. */
const REQUEST: Carries<OnboardingRequest> = {
  provider: 'carried',
  reference: 'carried',
  kind: 'carried',
  person: 'carried',
  company: 'company: Skeleton knows no companies; leave it out.',
  planId: 'planId: Skeleton has no plans; leave it out.',
  holderId: 'holderId: Skeleton has no holders; leave it out.',
  existingCustomer: 'existingCustomer: Skeleton has no customers without an account; leave it out.',
  awaitEmailVerified: 'awaitEmailVerified: Skeleton verifies no address; leave it out.',
  members: 'members: Skeleton has none; onboard each person singly.',
  identification: 'identification: Skeleton has no eID; leave it out.',
  ssnMonitoring: 'ssnMonitoring: Skeleton monitors nothing; leave it out.',
  watchlists: 'watchlists: Skeleton has none; leave them out.',
  address: 'address: Skeleton takes none; leave it out.',
  tags: 'tags: Skeleton has no tags; leave them out.',
  accountOrigin: 'accountOrigin: Skeleton has no field for it; leave it out.',
  createdFromSource: 'createdFromSource: Skeleton has no field for it; leave it out.',
  externalIds: 'externalIds: Skeleton has no ids but the reference; leave them out.',
  requireVerification: 'requireVerification: Skeleton has no such switch; leave it out.',
  theme: 'theme: Skeleton has no theme; leave it out.',
  policy: 'carried',
};

const PERSON: Carries<Person> = {
  firstName: 'carried',
  lastName: 'carried',
  email: 'carried',
  phone: 'person.phone: Skeleton takes no phone number; leave it out.',
  ssn: 'person.ssn: Skeleton takes no national ID; leave it out.',
  countryCode: 'needless',
  languageCode: 'needless',
  birthDate: 'person.birthDate: Skeleton takes none; leave it out.',
};

/** The vendor's rules for a request, each with its source, in the order in which a person would correct them. */
const RULES: Rule<[OnboardingRequest]>[] = [
  ({ kind }) => (kind === 'single' ? undefined : 'kind: Skeleton knows single accounts only; ask for kind single.'),
  (request) => notCarried(REQUEST, request),
  ({ person }) => notCarried(PERSON, person),
  ({ person }) =>
    person.firstName === undefined ? 'person.firstName: Skeleton needs it; give a first name.' : undefined,
  ({ person }) =>
    email.safeParse(person.email?.trim()).success
      ? undefined
      : 'person.email: Skeleton needs it; give a valid e-mail address.',
];

/** The sentence about the first broken rule: field, rule, remedy, no values. `undefined` when the request keeps them all. */
export function brokenRule(request: OnboardingRequest): string | undefined {
  return firstBroken(RULES, request);
}

/** Addresses are compared and sent without blanks and in small letters. */
export function normalEmail(text: string): string {
  return text.trim().toLowerCase();
}
