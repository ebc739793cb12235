import { isGrpcServiceError } from '@temporalio/client';
import pMap from 'p-map';
import type { History } from '../../contract/erasure.ts';
import type { RunActivities } from '../../contract/runs.ts';
import { notYet } from '../failure.ts';
import { listedWhole, quoted } from './list.ts';
import { ask, NOT_FOUND, type Runs } from './runs.ts';

/** Runs asked about at the same time: Temporal has others to serve. */
const AT_ONCE = 5;

/** Temporal takes the order at once and executes it later, so it is given again, and again, until nothing is there. */
export function eraseHistories(runs: Runs): RunActivities['eraseHistories'] {
  return async ({ histories, ...poll }) => {
    const gone = await pMap(histories, (history) => order(runs, history), { concurrency: AT_ONCE });
    const ids = histories.map(({ runId }) => quoted(runId));
    const listed = await listedWhole(runs, `RunId IN (${ids.join(', ')})`);
    if (gone.every(Boolean) && listed.length === 0) return;
    throw notYet('Temporal has not deleted all of the histories yet.', poll);
  };
}

/** `true`: there is no such run. One that is listed as closed stays closed, so the order ends none. */
function order(runs: Runs, { workflowId, runId }: History): Promise<boolean> {
  const { connection, options } = runs.client;
  const request = { namespace: options.namespace, workflowExecution: { workflowId, runId } };
  return ask(runs, async () => {
    try {
      await connection.workflowService.deleteWorkflowExecution(request);
      return false;
    } catch (error) {
      const code: number | undefined = isGrpcServiceError(error) ? error.code : undefined;
      if (code === NOT_FOUND) return true;
      throw error;
    }
  });
}
