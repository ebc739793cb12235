import { isGrpcServiceError, type Client } from '@temporalio/client';
import { unavailable } from '../failure.ts';

/** Where the runs are, and how they name an account. */
export interface Runs {
  client: Client;
  /** Of the workflows. */
  taskQueue: string;
  /** Each value that `OnboardingAccount` may have for the account: one per key that may have written it. */
  hashesOf(account: { provider: string; accountId: string }): string[];
}

/** Milliseconds that one question may take. */
const DEADLINE = 10_000;

/** Milliseconds: Temporal Cloud answers 30 lists a second, and whoever was turned away comes back later. */
const RETRY_AFTER = 5_000;

/** As grpc.status. */
export const NOT_FOUND = 5;

/** Asks Temporal. That it is busy or away is no defect of ours: the question is asked again. */
export async function ask<T>({ client }: Runs, question: () => Promise<T>): Promise<T> {
  try {
    return await client.withDeadline(Date.now() + DEADLINE, question);
  } catch (error) {
    if (isGrpcServiceError(error)) throw unavailable('Temporal did not answer.', RETRY_AFTER);
    throw error;
  }
}

/** Whether the newest run of this id is open; nothing when there is none in the namespace's retention. */
export function isOpen(runs: Runs, workflowId: string): Promise<boolean | undefined> {
  const { connection, options } = runs.client;
  const request = { namespace: options.namespace, execution: { workflowId } };
  return ask(runs, async () => {
    try {
      const { workflowExecutionInfo } = await connection.workflowService.describeWorkflowExecution(request);
      return !workflowExecutionInfo?.closeTime;
    } catch (error) {
      const code: number | undefined = isGrpcServiceError(error) ? error.code : undefined;
      if (code === NOT_FOUND) return undefined;
      throw error;
    }
  });
}
