import type { OnboardingRequest } from './request.ts';
import type { AccountEvent } from './runs.ts';

/** Memo key of the request's fingerprint: a start under a taken reference is the same request, or a conflict. Encrypted as every memo. */
export const FINGERPRINT_MEMO = 'requestFingerprint';

/** Text a person reads in the Temporal UI at the top of a run. No personal data, though the codec encrypts it. */
export function startSummary(request: OnboardingRequest): string {
  const members = request.members?.length ?? 0;
  return `Onboard a ${request.kind} customer at ${request.provider}${members > 0 ? ` with ${members} members` : ''}`;
}

export function memberSummary(reference: string): string {
  return `Member ${reference}: add, invite, accepted`;
}

export function deliverySummary({ kind, provider }: Pick<AccountEvent, 'kind' | 'provider'>): string {
  return `Deliver ${kind} from ${provider} to the run of its account`;
}

export function changesSummary(provider: string): string {
  return `Change an account at ${provider}`;
}

export function readingSummary(what: string, provider: string): string {
  return `Read ${what} of an account at ${provider}`;
}

export function offboardingSummary(provider: string): string {
  return `Offboard a customer at ${provider}`;
}

export function erasureSummary(provider: string): string {
  return `Delete the histories of a customer at ${provider}`;
}

export function reconciliationSummary({ provider, reference }: { provider: string; reference?: string }): string {
  return reference === undefined ? `Reconcile all accounts at ${provider}` : `Reconcile one account at ${provider}`;
}
