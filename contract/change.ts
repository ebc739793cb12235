import type { IsoDuration, Policy, WaitPolicy } from './policy.ts';
import type { Accountable, AttentionProgress, StepProgress, WaitProgress } from './progress.ts';
import type { MemberRequest, Person, ProviderName, WatchlistItem } from './request.ts';

/** What of a person may change after creation. An SSN never does: it comes at creation or by the person's own eID. */
export type ProfileChanges = Partial<Omit<Person, 'email' | 'ssn'>>;

/** What an account's login may do at a provider that has such flags. */
export interface Rights {
  admin?: boolean;
  supervisor?: boolean;
  viewAllRepresentations?: boolean;
}

/** One change of an account that is there. Everything but `kind` may be personal data. */
export type AccountChange =
  | { kind: 'change-email'; email: string }
  | { kind: 'delete-email' }
  | { kind: 'change-supervisor'; supervisorId: string }
  | { kind: 'change-rights'; rights: Rights }
  /** `generated`: set once inside the activity and kept nowhere, which locks whoever knows the old one out. `reset-mail`: the person chooses. */
  | { kind: 'set-password'; by: 'generated' | 'reset-mail' }
  | { kind: 'upgrade-plan'; planId: string }
  | { kind: 'downgrade-plan'; planId: string }
  | { kind: 'update-profile'; profile: ProfileChanges }
  | { kind: 'activate' }
  | { kind: 'deactivate' }
  | { kind: 'ssn-monitoring-on' }
  | { kind: 'ssn-monitoring-off' }
  | { kind: 'add-watchlist-item'; item: WatchlistItem }
  | { kind: 'remove-watchlist-item'; item: WatchlistItem }
  /** Added, invited, and awaited by a member's own run. */
  | { kind: 'add-member'; member: MemberRequest }
  | { kind: 'remove-member'; member: MemberRequest }
  /** The invitation once more. */
  | { kind: 'invite-member'; member: MemberRequest };

export const CHANGE_KINDS = [
  'change-email',
  'delete-email',
  'change-supervisor',
  'change-rights',
  'set-password',
  'upgrade-plan',
  'downgrade-plan',
  'update-profile',
  'activate',
  'deactivate',
  'ssn-monitoring-on',
  'ssn-monitoring-off',
  'add-watchlist-item',
  'remove-watchlist-item',
  'add-member',
  'remove-member',
  'invite-member',
] as const satisfies AccountChange['kind'][];
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** A change as it is asked for, by whom and why. */
export interface RequestedChange extends Accountable {
  /** The caller's own key of the change, `[A-Za-z0-9_-]`, 1 to 64: the same again is the same change. */
  changeId: string;
  change: AccountChange;
  /** What to do while another change of the account is under way. */
  ifBusy: 'wait' | 'refuse';
  /** Of the change, made by the library: tells it from another one under its id also when what was asked for is gone. */
  fingerprint?: string;
}

export interface ChangePolicy extends Pick<Policy, 'attention' | 'undoWithin' | 'memberAccepted' | 'resendEvery'> {
  /** Wait for the new address to be verified; at the deadline the old one is set again. */
  emailChanged: WaitPolicy;
}

/** The account a change or an offboarding is about: by our own reference, with the provider's id where the caller has it. */
export interface KnownAccount {
  provider: ProviderName;
  reference: string;
  accountId?: string;
}

export interface ChangeInput extends KnownAccount {
  /** A request or a deployment overrides single values; what it leaves out keeps the default. */
  policy?: { [K in keyof ChangePolicy]?: ChangePolicy[K] extends object ? Partial<ChangePolicy[K]> : ChangePolicy[K] };
  /** Handed over by an onboarding, whose child cannot be started together with an update. It hears of their ends by `accountChanged`. */
  changes?: RequestedChange[];
}

export const CHANGE_STEPS = ['findAccount', 'checkChange', 'applyChange', 'proveChange'] as const;
export type ChangeStepName = (typeof CHANGE_STEPS)[number];

/**
 * `done` proven, or accepted where the provider cannot be read (`code: 'NotReadable'`) · `refused` by the provider or its rules, nothing
 * changed · `expired` the new address was not verified in time, the old one is back · `aborted` by an operator or a cancel, nothing changed or
 * it is undone · `failed` by an operator or a cancel (or, of a new address, at the deadline) and not undone, or not proven to be: it may have
 * taken effect, or still may, and `code` says why it stays. `AddressUnverified`: the old address is back, but must be confirmed anew.
 */
export const CHANGE_STATUSES = ['queued', 'running', 'done', 'refused', 'expired', 'aborted', 'failed'] as const;
export type ChangeStatus = (typeof CHANGE_STATUSES)[number];

/** Without personal data. */
export interface ChangeProgress {
  changeId: string;
  kind: ChangeKind;
  status: ChangeStatus;
  /** A failure type or a fixed word. */
  code?: string;
  /** Only of a refusal: written by us, names field, rule and remedy. */
  sentence?: string;
  startedAt?: string;
  endedAt?: string;
}

/** As its run keeps it and tells the library, which keeps the fingerprint to itself: a hash of little data can be guessed. */
export interface KeptChange extends ChangeProgress {
  fingerprint?: string;
}

/** The answer of the `changeProgress` query. */
export interface ChangesProgress<Change extends ChangeProgress = ChangeProgress> {
  provider: ProviderName;
  reference: string;
  accountId?: string;
  changes: Change[];
  /** Of the change under way. */
  steps: StepProgress<ChangeStepName>[];
  wait?: WaitProgress;
  attention?: AttentionProgress;
  next: string;
}

/**
 * How the run ended: every change it was asked for, of very many the newest. A change that failed does not fail the run, whose other changes
 * have ends of their own.
 */
export interface ChangesResult<Change extends ChangeProgress = ChangeProgress> {
  changes: Change[];
}

export const OFFBOARDING_STEPS = [
  'findAccount',
  'removeMembers',
  'removeWatchlistItems',
  'disableSsnMonitoring',
  'deactivateAccount',
  'keepAccount',
  'removeAccount',
  'proveRemoval',
] as const;
export type OffboardingStepName = (typeof OFFBOARDING_STEPS)[number];

export interface OffboardingRequest extends KnownAccount, Accountable {
  /** How long the deactivated account is kept before it is removed, by default `DEFAULT_KEEP_FOR`; `PT0S` removes at once. */
  keepFor?: IsoDuration;
  policy?: { attention?: Partial<Policy['attention']>; undoWithin?: IsoDuration };
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
  /** Why it was aborted. */
  reason?: { code: string; sentence?: string };
}

export interface Removal {
  what: 'member' | 'watchlist-item' | 'ssn-monitoring' | 'access' | 'account';
  count: number;
  at: string;
}

/** The answer of the `offboardingProgress` query: what the record says so far, and what the run is at. */
export interface OffboardingProgress extends Omit<ErasureRecord, 'outcome' | 'reason'> {
  outcome?: OffboardingOutcome;
  steps: StepProgress<OffboardingStepName>[];
  wait?: WaitProgress;
  attention?: AttentionProgress;
  next: string;
}
