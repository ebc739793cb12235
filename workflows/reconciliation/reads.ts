import { proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { HostedActivities } from '../../contract/activities.ts';
import { FAILURES } from '../../contract/failures.ts';
import type { Holdings } from '../../contract/management.ts';
import type { ReconcilePolicy } from '../../contract/reconciliation.ts';
import type { ProviderName } from '../../contract/request.ts';
import { RUNS, activityQueue } from '../../contract/queues.ts';
import type { Belief, RunActivities } from '../../contract/runs.ts';
import { activityReason } from '../engine/failure.ts';
import { limit } from '../engine/time.ts';

/** Last in every queue: whoever is being onboarded goes first. */
const PRIORITY = { priorityKey: 5 };

type Reading = Pick<HostedActivities, 'findAccount' | 'readHoldings' | 'listAccounts'>;

/** Reads of one provider, for whoever compares. They change nothing. */
export function readingsOf(provider: ProviderName, policy: ReconcilePolicy): (summary: string) => Reading {
  return (summary) =>
    proxyActivities<Reading>({
      taskQueue: activityQueue(workflowInfo().taskQueue, provider),
      startToCloseTimeout: '2 minutes',
      heartbeatTimeout: '15 seconds',
      scheduleToCloseTimeout: limit(policy.readWithin),
      retry: { maximumInterval: '1 minute' },
      priority: PRIORITY,
      summary,
    });
}

/** Asks Temporal, however long it is away. */
export function askRuns(): Pick<RunActivities, 'listBeliefs'> {
  return proxyActivities<RunActivities>({
    taskQueue: activityQueue(workflowInfo().taskQueue, RUNS),
    startToCloseTimeout: '2 minutes',
    retry: { maximumInterval: '1 minute' },
    priority: PRIORITY,
    summary: 'Read what our runs say',
  });
}

/** What was read, or the failure type by which it could not be. */
export type Read<T> = { value: T } | { failure: string };

/** What the provider has for this account; nothing when it has none under the reference. */
export async function holdingsOf(
  reading: ReturnType<typeof readingsOf>,
  belief: Belief,
): Promise<Read<Holdings | undefined>> {
  const { reference, account } = belief;
  // Of an account that should be gone the id is history: what counts is whether one is there under our reference.
  const known = account === 'none' ? undefined : belief.accountId;
  return readOnce(async () => {
    const accountId = known ?? (await reading('Look for the account').findAccount({ reference })).accountId;
    if (accountId === undefined) return undefined;
    return reading('Read the account').readHoldings({ accountId, ownerReference: reference, lists: ['members'] });
  });
}

export async function readOnce<T>(read: () => Promise<T>): Promise<Read<T>> {
  try {
    return { value: await read() };
  } catch (error) {
    const reason = activityReason(error);
    if (!reason) throw error;
    return { failure: reason.code };
  }
}

/** The provider is away, rather than this one account unreadable. */
export function isAway(failure: string): boolean {
  return failure === 'TimedOut' || FAILURES.transient.some((code) => code === failure);
}
