import type { HostedActivities, LeastActivities } from '../../../contract/activities.ts';
import { readingOneOf } from '../../../activities/detail.ts';
import { rejected, withFailures } from '../../../activities/failure.ts';
import { CAPABILITIES } from './capabilities.ts';
import { createClient } from './client.ts';
import type { SkeletonConfig } from './config.ts';
import { details } from './details.ts';
import { brokenRule, normalEmail } from './rules.ts';
import { accountSteps } from './steps/account.ts';
import { readingSteps } from './steps/reading.ts';

/** The least set, and what the capabilities say beyond it. */
export type SkeletonActivities = LeastActivities & Pick<HostedActivities, 'removeAccount'>;

export interface Skeleton {
  activities: SkeletonActivities;
  /** Logs in afresh; rejects with a sentence that says why not. */
  checkLogin(): Promise<void>;
}

export function createSkeleton(config: SkeletonConfig): Skeleton {
  const client = createClient(config);
  const activities: SkeletonActivities = {
    async checkRequest({ request }) {
      const sentence = brokenRule(request);
      if (sentence) throw rejected('RequestRefused', sentence);
      const person = { ...request.person, email: normalEmail(request.person.email ?? '') };
      return { request: { ...request, person }, capabilities: CAPABILITIES };
    },
    async checkChange() {
      throw rejected('RequestRefused', 'kind: Skeleton changes no accounts; ask the vendor for it.');
    },
    ...accountSteps(client),
    ...readingSteps(client),
    readDetail: readingOneOf('skeleton', details(client)),
  };
  return { activities: withFailures(activities), checkLogin: client.logIn };
}
