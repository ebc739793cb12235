import { isGrpcCancelledError, isGrpcDeadlineError, WorkflowFailedError, type Client } from '@temporalio/client';
import { ApplicationFailure, CancelledFailure, TerminatedFailure, TimeoutFailure } from '@temporalio/common';
import type { Remainder } from '../../contract/progress.ts';
import { call, type Call } from './call.ts';
import { DeadlineExceeded, OnboardingCancelled, type OnboardingError, OnboardingFailed } from '../errors.ts';

/** One long poll of the server ends after about a minute; each look gets its own deadline. */
const LONGEST_LOOK = 60_000;

/** Milliseconds. Temporal sees the deadline of a look too, and may end it as cancelled so much earlier; before that it was the connection. */
const EARLY = 200;

/**
 * Waits for the end of the run, for at most `wait` milliseconds. A cancelled run has no result, Temporal's cancel carries none: it is
 * `OnboardingCancelled`. A failed, terminated or timed-out one is `OnboardingFailed`.
 */
export async function resultOf<R>(
  temporal: Client,
  spec: Call & { workflowId: string; runId?: string },
  wait: number,
): Promise<R> {
  const end = Date.now() + wait;
  for (;;) {
    const left = end - Date.now();
    if (left <= 0) throw new DeadlineExceeded(wait);
    const within = Math.min(left, LONGEST_LOOK);
    const over = Date.now() + within - EARLY;
    const found = await call(temporal, { ...spec, within }, async () => {
      try {
        return await temporal.workflow.getHandle<() => Promise<R>>(spec.workflowId, spec.runId).result();
      } catch (error) {
        if (error instanceof WorkflowFailedError) throw ending(spec.address, error);
        if (isGrpcDeadlineError(error) || (isGrpcCancelledError(error) && Date.now() > over)) return undefined;
        throw error;
      }
    });
    if (found) return found;
  }
}

function ending(address: string, error: WorkflowFailedError): OnboardingError {
  const { cause } = error;
  if (cause instanceof CancelledFailure) return new OnboardingCancelled(address, error);
  return new OnboardingFailed(address, failureType(cause), remainderOf(cause), error);
}

function failureType(cause: Error | undefined): string {
  if (cause instanceof ApplicationFailure) return cause.type ?? 'ApplicationFailure';
  if (cause instanceof TerminatedFailure) return 'Terminated';
  return cause instanceof TimeoutFailure ? 'TimedOut' : 'Failed';
}

/** `UndoIncomplete` lists in its details what is left at the provider. */
function remainderOf(cause: Error | undefined): Remainder[] {
  const details: unknown = cause instanceof ApplicationFailure ? cause.details?.[0] : undefined;
  const listed = typeof details === 'object' && details !== null && 'remainder' in details ? details.remainder : [];
  return Array.isArray(listed) ? listed.filter(isRemainder) : [];
}

function isRemainder(value: unknown): value is Remainder {
  return typeof value === 'object' && value !== null && 'step' in value && 'code' in value;
}
