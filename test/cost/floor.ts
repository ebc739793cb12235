import { condition, proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { ProviderActivities } from '../../contract/activities.ts';

/** The least a parked run can be: one activity that is retried and one timer, and nothing of ours. */
export async function onboardCustomer(): Promise<void> {
  const { awaitEmailVerified } = proxyActivities<ProviderActivities>({
    startToCloseTimeout: '2 minutes',
    taskQueue: `${workflowInfo().taskQueue}-defentry`,
  });
  const looking = awaitEmailVerified({ accountId: 'none', firstPoll: 'P1D', maxPoll: 'P1D' }).catch(() => undefined);
  await condition(() => false, '14 days');
  await looking;
}
