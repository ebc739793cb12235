import type { WorkflowHandle } from '@temporalio/client';

/** Names of the signals that a run has taken, in order. */
export async function signalsOf(handle: WorkflowHandle): Promise<string[]> {
  const { events } = await handle.fetchHistory();
  return events!.flatMap(({ workflowExecutionSignaledEventAttributes: signal }) => signal?.signalName ?? []);
}

/** Seconds of each timer that a run has started. */
export async function timersOf(handle: WorkflowHandle): Promise<number[]> {
  const { events } = await handle.fetchHistory();
  return events!.flatMap(({ timerStartedEventAttributes: timer }) =>
    timer ? [Number(timer.startToFireTimeout!.seconds)] : [],
  );
}

/** How many calls a run has given to Temporal. */
export async function callsOf(handle: WorkflowHandle): Promise<number> {
  const { events } = await handle.fetchHistory();
  return events!.filter((event) => event.activityTaskScheduledEventAttributes).length;
}
