import v8 from 'node:v8';
import { Worker, type ReplayWorkerOptions } from '@temporalio/worker';
import type { temporal } from '@temporalio/proto';

/** A promise of a workflow, as the SDK tells it: by its context's own globals. */
function isOfWorkflow(promise: Promise<unknown>): boolean {
  const { constructor: FunctionOfIt } = promise.constructor as unknown as { constructor: FunctionConstructor };
  return FunctionOfIt('return globalThis.__TEMPORAL_ACTIVATOR__')() !== undefined;
}

/** How many promises a run makes, while its history is replayed in this very isolate: for each the SDK notes a stack trace. */
export async function promisesOf(
  options: ReplayWorkerOptions,
  history: temporal.api.history.v1.IHistory,
  workflowId: string,
): Promise<number> {
  let count = 0;
  const inThisIsolate = { ...options, debugMode: true };
  const stop = v8.promiseHooks.onInit((promise) => {
    if (isOfWorkflow(promise)) count += 1;
  }) as unknown as () => void;
  try {
    await Worker.runReplayHistory(inThisIsolate, history, workflowId);
  } finally {
    stop();
  }
  return count;
}
