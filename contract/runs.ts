import type { Known, Poll } from './account.ts';
import type { ErasureInput, History, HistoryKind } from './erasure.ts';
import type { IsoDuration } from './duration.ts';
import type { Outcome } from './progress.ts';
import type { ProviderName } from './request.ts';

/** What a webhook or a landing page tells of an account. */
export const ACCOUNT_EVENT_KINDS = ['emailVerified', 'eidCompleted', 'memberAccepted', 'accountChanged'] as const;
export type AccountEventKind = (typeof ACCOUNT_EVENT_KINDS)[number];

/** One event from outside, on its way to the run of the account it is about. Only what the run needs; never the sender's whole body. */
export interface AccountEvent {
  provider: ProviderName;
  /** Of the sender; the same id is the same event. */
  eventId: string;
  kind: AccountEventKind;
  /** The provider's own id of the account, where the sender knows no reference of ours. */
  accountId?: string;
  /** Our own reference, where the sender knows it: a landing page's link. */
  reference?: string;
  /** Of `memberAccepted`: the member's own reference. */
  member?: string;
}

/** `unmatched` no run of the account was found in time · `ended` the run has closed, and nobody waits for the event any more. */
export type Delivery = { delivered: true; workflowId: string } | { delivered: false; reason: 'unmatched' | 'ended' };

/** As the search attribute `OnboardingOutcome` of a delivery says it. */
export const DELIVERY_OUTCOMES = ['delivered', 'unmatched', 'ended'] as const;
export type DeliveryOutcome = (typeof DELIVERY_OUTCOMES)[number];

/**
 * How long a delivery looks for its run, and at which pace. An event may come before its account's run can be found: before the answer
 * to the creation has arrived here, or while Temporal's list lags behind.
 */
export const DELIVERY: { within: IsoDuration; pace: Poll } = {
  within: 'PT1H',
  pace: { firstPoll: 'PT1S', maxPoll: 'PT1M' },
};

/** Whose run: by the provider's id, or by our own reference. */
export type FindRunInput = { provider: ProviderName } & ({ accountId: string } | { reference: string }) & Poll;

/**
 * What our own runs say of an account, read from Temporal: what a reconciliation compares the provider with. Temporal keeps a run that has
 * ended for the namespace's retention only, so of an account whose runs are all older there is no belief.
 */
export interface Belief {
  reference: string;
  accountId?: string;
  /** Of the newest onboarding; absent while that is open, and when none is left. */
  outcome?: Outcome;
  /** `active` in use · `kept` it is there, and more is not said. */
  account: 'none' | 'active' | 'deactivated' | 'kept' | 'unknown';
  /** A run of the account is open: what it is about may change at any moment. */
  open: boolean;
  /** `yes` asked for and switched on · `no` switched off by a change or an offboarding · `unknown` neither: it may be as the vendor likes. */
  ssnMonitoring: Known;
  /** Absent when not known: a change of a member does not say of whom. */
  members?: { reference: string; accepted: boolean }[];
  /** What an undo could not take back, or an offboarding left half taken apart. */
  left?: 'account' | 'parts' | 'offboarding';
  /** When the newest run that says so ended, or began while it is open. */
  asOf: string;
}

/** A page of all beliefs of a provider, or those of these references. `cursor` as the page before answered it. */
export type ListBeliefsInput = { provider: ProviderName } & ({ references: string[] } | { cursor?: string });

export interface BeliefPage {
  beliefs: Belief[];
  cursor?: string;
  /** Seconds for which Temporal keeps an ended run; of the first page. */
  retention?: number;
}

/** Of one customer: a page of the closed runs, and the kinds of those that are open. Nothing of either: nothing is left. */
export interface HistoriesLeft {
  closed: History[];
  open: HistoryKind[];
}

/** Activities that ask Temporal itself; hosted beside the workflows on the queue `<queue>-runs`. */
export interface RunActivities {
  /** A run of the account, an open one before one that has ended. Until there is one fails `NotYet`, benign, with the next delay. */
  findRun: (input: FindRunInput) => Promise<{ workflowId: string }>;
  /** One belief per reference, in pages of about 50. A reference whose runs go on meanwhile may come twice, but none is left out. */
  listBeliefs: (input: ListBeliefsInput) => Promise<BeliefPage>;
  /** Fails `AccountBusy` while the onboarding or the run of the account's changes is open. Asked by id, so nothing lags behind. */
  awaitFreeAccount: (input: { provider: ProviderName; reference: string }) => Promise<void>;
  /** References of the account's members whose own run is open. Temporal's list lags behind: one that has just begun may be missing. */
  listMemberRuns: (input: { provider: ProviderName; reference: string }) => Promise<{ members: string[] }>;
  /** What is left to erase. The newest run of an offboarding that removed or deactivated the account is its record, and not listed. */
  listHistories: (input: Omit<ErasureInput, 'eraseAfter' | 'policy'>) => Promise<HistoriesLeft>;
  /** Deletes closed runs from Temporal. Until each is proven to be gone, from the list too, fails `NotYet`, benign. */
  eraseHistories: (input: { histories: History[] } & Poll) => Promise<void>;
}
