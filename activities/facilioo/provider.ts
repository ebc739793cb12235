import type { HostedActivities } from '../../contract/activities.ts';
import { readingOneOf } from '../detail.ts';
import { rejected, withFailures } from '../failure.ts';
import { ifThere } from '../http/errors.ts';
import { groupOf, normalRequest } from './body.ts';
import { capabilitiesFor, capabilitiesWith } from './capabilities.ts';
import { createClient } from './client.ts';
import type { FaciliooConfig } from './config.ts';
import { details } from './details.ts';
import { brokenRule } from './rules.ts';
import { accountSteps } from './steps/account.ts';
import { changeSteps } from './steps/changes.ts';
import { readingSteps } from './steps/reading.ts';

/** All that facilioo has ways for: the rest is done by people in its web app. */
export type FaciliooActivities = Pick<
  HostedActivities,
  | 'checkRequest'
  | 'checkUniqueness'
  | 'createAccount'
  | 'readAccount'
  | 'findAccount'
  | 'checkChange'
  | 'applyChange'
  | 'readHoldings'
  | 'readDetail'
  | 'listAccounts'
>;

export interface Facilioo {
  activities: FaciliooActivities;
  /** Logs in afresh; rejects with a sentence that says why not. */
  checkLogin(): Promise<void>;
}

/** The steps at facilioo. */
export function createFacilioo(config: FaciliooConfig): Facilioo {
  const client = createClient(config);
  const capabilities = capabilitiesWith(config);
  const activities: FaciliooActivities = {
    async checkRequest({ request }) {
      const sentence = brokenRule(request, config);
      if (sentence) throw rejected('RequestRefused', sentence);
      const group = groupOf(request, config);
      // Without those that this login may not see (contract, section 7).
      const visible = (await ifThere(client.groups.batch([group]))) ?? [];
      if (!visible.some(({ id }) => id === String(group))) throw rejected('RequestRefused', GROUP_UNKNOWN);
      return { request: normalRequest(request, config), capabilities: capabilitiesFor(request, capabilities) };
    },
    ...accountSteps(client, config),
    ...changeSteps(client, config),
    ...readingSteps(client, config, capabilities),
    readDetail: readingOneOf('facilioo', details(client)),
  };
  return { activities: withFailures(activities), checkLogin: client.logIn };
}

const GROUP_UNKNOWN =
  'planId: this login sees no such account group at facilioo; name another, or correct FACILIOO_ACCOUNT_GROUP_ID.';
