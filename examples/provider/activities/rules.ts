import { z } from 'zod';
import type { OnboardingRequest } from '../../../contract/request.ts';
import { firstBroken } from '../../../activities/rule.ts';
import type { Rule } from '../../../activities/rule.ts';

const email = z.email();

/** The vendor's rules for a request, each with its source, in the order in which a person would correct them. */
const RULES: Rule<[OnboardingRequest]>[] = [
  ({ kind }) => (kind === 'single' ? undefined : 'kind: Skeleton knows single accounts only; ask for kind single.'),
  ({ person }) =>
    email.safeParse(person.email?.trim()).success
      ? undefined
      : 'person.email: Skeleton needs it; give a valid e-mail address.',
  ({ person }) => (person.ssn ? 'person.ssn: Skeleton takes no national ID; leave it out.' : undefined),
  ({ person }) => (person.phone ? 'person.phone: Skeleton takes no phone number; leave it out.' : undefined),
  ({ planId }) => (planId ? 'planId: Skeleton has no plans; leave it out.' : undefined),
  ({ holderId }) => (holderId ? 'holderId: Skeleton has no holders; leave it out.' : undefined),
  ({ existingCustomer }) =>
    existingCustomer ? 'existingCustomer: Skeleton has no customers without an account; leave it out.' : undefined,
  ({ members }) => (members?.length ? 'members: Skeleton has none; onboard each person singly.' : undefined),
  ({ identification }) => (identification ? 'identification: Skeleton has no eID; leave it out.' : undefined),
  ({ ssnMonitoring }) => (ssnMonitoring ? 'ssnMonitoring: Skeleton monitors nothing; leave it out.' : undefined),
  ({ watchlists }) => (watchlists?.length ? 'watchlists: Skeleton has none; leave them out.' : undefined),
];

/** The sentence about the first broken rule: field, rule, remedy, no values. `undefined` when the request keeps them all. */
export function brokenRule(request: OnboardingRequest): string | undefined {
  return firstBroken(RULES, request);
}

/** Addresses are compared and sent without blanks and in small letters. */
export function normalEmail(text: string): string {
  return text.trim().toLowerCase();
}
