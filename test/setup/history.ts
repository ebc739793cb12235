import type { WorkflowHandle } from '@temporalio/client';

/** Names of the signals that a run has taken, in order. */
export async function signalsOf(handle: WorkflowHandle): Promise<string[]> {
  const { events } = await handle.fetchHistory();
  return events!.flatMap(({ workflowExecutionSignaledEventAttributes: signal }) => signal?.signalName ?? []);
}
