import type { KnownAccount } from './account.ts';
import type { IsoDuration } from './duration.ts';
import type { Policy } from './policy.ts';
import type { Accountable, AttentionProgress, StepProgress, WaitProgress } from './progress.ts';
import type { ProviderName } from './request.ts';

export const OFFBOARDING_STEPS = [
  'findAccount',
  'deactivateAccount',
  'keepAccount',
  'removeMembers',
  'removeWatchlistItems',
  'disableSsnMonitoring',
  'removeAccount',
  'proveRemoval',
] as const;
export type OffboardingStepName = (typeof OFFBOARDING_STEPS)[number];

/** How long an offboarding keeps the deactivated account, so that a mistake can be taken back. */
export const DEFAULT_KEEP_FOR: IsoDuration = 'P30D';

export interface OffboardingRequest extends KnownAccount, Accountable {
  /** How long the deactivated account is kept before it is removed, by default `DEFAULT_KEEP_FOR`; `PT0S` removes at once. */
  keepFor?: IsoDuration;
  policy?: {
    attention?: Partial<Policy['attention']>;
    undoWithin?: IsoDuration;
    /** How long after the removal the customer's histories stay in Temporal, by default `DEFAULT_ERASE_AFTER`. */
    eraseAfter?: IsoDuration;
  };
}

/**
 * `removed` the account is gone · `deactivated` the provider cannot remove it · `kept` the provider can do neither · `nothing-there` no account
 * of ours was found · `brought-back` a cancel during the waiting time activated it again · `aborted` by an operator or a cancel.
 */
export const OFFBOARDING_OUTCOMES = [
  'removed',
  'deactivated',
  'kept',
  'nothing-there',
  'brought-back',
  'aborted',
] as const;
export type OffboardingOutcome = (typeof OFFBOARDING_OUTCOMES)[number];

/** After these there is nothing left to do. */
export const FINAL_OUTCOMES: readonly OffboardingOutcome[] = ['removed', 'deactivated'];

/** What was removed, when, and what the provider cannot remove; without personal data. */
export interface ErasureRecord {
  provider: ProviderName;
  reference: string;
  accountId?: string;
  outcome: OffboardingOutcome;
  removed: Removal[];
  /**
   * What is left or not proven to be gone, by step and failure code. `NotSupported`: the provider documents no way; `NotReadable`: it does
   * not show whether there is any; `StillThere`: it shows what it said it had removed; `Cancelled`: a cancel came into the
   * step; `skipped` by an operator.
   */
  remainder: { step: OffboardingStepName; code: string }[];
  /** Of a removed account: the run that deletes the customer's histories from Temporal, and when it begins. Its own record says what went. */
  histories?: { workflowId: string; dueAt: string };
  /** Why it was aborted. */
  reason?: { code: string; sentence?: string };
}

export const REMOVABLE = ['member', 'watchlist-item', 'ssn-monitoring', 'access', 'account'] as const;

export interface Removal {
  what: (typeof REMOVABLE)[number];
  count: number;
  at: string;
}

/** The answer of the `offboardingProgress` query: what the record says so far, and what the run is at. */
export interface OffboardingProgress extends Omit<ErasureRecord, 'outcome' | 'reason' | 'histories'> {
  outcome?: OffboardingOutcome;
  steps: StepProgress<OffboardingStepName>[];
  wait?: WaitProgress;
  attention?: AttentionProgress;
  next: string;
}
