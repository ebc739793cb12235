import { defineQuery, defineSignal, defineUpdate } from './message-definition.ts';
import type { ChangeProgress, ChangesProgress, KeptChange, RequestedChange } from './change.ts';
import type { ErasureProgress } from './erasure.ts';
import type { OffboardingProgress } from './offboarding.ts';
import type { Accountable, Decision, MemberProgress, MemberRunProgress, Progress, Resolution } from './progress.ts';
import type { IdentificationOutcome } from './activities.ts';
import type { ReconciliationProgress } from './reconciliation.ts';
import type { MemberRequest } from './request.ts';

/** Workflow type names, so that callers start workflows without importing their code. */
export const ONBOARD_CUSTOMER = 'onboardCustomer';
export const ONBOARD_MEMBER = 'onboardMember';
export const CHANGE_ACCOUNT = 'changeAccount';
export const OFFBOARD_CUSTOMER = 'offboardCustomer';
export const ERASE_CUSTOMER = 'eraseCustomer';
export const READ_ACCOUNT = 'readAccount';
export const DELIVER_EVENT = 'deliverEvent';
export const RECONCILE = 'reconcile';

/** Every fact from outside carries the sender's event id: a signal may arrive twice, and the second must change nothing. */
export interface OutsideEvent {
  eventId: string;
}

// Signals: from webhooks and landing pages, which must be rid of the fact even while no worker runs.

export const emailVerified = defineSignal<[OutsideEvent & { at?: string }]>('emailVerified');
/** Session and outcome are for the record, where the sender knows them: the look that follows says what is true. */
export const eidCompleted =
  defineSignal<[OutsideEvent & { identificationId?: string; outcome?: IdentificationOutcome }]>('eidCompleted');
/** Sent to the customer's run, which hands it to the member's child. */
export const memberAccepted = defineSignal<[OutsideEvent & { member: string }]>('memberAccepted');
/** Something about the account has changed, and the sender does not say what: a wait that can be read looks at once. Never a proof. */
export const lookAgain = defineSignal<[OutsideEvent]>('lookAgain');

/** Sent right before Temporal's own cancel, which has no place for who and why. */
export const cancelAsked = defineSignal<[Accountable]>('cancelAsked');

/** Starts an erasure, or ends the wait of the existing one: it begins now. With who asks and why. */
export const eraseNow = defineSignal<[Accountable]>('eraseNow');

// Updates: from people, who wait for the answer and must hear a refusal.

/** Answers whether the code was right; only for providers that verify by code. */
export const confirmEmail = defineUpdate<{ confirmed: boolean }, [{ code: string }]>('confirmEmail');
/** A mail for the person who says none came; refused more often than `policy.resendEvery`. */
export const resendVerification = defineUpdate<void>('resendVerification');
/** Answers with the new link. */
export const renewEidLink = defineUpdate<{ link: string }>('renewEidLink');
export const addMember = defineUpdate<void, [MemberRequest]>('addMember');
export const removeMember = defineUpdate<void, [{ member: string }]>('removeMember');
/**
 * Replaces one value that was not sent yet or was refused, for example `person.email` or `company.name`.
 * A member's child takes the same update for its own person (`person.email`).
 */
export const correct = defineUpdate<void, [{ path: string; value: string }]>('correct');
/** The operator's decision on a step that needs attention, with who made it and why: on record, encrypted. `call` as in `AttentionProgress`. */
export const resolve = defineUpdate<void, [{ step: string; action: Resolution; call?: number } & Accountable]>(
  'resolve',
);
/**
 * One more change of the account. Taken by the run of its changes, and by an open onboarding, which has it done by that run as its child.
 * Answers how many changes are before it.
 */
export const requestChange = defineUpdate<{ ahead: number }, [RequestedChange]>('requestChange');

export const progress = defineQuery<Progress>('progress');
/** The link is a key to the person's identification: for the caller only, never in `progress`. */
export const eidLink = defineQuery<{ link?: string }>('eidLink');
/** What operators have decided in this run, oldest first. For those who operate: the reasons are people's own words, so never in `progress`. */
export const decisions = defineQuery<Decision[]>('decisions');
export const changeProgress = defineQuery<ChangesProgress<KeptChange>>('changeProgress');
export const offboardingProgress = defineQuery<OffboardingProgress>('offboardingProgress');
export const erasureProgress = defineQuery<ErasureProgress>('erasureProgress');
export const reconciliationProgress = defineQuery<ReconciliationProgress>('reconciliationProgress');
export const memberProgress = defineQuery<MemberRunProgress>('memberProgress');

// Between the customer's runs.

/** Parent to the run of the account’s changes, where one is open: one more. */
export const changeRequested = defineSignal<[RequestedChange]>('changeRequested');
/** The run of an account's changes to the onboarding that handed one over: how it ended. `email`: the account has this address now. */
export const accountChanged =
  defineSignal<[ChangeProgress & { email?: string; emailVerified?: boolean }]>('accountChanged');

/** Child to parent. A signal and not the child's result, because it must reach the parent's next run after a continue-as-new. */
export const memberChanged = defineSignal<[MemberProgress]>('memberChanged');
/** Child to parent: an operator has corrected the member's address. */
export const memberCorrected = defineSignal<[{ reference: string; email: string }]>('memberCorrected');
/** A member's run to the run of changes that started it: the member is added and invited, what follows takes the member's own time. */
export const memberInvited = defineSignal<[{ reference: string }]>('memberInvited');
/** Parent to child: end now. `remove` takes the member or its invitation back, `keep` leaves it. `reportTo`: who else hears of the end. */
export const stopMember = defineSignal<[{ undo: 'keep' | 'remove'; reportTo?: string }]>('stopMember');
/** Parent to a member’s run that is open already: it hears of its end too, whoever started it. With the facts of `memberAccepted` so far. */
export const memberAwaited = defineSignal<[{ acceptances: string[] }]>('memberAwaited');
/** Parent to child: the fact of `memberAccepted`. */
export const acceptanceReported = defineSignal<[OutsideEvent]>('acceptanceReported');
