import type { HostedActivities } from '../../contract/activities.ts';
import { readingOneOf } from '../detail.ts';
import { rejected, withFailures } from '../failure.ts';
import { capabilitiesWith } from './capabilities.ts';
import { createClient } from './client.ts';
import type { DefentryConfig } from './config.ts';
import { details } from './details.ts';
import { configuredEid } from './eid.ts';
import type { EidAdapter } from './eid.ts';
import { brokenRule } from './rules.ts';
import { accountSteps } from './steps/account.ts';
import { changeSteps } from './steps/changes.ts';
import { identificationSteps } from './steps/identification.ts';
import { memberSteps } from './steps/members.ts';
import { monitoringSteps } from './steps/monitoring.ts';
import { readingSteps } from './steps/reading.ts';
import { watchlistSteps } from './steps/watchlists.ts';

/** The address is confirmed by a link, never by a code, and the person sets the password there: neither step exists. */
export type DefentryActivities = Omit<HostedActivities, 'confirmEmail' | 'sendPasswordReset'>;

export interface Defentry {
  activities: DefentryActivities;
  /** Logs in afresh; rejects with an `HttpError` whose sentence says why not. */
  checkLogin(): Promise<void>;
}

/** The steps at Defentry. A partner with the vendor's real eID contract passes an adapter; otherwise configuration decides. */
export function createDefentry(config: DefentryConfig, eid: EidAdapter | undefined = fromConfig(config)): Defentry {
  const client = createClient(config);
  const capabilities = capabilitiesWith(eid, config);
  const tenant = { ...config, capabilities };
  const activities: DefentryActivities = {
    async checkRequest({ request }) {
      const sentence = brokenRule(request, tenant);
      if (sentence) throw rejected('RequestRefused', sentence);
      return { request, capabilities };
    },
    ...accountSteps(client, config),
    ...memberSteps(client, config),
    ...identificationSteps(client, eid, config),
    ...monitoringSteps(client, config),
    ...watchlistSteps(client),
    ...changeSteps(client, tenant),
    ...readingSteps(client, tenant),
    readDetail: readingOneOf('Defentry', details(client)),
  };
  return {
    activities: withFailures(activities),
    checkLogin: async () => {
      await client.logIn();
    },
  };
}

function fromConfig({ eid }: DefentryConfig): EidAdapter | undefined {
  return eid && configuredEid(eid);
}
