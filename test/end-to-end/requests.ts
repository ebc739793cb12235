import { randomUUID } from 'node:crypto';
import type { PolicyOverrides } from '../../contract/policy.ts';
import type { OnboardingRequest } from '../../contract/request.ts';

const pace = { firstPoll: 'PT1S', maxPoll: 'PT1S' };

/** The quickest that a request may ask for, so that no test waits for a pace made for days. */
export const QUICK = {
  emailVerified: pace,
  identification: pace,
  memberAccepted: pace,
  attention: { retryEvery: 'PT1S' },
} satisfies PolicyOverrides;

let people = 0;

/** Somebody nobody has met yet. */
export function newPerson() {
  people += 1;
  return { firstName: 'Ada', lastName: 'Berg', email: `person-${people}@example.com` };
}

function newSsn(): string {
  people += 1;
  // Not of the year of which the sandbox invents those that an eID brings.
  return `19800101-${String(people).padStart(4, '0')}`;
}

export function singleRequest(changes: Partial<OnboardingRequest> = {}) {
  const { policy, ...rest } = changes;
  return {
    provider: 'defentry',
    reference: `c-${randomUUID()}`,
    kind: 'single',
    person: { ...newPerson(), ssn: newSsn() },
    ...rest,
    policy: { ...QUICK, ...policy },
  } satisfies OnboardingRequest;
}

/** Without an SSN, which the person's eID brings. */
export function eidRequest(changes: Partial<OnboardingRequest> = {}) {
  const identification = { scheme: 'BANKID', returnUrl: 'https://bank.example.com/identified' } as const;
  return singleRequest({ person: newPerson(), identification, ...changes });
}

/** One request that makes every call there is but the eID: account, member, invitation, monitoring, both watchlists. */
export function familyRequest(changes: Partial<OnboardingRequest> = {}) {
  return singleRequest({
    kind: 'family',
    members: [{ reference: 'm1', person: newPerson() }],
    ssnMonitoring: true,
    watchlists: [
      { kind: 'email', value: 'watched@example.com' },
      { kind: 'phone', value: '+46701234567' },
    ],
    ...changes,
  });
}
