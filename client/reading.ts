import { randomUUID } from 'node:crypto';
import type { WorkflowStartOptions } from '@temporalio/client';
import { parseDuration } from '../contract/duration.ts';
import { readingId } from '../contract/ids.ts';
import type { ReadInput, ReadResult } from '../contract/reading.ts';
import { PROVIDER } from '../contract/search-attributes.ts';
import { readingSummary } from '../contract/start.ts';
import { READ_ACCOUNT } from '../contract/messages.ts';
import { call } from './temporal/call.ts';
import type { Caller } from './temporal/caller.ts';
import { DeadlineExceeded, WorkerUnavailable } from './errors.ts';
import { resultOf } from './temporal/result.ts';

type Read = (input: ReadInput) => Promise<ReadResult>;

/**
 * Has a worker ask the provider, and waits for the answer. Each look is a run of its own, which ends by itself when nobody can wait for it any
 * more. A look that failed is `OnboardingFailed` with the provider's code.
 */
export async function readAccount(caller: Caller, input: ReadInput): Promise<ReadResult> {
  const { temporal, taskQueue, within } = caller;
  const { provider, reference, what } = input;
  const workflowId = readingId(provider, reference, randomUUID());
  const spec = { address: `The look at ${provider}/${reference}`, workflowId, within, by: 'temporal' as const };
  // Two calls to the provider, and one to Temporal.
  const patience = 2 * (parseDuration(input.within) ?? 0) + within;
  const options: WorkflowStartOptions<Read> = {
    workflowId,
    taskQueue,
    args: [input],
    staticSummary: readingSummary(what, provider),
    typedSearchAttributes: [{ key: PROVIDER, value: provider }],
    workflowExecutionTimeout: patience,
    // A person waits.
    priority: { priorityKey: 2 },
  };
  await call(temporal, spec, () => temporal.workflow.start<Read>(READ_ACCOUNT, options));
  try {
    return await resultOf<ReadResult>(temporal, spec, patience);
  } catch (error) {
    throw error instanceof DeadlineExceeded ? new WorkerUnavailable(patience, error) : error;
  }
}
