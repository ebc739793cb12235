/**
 * Failure types that cross from activities to workflows. They stay readable in the Temporal UI without a key,
 * so each is a telling code and never data.
 */
export const FAILURES = {
  /** The provider, or its rules, say no. The run ends `rejected` and leaves nothing behind. */
  rejected: ['RequestRefused', 'EmailTaken', 'SsnTaken', 'AccountNotOurs', 'PlanWithoutMonitoring'],
  /** Retrying alone will not help: the run needs a person. */
  permanent: ['Invalid', 'Forbidden', 'NotFound', 'Conflict', 'ContractViolation'],
  /** Temporal retries, at the vendor's delay when it names one. */
  transient: ['Throttled', 'Unavailable', 'UnknownOutcome', 'Unauthorized'],
  /** Another run of ours is at the account. Temporal retries until that has ended. */
  busy: ['AccountBusy'],
  /** A poll that has nothing to report yet: it has not happened, or the provider does not tell; benign. */
  pending: ['NotYet', 'NotTold'],
} as const;

/** Detail of a failure: an attempt before it lost its answer, so the call may have been executed all the same. */
export const ANSWER_LOST = 'AnswerLost';

/** Detail of a failure: no attempt of the call sent what would have the effect. */
export const NOTHING_SENT = 'NothingSent';

export type RejectedCode = (typeof FAILURES.rejected)[number];
export type PermanentCode = (typeof FAILURES.permanent)[number];
export type PendingCode = (typeof FAILURES.pending)[number];
export type TransientCode = (typeof FAILURES.transient)[number];

export function isRejectedCode(code: string): code is RejectedCode {
  return (FAILURES.rejected as readonly string[]).includes(code);
}
