import { randomUUID } from 'node:crypto';
import type { DataConverter } from '@temporalio/common';
import { stored } from './stored.ts';
import { withWorker } from './temporal.ts';
import { ask, breakDown, everyKind, put, read } from './workflows.ts';

export interface Told {
  result: string;
  received: string[];
  answer: string;
  refusal: string;
  memo: Record<string, unknown> | undefined;
  summary: string | undefined;
  details: string | undefined;
  failure: Error;
  /** What the server keeps of the first run, the run it continued as, its children and the failed run. */
  kept: string[];
}

/** Runs the workflow that sends a canary through every kind of payload, and tells what came back. */
export async function tellEveryKind(dataConverter: DataConverter): Promise<Told> {
  return withWorker(dataConverter, async ({ client, naked, taskQueue }) => {
    const workflowId = `encryption.${randomUUID()}`;
    const handle = await client.workflow.start(everyKind, {
      workflowId,
      taskQueue,
      args: ['CANARY input'],
      memo: { start: 'CANARY memo' },
      staticSummary: 'CANARY static summary',
      staticDetails: 'CANARY static details',
      workflowExecutionTimeout: '5m',
    });
    const started = await handle.describe();
    const answer = await handle.executeUpdate(ask, { args: ['CANARY update'] });
    const refusal = innermost(await handle.executeUpdate(ask, { args: ['CANARY refuse'] }).catch(caught));
    await handle.signal(put, 'CANARY signal');
    const result = await handle.result();
    const failed = { workflowId: `${workflowId}.failed`, taskQueue, args: ['CANARY of a run'] as [string] };
    const failure = innermost(await client.workflow.execute(breakDown, failed).catch(caught));
    const runs = ['', '.child', '.broken', '.failed'].map(async (suffix) => stored(naked, workflowId + suffix));
    return {
      result,
      received: await handle.query(read),
      answer,
      refusal: refusal.message,
      memo: started.memo,
      summary: await started.staticSummary(),
      details: await started.staticDetails(),
      failure,
      kept: await Promise.all([...runs, stored(naked, workflowId, handle.firstExecutionRunId)]),
    };
  });
}

function caught(error: unknown): unknown {
  return error;
}

function innermost(error: unknown): Error {
  if (!(error instanceof Error)) throw new Error('expected a failure');
  return error.cause instanceof Error ? innermost(error.cause) : error;
}
