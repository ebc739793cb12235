import type { ChangeKind } from './change.ts';
import type { IsoDuration } from './duration.ts';
import type { ProviderName } from './request.ts';

/** How slowly a reconciliation goes: it must never be felt by those who are being onboarded. */
export interface ReconcilePolicy {
  /** Between two pages. */
  pause: IsoDuration;
  /** A read that keeps failing for so long is given up, and the account listed as `unreadable`. */
  readWithin: IsoDuration;
}

export const DEFAULT_RECONCILE_POLICY: ReconcilePolicy = { pause: 'PT5S', readWithin: 'PT1H' };

export interface ReconcileInput {
  provider: ProviderName;
  /** One account; without it all of the provider. */
  reference?: string;
  policy?: Partial<ReconcilePolicy>;
}

/**
 * `missing` we believe it lives, the provider has none · `foreign` the provider has an account under a reference of ours that no run of ours
 * made · `half-done` the account is not in the state in which our runs left it · `monitoring-off` was asked for and proven, and is off without a
 * reason on record · `monitoring-on` was switched off here, and is on · `member` a member is missing, or nobody here added it ·
 * `unreadable` the provider did not answer.
 */
export const FINDING_KINDS = [
  'missing',
  'foreign',
  'half-done',
  'monitoring-off',
  'monitoring-on',
  'member',
  'unreadable',
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

/** One difference, without personal data. */
export interface Finding {
  kind: FindingKind;
  /** A fixed word, or of `unreadable` the failure type. */
  code: string;
  /** Of a foreign account it is what the provider's record says. */
  reference: string;
  accountId?: string;
  /** Of `member`: the member's own reference. */
  member?: string;
  /** What our runs say is as of this instant: a difference that comes back after a repair is another one. */
  asOf?: string;
  /** The change that mends it without harm; absent where a person has to look. */
  repair?: Extract<ChangeKind, 'ssn-monitoring-on' | 'deactivate'>;
}

/** In accounts; `findings` in differences, of which one account may have several. */
export interface ReconciliationCounts {
  /** Looked at, because a run of ours tells of it. */
  known: number;
  agreed: number;
  differing: number;
  /** A run of the account is open or has just changed something, or what is left of its runs does not say enough. */
  undecided: number;
  /** In the provider's own list. */
  listed: number;
  /** Of these: without a reference of ours, so nobody's business here. */
  unclaimed: number;
  findings: Record<FindingKind, number>;
}

/** The most findings that one run lists; the counts go on. */
export const MOST_FINDINGS = 500;

export interface ReconciliationProgress {
  provider: ProviderName;
  reference?: string;
  startedAt: string;
  /** `known`: accounts our runs tell of · `listed`: accounts the provider lists. */
  phase: 'known' | 'listed' | 'ended';
  pages: number;
  counts: ReconciliationCounts;
}

export const RECONCILIATION_OUTCOMES = ['agreed', 'differences', 'stopped'] as const;
export type ReconciliationOutcome = (typeof RECONCILIATION_OUTCOMES)[number];

/** The report as data, without personal data. */
export interface Reconciliation extends Omit<ReconciliationProgress, 'phase' | 'pages'> {
  /** `stopped`: the provider was away, so the rest was not looked at. */
  outcome: ReconciliationOutcome;
  /** Why it was stopped: a failure type. */
  code?: string;
  endedAt: string;
  findings: Finding[];
  /** Findings beyond `MOST_FINDINGS`: counted, not listed. */
  unlisted: number;
  /** Whether the provider can list its accounts; without that no foreign account is found. */
  foreignSought: boolean;
  /** Seconds for which Temporal keeps a run that has ended. An account whose runs are all older is known to nobody here. */
  retention?: number;
}
