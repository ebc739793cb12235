import type { KnownAccount } from './account.ts';
import type { IsoDuration } from './duration.ts';
import type { Policy } from './policy.ts';
import type { Accountable, AttentionProgress, StepProgress, WaitProgress } from './progress.ts';

export const ERASURE_STEPS = ['keepHistories', 'eraseHistories'] as const;
export type ErasureStepName = (typeof ERASURE_STEPS)[number];

/** How long the histories of a removed account stay, so that operators can still look; `PT0S` erases at once. */
export const DEFAULT_ERASE_AFTER: IsoDuration = 'P30D';

/** Whose histories there are: runs of the customer, of its members, of looks at its account and of events that came to it. */
export const HISTORY_KINDS = ['onboarding', 'member', 'change', 'offboarding', 'reading', 'event'] as const;
export type HistoryKind = (typeof HISTORY_KINDS)[number];

/** A run that is closed, so that its history can be deleted. */
export interface History {
  what: HistoryKind;
  workflowId: string;
  runId: string;
}

export type ErasureCustomer = Pick<KnownAccount, 'provider' | 'reference'>;

export interface ErasureInput extends ErasureCustomer {
  /** A customer who was onboarded again after this instant is a new one, whose runs stay. */
  before: string;
  eraseAfter: IsoDuration;
  policy?: { attention?: Partial<Policy['attention']> };
}

export interface ErasureRequest extends ErasureCustomer, Accountable {}

/** `erased` nothing is left · `incomplete` something is, see the remainder · `aborted` by an operator or a cancel. */
export const ERASURE_OUTCOMES = ['erased', 'incomplete', 'aborted'] as const;
export type ErasureOutcome = (typeof ERASURE_OUTCOMES)[number];

/** What was deleted from Temporal, when, and what was not; without personal data. */
export interface HistoriesRecord extends ErasureCustomer {
  outcome: ErasureOutcome;
  /** Runs by kind; the instant is that of the last. Each is proven to be gone. */
  erased: { what: HistoryKind; count: number; at: string }[];
  /** `StillOpen`: it did not end in time; `Cancelled` and other codes: the step that was to erase ended so. */
  remainder: { what: HistoryKind | 'histories'; code: string }[];
  reason?: { code: string; sentence?: string };
}

/** The answer of the `erasureProgress` query. */
export interface ErasureProgress extends Omit<HistoriesRecord, 'outcome' | 'reason'> {
  outcome?: ErasureOutcome;
  steps: StepProgress<ErasureStepName>[];
  wait?: WaitProgress;
  attention?: AttentionProgress;
  next: string;
}
