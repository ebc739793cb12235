import { WorkflowFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { decodeArrayFromPayloads } from '@temporalio/common/lib/internal-non-workflow/codec-helpers.js';
import type { ChangesResult } from '../../contract/change.ts';
import type { ErasureRecord } from '../../contract/offboarding.ts';
import type { OnboardingResult, Remainder } from '../../contract/progress.ts';
import type { OnboardingRequest } from '../../contract/request.ts';
import { isSent } from '../../contract/sent.ts';
import type { CustomerRun } from './list.ts';
import { ask, type Runs } from './runs.ts';

/** What was asked for, as far as it says what to expect of the account. */
export type Asked = Pick<OnboardingRequest, 'ssnMonitoring' | 'awaitEmailVerified'>;

/**
 * What a run tells. Without a result it is open, was terminated, is sealed with a key that is gone, or was cancelled and has undone all that
 * its policy says, of which it keeps no record.
 */
export type Told =
  | { type: 'onboarding'; run: CustomerRun; asked?: Asked; result?: OnboardingResult & { remainder?: Remainder[] } }
  | { type: 'change'; run: CustomerRun; result?: ChangesResult }
  | { type: 'offboarding'; run: CustomerRun; result?: ErasureRecord }
  | { type: 'erasure'; run: CustomerRun };

export async function toldBy(runs: Runs, run: CustomerRun): Promise<Told> {
  // It says what became of the histories, and nothing of the account.
  if (run.type === 'erasure') return { type: run.type, run };
  const result = run.endedAt === undefined ? undefined : await readable(runs, () => resultOf(runs, run));
  if (run.type === 'change') return { type: run.type, run, ...(has<ChangesResult>(result, 'changes') && { result }) };
  if (run.type === 'offboarding')
    return { type: run.type, run, ...(has<ErasureRecord>(result, 'outcome') && { result }) };
  if (!has<OnboardingResult>(result, 'outcome')) return { type: run.type, run };
  const asked = await readable(runs, () => askedFor(runs, run));
  return { type: run.type, run, result, ...(asked && { asked }) };
}

/** The result, also of a run that put it into its failure. */
async function resultOf({ client }: Runs, { workflowId, runId }: CustomerRun): Promise<unknown> {
  try {
    return await client.workflow.getHandle(workflowId, runId, { followRuns: false }).result();
  } catch (error) {
    if (!(error instanceof WorkflowFailedError)) throw error;
    const { cause } = error;
    return cause instanceof ApplicationFailure ? cause.details?.[0] : undefined;
  }
}

/** Our own workflows wrote it, so a field that only it has tells its type. */
function has<R extends object>(value: unknown, field: keyof R): value is R {
  return typeof value === 'object' && value !== null && field in value;
}

async function askedFor({ client }: Runs, { workflowId, runId }: CustomerRun): Promise<Asked | undefined> {
  const { connection, options } = client;
  const { namespace, loadedDataConverter } = options;
  const execution = { workflowId, runId };
  const request = { namespace, execution, maximumPageSize: 1 };
  const { history } = await connection.workflowService.getWorkflowExecutionHistory(request);
  const payloads = history?.events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads;
  const [sent] = await decodeArrayFromPayloads(loadedDataConverter, payloads, {
    type: 'workflow',
    namespace,
    workflowId,
  });
  const [input] = isSent(sent) ? sent.args : [];
  return has<OnboardingRequest>(input, 'person') ? input : undefined;
}

/** As `EncryptionError` names itself. */
const SEALED_AWAY = [
  'KeyUnknown',
  'PayloadNotSealed',
  'PayloadNotAuthentic',
  'PayloadOfOtherWorkflow',
  'PayloadOfOtherCall',
];

/** One run that cannot be opened hides no other. */
function readable<T>(runs: Runs, read: () => Promise<T>): Promise<T | undefined> {
  return ask(runs, async () => {
    try {
      return await read();
    } catch (error) {
      if (error instanceof Error && SEALED_AWAY.includes(error.name)) return undefined;
      throw error;
    }
  });
}
