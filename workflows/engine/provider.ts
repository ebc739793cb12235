import type { ActivityInterfaceFor } from '@temporalio/workflow';
import { ActivityCancellationType, proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { HostedActivities } from '../../contract/activities.ts';
import type { PendingCode } from '../../contract/failures.ts';
import type { Policy } from '../../contract/policy.ts';
import { activityQueue } from '../../contract/queues.ts';
import type { ProviderName } from '../../contract/request.ts';
import { limit, MINUTE } from './time.ts';

/** The longest a single attempt may take: several calls of at most 20 seconds each. */
const ATTEMPT = '2 minutes';

/** Milliseconds. A worker that is gone is noticed after this time, and another goes on; a slow call is told from it by heartbeats. */
export const SILENCE = 15_000;

/** At a deadline: the provider may have the fact, and only the signal was lost. */
const LAST_LOOK = '1 minute';

type Activities = ActivityInterfaceFor<HostedActivities>;

/** The provider's steps with the patience each situation calls for. `summary` is what the time line shows, at most 90 characters. */
export interface Provider {
  /** Fails once it has kept failing for `attention.after`. A cancel waits for the call under way, so that undo knows what happened. */
  act: (summary: string) => Activities;
  /** As `act`, for the first part of that time: `within` so many milliseconds. */
  begin: (summary: string, within: number) => Activities;
  /** As `act`, for the rest of it, and slower: the provider has been away for a while. */
  goOn: (summary: string, within: number) => Activities;
  /** Keeps on at a slow pace until cancelled: what a step does while an operator is called for. */
  persist: (summary: string) => Activities;
  /** Keeps looking until cancelled; a cancel does not wait. */
  poll: (summary: string) => Activities;
  /** One look, which ends with `NotYet` where the provider says so. Where it says nothing, gives up after a minute, or never when `patient`. */
  lastLook: (summary: string, patient: boolean) => Activities;
  /** Gives up after `undoWithin`. */
  undo: (summary: string) => Activities;
}

export function providerOf(name: ProviderName, policy: Pick<Policy, 'attention' | 'undoWithin'>): Provider {
  const base = {
    taskQueue: activityQueue(workflowInfo().taskQueue, name),
    startToCloseTimeout: ATTEMPT,
    heartbeatTimeout: SILENCE,
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  } as const;
  const slowest = limit(policy.attention.retryEvery);
  const retry = { initialInterval: Math.min(1000, slowest), backoffCoefficient: 2, maximumInterval: slowest };
  const begin: Provider['begin'] = (summary, within) =>
    proxyActivities({ ...base, retry, summary, scheduleToCloseTimeout: within });
  return {
    act: (summary) => begin(summary, limit(policy.attention.after)),
    begin,
    goOn: (summary, within) =>
      proxyActivities({
        ...base,
        retry: { ...retry, initialInterval: Math.min(MINUTE, slowest) },
        summary,
        scheduleToCloseTimeout: within,
      }),
    persist: (summary) =>
      proxyActivities({ ...base, retry: { ...retry, initialInterval: slowest, backoffCoefficient: 1 }, summary }),
    poll: (summary) =>
      proxyActivities({ ...base, retry, summary, cancellationType: ActivityCancellationType.TRY_CANCEL }),
    lastLook: (summary, patient) =>
      proxyActivities({
        ...base,
        retry: { ...retry, nonRetryableErrorTypes: ['NotYet'] satisfies PendingCode[] },
        summary,
        cancellationType: ActivityCancellationType.TRY_CANCEL,
        ...(patient ? {} : { scheduleToCloseTimeout: LAST_LOOK }),
      }),
    undo: (summary) => proxyActivities({ ...base, retry, summary, scheduleToCloseTimeout: limit(policy.undoWithin) }),
  };
}
