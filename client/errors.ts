import type { Remainder } from '../contract/progress.ts';

/** What went wrong, for programs. The message is for people: one sentence that says what to do, never personal data. */
export type OnboardingErrorCode =
  | 'RequestInvalid'
  | 'ConfigInvalid'
  | 'ReferenceConflict'
  | 'CustomerOffboarded'
  | 'EventConflict'
  | 'OnboardingNotFound'
  | 'OnboardingEnded'
  | 'OnboardingFailed'
  | 'OnboardingCancelled'
  | 'UpdateRefused'
  | 'ConfirmationNeeded'
  | 'WorkerUnavailable'
  | 'RunStuck'
  | 'TemporalUnavailable'
  | 'AccessDenied'
  | 'NamespaceNotReady'
  | 'KeyMismatch'
  | 'DeadlineExceeded'
  | 'Unexpected';

/** Every error that leaves this library is one of these; the SDK's error is its cause. */
export class OnboardingError extends Error {
  readonly code: OnboardingErrorCode;

  constructor(code: OnboardingErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = code;
    this.code = code;
  }
}

/** The request breaks a rule; nothing was started. `problems` has one sentence per field: field, rule, remedy. */
export class RequestInvalid extends OnboardingError {
  readonly problems: string[];

  constructor(problems: string[]) {
    super('RequestInvalid', problems.join(' '));
    this.problems = problems;
  }
}

/** A setting or the key is missing or wrong. */
export class ConfigInvalid extends OnboardingError {
  constructor(message: string, cause?: unknown) {
    super('ConfigInvalid', message, cause);
  }
}

/** The reference belongs to a run that was started with another request. */
export class ReferenceConflict extends OnboardingError {
  constructor(address: string) {
    super(
      'ReferenceConflict',
      `${address} is taken by another request; use another reference, or send the first request again to get its run.`,
    );
  }
}

/** The customer of this reference was onboarded and then offboarded. Who comes back comes under another reference. */
export class CustomerOffboarded extends OnboardingError {
  constructor(address: string) {
    super(
      'CustomerOffboarded',
      `${address} was offboarded, and a repeated request must not bring the account back; use another reference for a customer who returns.`,
    );
  }
}

/** Another event came under the same id. Which of them is true nobody can tell, so the second is not taken. */
export class EventConflict extends OnboardingError {
  constructor() {
    super('EventConflict', 'eventId: is taken by another event; send each event under an id of its own.');
  }
}

/** Its workflow tasks fail again and again, so that nothing of it goes on: no step, no deadline, no cancel. */
export class RunStuck extends OnboardingError {
  constructor({ address, workflowId }: { address: string; workflowId: string }, cause?: unknown) {
    super(
      'RunStuck',
      `${address} is stuck: its workflow tasks fail, and no deadline and no cancel of it counts; start a worker with a version that can go on, or reset it with "temporal workflow reset --workflow-id ${workflowId} --type LastWorkflowTask --reapply-exclude Signal", after which a cancel must be sent again.`,
      cause,
    );
  }
}

export class OnboardingNotFound extends OnboardingError {
  constructor(address: string, cause?: unknown) {
    super(
      'OnboardingNotFound',
      `${address} does not exist in this namespace; check provider and reference, or whether its retention has passed.`,
      cause,
    );
  }
}

/** The run has ended, so it takes no more messages. */
export class OnboardingEnded extends OnboardingError {
  constructor(address: string, cause?: unknown) {
    super('OnboardingEnded', `${address} has ended and takes no more messages; read its result instead.`, cause);
  }
}

/** A person or a cancel ended the run and it left no result; what it did is undone by its policy. */
export class OnboardingCancelled extends OnboardingError {
  constructor(address: string, cause?: unknown) {
    super('OnboardingCancelled', `${address} was cancelled and undone; start it anew if that was a mistake.`, cause);
  }
}

/** The run failed, timed out or was terminated: undo could not finish, or a defect. */
export class OnboardingFailed extends OnboardingError {
  /** The failure type, a code. */
  readonly failure: string;
  /** What undo could not take back. */
  readonly remainder: Remainder[];

  constructor(address: string, failure: string, remainder: Remainder[], cause?: unknown) {
    const left = remainder.map(({ step, code }) => `${step} (${code})`).join(', ');
    const remedy = left
      ? `these are left at the provider, take them back by hand: ${left}.`
      : 'look at the run in the Temporal UI.';
    super('OnboardingFailed', `${address} failed with ${failure}; ${remedy}`, cause);
    this.failure = failure;
    this.remainder = remainder;
  }
}

/** The run said no to a message. `reason` is a code, the message the run's own sentence. */
export class UpdateRefused extends OnboardingError {
  readonly reason: string;

  constructor(sentence: string, reason: string, cause?: unknown) {
    super('UpdateRefused', sentence, cause);
    this.reason = reason;
  }
}

/** So many at once need a second person, who confirms with the id within a day. Nothing was done. */
export class ConfirmationNeeded extends OnboardingError {
  readonly confirm: string;

  constructor(count: number, confirm: string) {
    super(
      'ConfirmationNeeded',
      `A second person must confirm what is done to ${count} at once; let one send the same within a day, with this as "confirm": ${confirm}`,
    );
    this.confirm = confirm;
  }
}

/** Temporal is there, but no worker answers for the run. */
export class WorkerUnavailable extends OnboardingError {
  constructor(within: number, cause?: unknown) {
    super(
      'WorkerUnavailable',
      `No worker answered within ${within / 1000} s; start one with "onboard worker", or look for what keeps it busy with "onboard doctor".`,
      cause,
    );
  }
}

export class TemporalUnavailable extends OnboardingError {
  constructor(cause?: unknown) {
    super(
      'TemporalUnavailable',
      'Temporal cannot be reached; check TEMPORAL_ADDRESS, TLS and whether the server runs, then try again.',
      cause,
    );
  }
}

export class AccessDenied extends OnboardingError {
  constructor(cause?: unknown) {
    super(
      'AccessDenied',
      'Temporal refused access; check TEMPORAL_API_KEY or the client certificate, and its rights in the namespace.',
      cause,
    );
  }
}

/** The namespace is missing, or lacks our search attributes. */
export class NamespaceNotReady extends OnboardingError {
  constructor(what: string, cause?: unknown) {
    super('NamespaceNotReady', `${what}; "onboard doctor" prints the command that adds it.`, cause);
  }
}

/** The run was written with a key that this client does not have. */
export class KeyMismatch extends OnboardingError {
  constructor(cause: Error) {
    super('KeyMismatch', cause.message, cause);
  }
}

export class DeadlineExceeded extends OnboardingError {
  constructor(within: number, cause?: unknown) {
    super(
      'DeadlineExceeded',
      `Temporal did not answer within ${within / 1000} s; try again, the call may or may not have had its effect and can be repeated.`,
      cause,
    );
  }
}
