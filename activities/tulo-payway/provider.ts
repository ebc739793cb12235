import { asyncLocalStorage } from '@temporalio/activity';
import type { HostedActivities } from '../../contract/activities.ts';
import { readingOneOf } from '../detail.ts';
import { rejected, withFailures } from '../failure.ts';
import { inVendorForms } from './body.ts';
import { capabilitiesWith } from './capabilities.ts';
import { createClient } from './client.ts';
import type { TuloPaywayConfig } from './config.ts';
import { details, lookups } from './details.ts';
import { holdsCheckDigit } from './fields.ts';
import { brokenRule } from './rules.ts';
import { accountSteps } from './steps/account.ts';
import { changeSteps } from './steps/changes.ts';
import { memberSteps } from './steps/members.ts';
import { readingSteps } from './steps/reading.ts';
import { verificationSteps } from './steps/verification.ts';

/** No eID, no SSN monitoring, no watchlists, and no route that deactivates an account or lists all of them. */
export type TuloPaywayActivities = Omit<
  HostedActivities,
  | 'startIdentification'
  | 'awaitIdentification'
  | 'enableSsnMonitoring'
  | 'disableSsnMonitoring'
  | 'enrolWatchlist'
  | 'deactivateAccount'
  | 'listAccounts'
>;

export interface TuloPayway {
  activities: TuloPaywayActivities;
  /** Logs in afresh; rejects with an `HttpError` whose sentence says why not. */
  checkLogin(): Promise<void>;
}

export function createTuloPayway(config: TuloPaywayConfig): TuloPayway {
  const client = createClient(config);
  const activities: TuloPaywayActivities = {
    async checkRequest({ request }) {
      const sentence = brokenRule(request, config);
      if (sentence) throw rejected('RequestRefused', sentence);
      const checked = inVendorForms(request);
      const { ssn } = checked.person;
      // Whether the vendor checks it is not said, so it is no reason to refuse (section 17, 24).
      if (ssn && !holdsCheckDigit(ssn)) asyncLocalStorage.getStore()?.log.warn('person.ssn: the check digit is wrong');
      return { request: checked, capabilities: capabilitiesWith(config) };
    },
    ...accountSteps(client, config),
    ...verificationSteps(client, config),
    ...memberSteps(client, config),
    ...changeSteps(client, config),
    ...readingSteps(client, config),
    readDetail: readingOneOf('Payway', details(client), lookups(client)),
  };
  return {
    activities: withFailures(activities),
    checkLogin: async () => {
      await client.logIn();
    },
  };
}
