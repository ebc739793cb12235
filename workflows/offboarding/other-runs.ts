import { patched, proxyActivities, workflowInfo } from '@temporalio/workflow';
import { activityQueue, RUNS } from '../../contract/queues.ts';
import type { RunActivities } from '../../contract/runs.ts';
import type { Run } from '../engine/run.ts';
import type { Call } from '../engine/step.ts';
import type { OffboardingState } from './state.ts';
import { limit } from '../engine/time.ts';

/** Runs that are older than this patch relied on the look that the client takes before it starts one. */
const WAITS = 'await-free-account';

/**
 * Waits until neither the onboarding nor a change of the account is open. The client has looked before it started this run; what began at
 * the same moment is seen only here.
 */
export async function waitForOtherRuns({ state }: Run<OffboardingState>, call: Call): Promise<void> {
  if (!patched(WAITS)) return;
  const { provider, reference } = state.account;
  const { after, retryEvery } = state.policy.attention;
  const { awaitFreeAccount } = proxyActivities<RunActivities>({
    taskQueue: activityQueue(workflowInfo().taskQueue, RUNS),
    startToCloseTimeout: '1 minute',
    scheduleToCloseTimeout: limit(after),
    retry: { maximumInterval: limit(retryEvery) },
    summary: 'Look that no other run is at the account',
  });
  await call(() => awaitFreeAccount({ provider, reference }));
}
