import type { PolicyOverrides } from '../../contract/policy.ts';
import type { MemberRequest, OnboardingRequest } from '../../contract/request.ts';
import type { Canaries } from './canaries.ts';

const LOOK = { firstPoll: 'PT1S', maxPoll: 'PT1S' } as const;

/** Looks often, repeats at once. */
export const QUICK: PolicyOverrides = {
  emailVerified: LOOK,
  identification: LOOK,
  memberAccepted: LOOK,
  attention: { retryEvery: 'PT1S' },
};

/** The reference of the customer of a path. No canary: it may stand everywhere. */
export function referenceOf(path: string): string {
  return `c-${path}`;
}

export function single(canaries: Canaries, path: string, rest: Partial<OnboardingRequest> = {}): OnboardingRequest {
  const person = { ...canaries.person(path), ssn: canaries.ssn(path) };
  return { provider: 'defentry', reference: referenceOf(path), kind: 'single', person, policy: QUICK, ...rest };
}

export function member(canaries: Canaries, path: string, reference: string): MemberRequest {
  const name = `${path}.${reference}`;
  return { reference, person: { ...canaries.person(name), ssn: canaries.ssn(name) } };
}

/** A request with a value in each field there is. */
export function everything(canaries: Canaries, path: string): OnboardingRequest {
  return single(canaries, path, {
    kind: 'business',
    company: canaries.company(path),
    planId: '1',
    members: [member(canaries, path, 'partner')],
    identification: canaries.identification(path),
    ssnMonitoring: true,
    watchlists: canaries.watchlists(path),
  });
}
