import type { KnownAccount } from './account.ts';
import type { Overrides, Policy, WaitPolicy } from './policy.ts';
import { DEFAULT_POLICY } from './policy.ts';
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
] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** What each kind of change has besides its kind. All of it may be personal data. */
export interface ChangeFields {
  'change-email': { email: string };
  'delete-email': object;
  'change-supervisor': { supervisorId: string };
  'change-rights': { rights: Rights };
  /** `generated`: set once inside the activity and kept nowhere, which locks whoever knows the old one out. `reset-mail`: the person chooses. */
  'set-password': { by: 'generated' | 'reset-mail' };
  'upgrade-plan': { planId: string };
  'downgrade-plan': { planId: string };
  'update-profile': { profile: ProfileChanges };
  activate: object;
  deactivate: object;
  'ssn-monitoring-on': object;
  'ssn-monitoring-off': object;
  'add-watchlist-item': { item: WatchlistItem };
  'remove-watchlist-item': { item: WatchlistItem };
  /** Added, invited, and awaited by a member's own run. */
  'add-member': { member: MemberRequest };
  'remove-member': { member: MemberRequest };
  /** The invitation once more. */
  'invite-member': { member: MemberRequest };
}

/** One change of an existing account. */
export type AccountChange = { [K in ChangeKind]: { kind: K } & ChangeFields[K] }[ChangeKind];

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

export type ChangePolicyOverrides = Overrides<ChangePolicy>;

export interface ChangeInput extends KnownAccount {
  policy?: ChangePolicyOverrides;
  /** Handed over by an onboarding, whose child cannot be started together with an update. It hears of their ends by `accountChanged`. */
  changes?: RequestedChange[];
}

/** Of the changes of an existing account: the same table, and a new address waits as the first one did. */
const DEFAULT_CHANGE_POLICY: ChangePolicy = {
  emailChanged: {
    firstPoll: DEFAULT_POLICY.emailVerified.firstPoll,
    maxPoll: DEFAULT_POLICY.emailVerified.maxPoll,
    reminders: DEFAULT_POLICY.emailVerified.reminders,
    deadline: DEFAULT_POLICY.emailVerified.deadline,
  },
  memberAccepted: DEFAULT_POLICY.memberAccepted,
  attention: DEFAULT_POLICY.attention,
  undoWithin: DEFAULT_POLICY.undoWithin,
  resendEvery: DEFAULT_POLICY.resendEvery,
};

export function resolveChangePolicy(overrides: ChangePolicyOverrides = {}): ChangePolicy {
  return {
    emailChanged: { ...DEFAULT_CHANGE_POLICY.emailChanged, ...overrides.emailChanged },
    memberAccepted: { ...DEFAULT_CHANGE_POLICY.memberAccepted, ...overrides.memberAccepted },
    attention: { ...DEFAULT_CHANGE_POLICY.attention, ...overrides.attention },
    undoWithin: overrides.undoWithin ?? DEFAULT_CHANGE_POLICY.undoWithin,
    resendEvery: overrides.resendEvery ?? DEFAULT_CHANGE_POLICY.resendEvery,
  };
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
