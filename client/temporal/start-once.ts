import { WorkflowExecutionAlreadyStartedError, type Workflow, type WorkflowStartOptions } from '@temporalio/client';
import { FINGERPRINT_MEMO } from '../../contract/start.ts';
import { call } from './call.ts';
import type { Caller, Target } from './caller.ts';
import { ReferenceConflict } from '../errors.ts';
import { fingerprint } from './fingerprint.ts';

export interface Once<R> {
  target: Target;
  /** The workflow's type name. */
  type: string;
  request: object;
  /** What makes another request the same one; the whole request by default. */
  sameBy?: object;
  /** What a person sees in the Temporal UI before a worker has run. No personal data. */
  shown: Pick<WorkflowStartOptions, 'staticSummary' | 'staticDetails' | 'typedSearchAttributes'>;
  /** Whether a run that has completed so keeps the reference. After every other end it may be started anew. */
  keeps: (result: R, endedAt: Date) => boolean;
}

/**
 * Starts the checked request once, however often and from however many places it is asked for. Another request under a reference that is
 * taken is a `ReferenceConflict`.
 */
export async function startOnce<R>(caller: Caller, once: Once<R>): Promise<{ started: boolean; runId: string }> {
  const { target, type, request, sameBy = request, shown, keeps } = once;
  const { temporal, taskQueue } = caller;
  const { workflowId } = target;
  const print = fingerprint(sameBy);

  const begin = (workflowIdReusePolicy: 'ALLOW_DUPLICATE' | 'ALLOW_DUPLICATE_FAILED_ONLY') =>
    call(temporal, target, async () => {
      try {
        const { firstExecutionRunId } = await temporal.workflow.start<Workflow>(type, {
          ...shown,
          workflowId,
          taskQueue,
          args: [request],
          memo: { [FINGERPRINT_MEMO]: print },
          // Before the default of 3 and the bulk import's 5, so that a person at a screen never waits behind an import.
          priority: { priorityKey: 2 },
          workflowIdReusePolicy,
          workflowIdConflictPolicy: 'FAIL',
        });
        return { started: true, runId: firstExecutionRunId };
      } catch (error) {
        if (error instanceof WorkflowExecutionAlreadyStartedError) return undefined;
        throw error;
      }
    });

  const existing = () =>
    call(temporal, target, async () => {
      const latest = await temporal.workflow.getHandle(workflowId).describe();
      const { runId, closeTime } = latest;
      const earlier = { runId, print: latest.memo?.[FINGERPRINT_MEMO] };
      if (closeTime === undefined) return { ...earlier, taken: true };
      if (latest.status.name !== 'COMPLETED') return { ...earlier, taken: false };
      const result = await temporal.workflow.getHandle<() => Promise<R>>(workflowId, runId).result();
      return { ...earlier, taken: keeps(result, closeTime) };
    });

  // Temporal decides on open, failed and cancelled runs in one step; only for a completed one its outcome must be read.
  const first = await begin('ALLOW_DUPLICATE_FAILED_ONLY');
  if (first) return first;
  const earlier = await existing();
  if (!earlier.taken) {
    const again = await begin('ALLOW_DUPLICATE');
    if (again) return again;
    // Somebody else was quicker; what counts now is that run.
    return startOnce(caller, once);
  }
  if (earlier.print !== print) throw new ReferenceConflict(target.address);
  return { started: false, runId: earlier.runId };
}
