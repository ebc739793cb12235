import { tsToMs } from '@temporalio/common/lib/time.js';
import type { temporal } from '@temporalio/proto';
import type { ErasureCustomer, HistoryKind } from '../../contract/erasure.ts';
import { changeRunId, memberPrefix, offboardingId, onboardingId, readingsPrefix } from '../../contract/ids.ts';
import { FINAL_OUTCOMES } from '../../contract/offboarding.ts';
import type { RunActivities } from '../../contract/runs.ts';
import { OUTCOME, PROVIDER, REFERENCE } from '../../contract/search-attributes.ts';
import { listedWhole, quoted } from './list.ts';
import type { Runs } from './runs.ts';

type Info = temporal.api.workflow.v1.IWorkflowExecutionInfo;

/** Runs erased by one call. */
const PAGE_SIZE = 50;

/** All kinds at once: where one is open, the others wait for nothing. */
export function listHistories(runs: Runs): RunActivities['listHistories'] {
  return async ({ before, ...customer }) => {
    const all = await listedWhole(runs, ofCustomer(customer));
    const returned = all
      .filter((run) => kindOf(customer, run) === 'onboarding' && startOf(run) >= Date.parse(before))
      .map(startOf);
    const since = Math.min(Infinity, ...returned);
    const record = recordOf(customer, all);
    const due = all.filter((run) => startOf(run) < since && run !== record);
    const closed = due.filter(isClosed).slice(0, PAGE_SIZE);
    return {
      closed: closed.map((run) => ({
        what: kindOf(customer, run),
        workflowId: run.execution!.workflowId!,
        runId: run.execution!.runId!,
      })),
      open: [...new Set(due.filter((run) => !isClosed(run)).map((run) => kindOf(customer, run)))],
    };
  };
}

/** Where the runs that are about a customer are listed. The erasure's own are none of them: they are the record. */
function ofCustomer({ provider, reference }: ErasureCustomer): string {
  const ids = [onboardingId, changeRunId, offboardingId].map((id) => quoted(id(provider, reference)));
  return [
    `(WorkflowId IN (${ids.join(', ')})`,
    `WorkflowId STARTS_WITH ${quoted(memberPrefix(provider, reference))}`,
    `WorkflowId STARTS_WITH ${quoted(readingsPrefix(provider, reference))}`,
    `(${PROVIDER.name} = ${quoted(provider)} AND ${REFERENCE.name} = ${quoted(reference)}))`,
  ].join(' OR ');
}

function kindOf({ provider, reference }: ErasureCustomer, { execution }: Info): HistoryKind {
  const id = execution!.workflowId!;
  if (id === onboardingId(provider, reference)) return 'onboarding';
  if (id === changeRunId(provider, reference)) return 'change';
  if (id === offboardingId(provider, reference)) return 'offboarding';
  if (id.startsWith(memberPrefix(provider, reference))) return 'member';
  return id.startsWith(readingsPrefix(provider, reference)) ? 'reading' : 'event';
}

/** What keeps the reference closed. Its run began anew once the account was gone, so that it holds what the record says and no more. */
function recordOf(customer: ErasureCustomer, all: readonly Info[]): Info | undefined {
  const newest = all
    .filter((run) => kindOf(customer, run) === 'offboarding')
    .toSorted((a, b) => startOf(b) - startOf(a))[0];
  const outcome = newest?.searchAttributes?.indexedFields?.[OUTCOME.name]?.data;
  const said: unknown = outcome && JSON.parse(Buffer.from(outcome).toString());
  return FINAL_OUTCOMES.some((one) => one === said) && isClosed(newest!) ? newest : undefined;
}

function startOf({ startTime }: Info): number {
  return tsToMs(startTime);
}

function isClosed({ closeTime }: Info): boolean {
  return Boolean(closeTime);
}
