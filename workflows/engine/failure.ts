import { ActivityFailure, ApplicationFailure, TimeoutFailure } from '@temporalio/workflow';
import type { Known } from '../../contract/account.ts';
import { ANSWER_LOST, NOTHING_SENT } from '../../contract/failures.ts';
import type { Outcome } from '../../contract/progress.ts';

export interface EndReason {
  code: string;
  /** Only of a refused request: written by us, names the field, the rule and the remedy. */
  sentence?: string;
}

/** How a page ended other than by reaching its last line. A cancel has no reason. */
export interface Ending {
  outcome: Outcome;
  reason?: EndReason;
}

/** A modelled end of the run on its way out of the page. Never leaves the workflow. */
export class End extends Error implements Ending {
  override readonly name = 'End';
  readonly outcome: Outcome;
  readonly reason: EndReason;

  constructor(outcome: Outcome, reason: EndReason) {
    super(outcome);
    this.outcome = outcome;
    this.reason = reason;
  }
}

/** Code and sentence of a failed activity, or `undefined` when the error is something else (cancel, continue-as-new, a defect). */
export function activityReason(error: unknown): EndReason | undefined {
  if (!(error instanceof ActivityFailure)) return undefined;
  const { cause } = error;
  if (cause instanceof ApplicationFailure) {
    const code = cause.type ?? 'Unknown';
    return code === 'RequestRefused' ? { code, sentence: cause.message } : { code };
  }
  return cause instanceof TimeoutFailure ? { code: 'TimedOut' } : undefined;
}

/** Our own sentence about a failed activity: what the provider refused, by field and code, without personal data. */
function saidBy(error: unknown): string | undefined {
  return error instanceof ActivityFailure && error.cause instanceof ApplicationFailure
    ? error.cause.message
    : undefined;
}

/** `pause`: milliseconds for which the provider has asked not to be called again. */
export type Tried<T> = { value: T } | { failure: EndReason; said?: string | undefined; pause?: number };

/** The failure of an activity as data. Cancellation, continue-as-new and defects stay errors. */
export async function tried<T>(attempt: Promise<T>): Promise<Tried<T>> {
  try {
    return { value: await attempt };
  } catch (error) {
    return failed(error);
  }
}

/** The failure of an activity as data; every other is thrown. */
export function failed(error: unknown): Extract<Tried<never>, { failure: unknown }> {
  const failure = activityReason(error);
  if (!failure) throw error;
  const pause = askedPause(error);
  return { failure, said: saidBy(error), ...(pause > 0 && { pause }) };
}

/** Milliseconds that the provider has asked for, 0 for none. The SDK's own field is empty in a failure that was received. */
export function askedPause(error: unknown): number {
  const cause = error instanceof ActivityFailure ? error.cause : undefined;
  if (!(cause instanceof ApplicationFailure)) return 0;
  const { seconds, nanos } = cause.failure?.applicationFailureInfo?.nextRetryDelay ?? {};
  return Number(seconds ?? 0) * 1000 + (nanos ?? 0) / 1_000_000;
}

/** Whether the failed call may have been executed all the same: its own answer was lost, or that of an attempt before. */
export function mayHaveHappened(error: unknown): boolean {
  if (!(error instanceof ActivityFailure)) return false;
  const { cause } = error;
  if (cause instanceof ApplicationFailure) return cause.type === 'UnknownOutcome' || cause.details?.[0] === ANSWER_LOST;
  return cause instanceof TimeoutFailure;
}

/** Whether the failed call may have made the provider do something: what its attempts know of it. */
export function askedBy(error: unknown): Known {
  const cause = error instanceof ActivityFailure ? error.cause : undefined;
  if (cause instanceof TimeoutFailure) return cause.lastHeartbeatDetails === ANSWER_LOST ? 'yes' : 'unknown';
  if (mayHaveHappened(error)) return 'yes';
  return cause instanceof ApplicationFailure && cause.details?.[0] === NOTHING_SENT ? 'no' : 'unknown';
}

/** The code by which the provider did not do it, or `undefined` when it did. */
export async function failureCode(work: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    const reason = activityReason(error);
    if (!reason) throw error;
    return reason.code;
  }
}

/** An update answers with the provider's code; an error that is no activity's is a defect or a cancel and passes. */
export async function answered<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const reason = activityReason(error);
    if (!reason) throw error;
    throw ApplicationFailure.nonRetryable('The provider did not do it; the code says why.', reason.code);
  }
}

/** An operator left the step out. Never leaves the workflow. */
export class Skip extends Error {
  override readonly name = 'Skip';
}
