import { condition, proxyActivities, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import type { SearchAttributeUpdatePair } from '@temporalio/common';
import type { HostedActivities } from '../../contract/activities.ts';
import type { OnboardingRequest } from '../../contract/request.ts';
import type { Sent } from '../../contract/sent.ts';
import { DEADLINE, OUTCOME, STAGE, WAITING_FOR } from '../../contract/search-attributes.ts';

const DAY = 86_400_000;

/** What the client seals; the product's interceptors, which look at it, are a part of what is compared. */
type Started = Sent & { args: [OnboardingRequest] };

/** An onboarding as one would write it first: the product's calls in their order, the timer beside the wait, and nothing else. */
export function bare({ args: [request] }: Started): Promise<void> {
  return onboard(request, () => {});
}

/** The same, found in Temporal's list by step, wait, deadline and outcome as the product's runs are. */
export function searchable({ args: [request] }: Started): Promise<void> {
  return onboard(request, upsertSearchAttributes);
}

async function onboard(request: OnboardingRequest, show: (shown: SearchAttributeUpdatePair[]) => void): Promise<void> {
  const activities = proxyActivities<HostedActivities>({
    taskQueue: `${workflowInfo().taskQueue}-defentry`,
    startToCloseTimeout: '2 minutes',
  });
  const checked = await activities.checkRequest({ request });
  show([{ key: STAGE, value: 'checkUniqueness' }]);
  await activities.checkUniqueness({ request: checked.request });
  show([{ key: STAGE, value: 'createAccount' }]);
  const { accountId } = await activities.createAccount({ request: checked.request });
  show([
    { key: STAGE, value: 'verifyEmail' },
    { key: WAITING_FOR, value: 'emailVerified' },
    { key: DEADLINE, value: new Date(Date.now() + 14 * DAY) },
  ]);
  let verified = false;
  const look = { accountId, firstPoll: 'PT10M', maxPoll: 'PT1H' };
  const looking = activities.awaitEmailVerified(look).then(() => (verified = true));
  await condition(() => verified, DAY);
  await looking;
  show([
    { key: STAGE, value: 'enableSsnMonitoring' },
    { key: WAITING_FOR, value: null },
    { key: DEADLINE, value: null },
  ]);
  await activities.enableSsnMonitoring({ accountId });
  for (const item of request.watchlists ?? []) {
    show([{ key: STAGE, value: 'enrolWatchlists' }]);
    await activities.enrolWatchlist({ accountId, item });
  }
  show([
    { key: STAGE, value: null },
    { key: OUTCOME, value: 'completed' },
  ]);
}
