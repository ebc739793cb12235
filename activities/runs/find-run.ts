import { changeRunId, onboardingId } from '../../contract/ids.ts';
import type { FindRunInput, RunActivities } from '../../contract/runs.ts';
import { ACCOUNT } from '../../contract/search-attributes.ts';
import { notYet } from '../failure.ts';
import { ask, isOpen, type Runs } from './runs.ts';

export function findRun(runs: Runs): RunActivities['findRun'] {
  return async (input) => {
    const workflowId = 'reference' in input ? await byReference(runs, input) : await byAccount(runs, input);
    if (workflowId === undefined) throw notYet('No run of the account is there yet.', input);
    return { workflowId };
  };
}

/** Temporal lists open runs first, then those that ended last. Payloads are not opened: a lost key hides no run here. */
async function byAccount(
  runs: Runs,
  { provider, accountId }: Extract<FindRunInput, { accountId: string }>,
): Promise<string | undefined> {
  const { connection, options } = runs.client;
  const hashes = runs.hashesOf({ provider, accountId }).map((hash) => `'${hash}'`);
  const request = { namespace: options.namespace, query: `${ACCOUNT.name} IN (${hashes.join(', ')})`, pageSize: 1 };
  const { executions } = await ask(runs, () => connection.workflowService.listWorkflowExecutions(request));
  return executions?.[0]?.execution?.workflowId ?? undefined;
}

async function byReference(
  runs: Runs,
  { provider, reference }: Extract<FindRunInput, { reference: string }>,
): Promise<string | undefined> {
  for (const id of [onboardingId(provider, reference), changeRunId(provider, reference)]) {
    if ((await isOpen(runs, id)) !== undefined) return id;
  }
  return undefined;
}
