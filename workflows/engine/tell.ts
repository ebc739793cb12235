import type { ExternalWorkflowHandle } from '@temporalio/workflow';
import { ApplicationFailure, getExternalWorkflowHandle, isCancellation, log } from '@temporalio/workflow';

/** What the SDK calls the failure of a message to a run that is not there or has ended. */
const NOT_OPEN = 'ExternalWorkflowExecutionNotFound';

/**
 * `gone`: the run is not there, or has ended · `refused`: it is there, and Temporal takes no more messages for it (after ten thousand): it goes on
 * all the same.
 */
export type Told = 'told' | 'gone' | 'refused';

/** Tells another run something, and what came of it: only that it is not there means that nobody goes on. */
export async function tellRun(
  workflowId: string,
  message: (run: ExternalWorkflowHandle) => Promise<void>,
): Promise<Told> {
  try {
    await message(getExternalWorkflowHandle(workflowId));
    return 'told';
  } catch (error) {
    if (isCancellation(error)) throw error;
    const code = error instanceof ApplicationFailure ? (error.type ?? 'Unknown') : 'Unknown';
    if (code === NOT_OPEN) return 'gone';
    log.warn('a run did not take a message', { run: workflowId, code });
    return 'refused';
  }
}
