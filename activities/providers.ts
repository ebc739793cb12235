import type { HostedActivities, LeastActivities } from '../contract/activities.ts';
import type { Capabilities } from '../contract/capabilities.ts';
import type { ProviderName } from '../contract/request.ts';
import { CAPABILITIES as DEFENTRY } from './defentry/capabilities.ts';
import { defentryConfig } from './defentry/config.ts';
import { createDefentry } from './defentry/provider.ts';
import { CAPABILITIES as FACILIOO } from './facilioo/capabilities.ts';
import { faciliooConfig } from './facilioo/config.ts';
import { createFacilioo } from './facilioo/provider.ts';
import { CAPABILITIES as TULO_PAYWAY } from './tulo-payway/capabilities.ts';
import { tuloPaywayConfig } from './tulo-payway/config.ts';
import { createTuloPayway } from './tulo-payway/provider.ts';

/** A provider with its configuration: what a worker hosts on the provider's activity queue. */
export interface Provider {
  /** The least set, and what the capabilities say beyond it. */
  activities: LeastActivities & Partial<HostedActivities>;
  /** One login, for `onboard doctor`; rejects with a sentence that says why not. */
  checkLogin(): Promise<void>;
}

export interface ProviderEntry {
  /** With everything configured. A deployment's own are in the answer of `checkRequest`. */
  capabilities: Capabilities;
  /** Throws one `Error` that lists each wrong or missing variable. */
  open(env: Record<string, string | undefined>): Provider;
}

export const PROVIDER_ENTRIES = {
  defentry: { capabilities: DEFENTRY, open: (env) => createDefentry(defentryConfig(env)) },
  'tulo-payway': { capabilities: TULO_PAYWAY, open: (env) => createTuloPayway(tuloPaywayConfig(env)) },
  facilioo: { capabilities: FACILIOO, open: (env) => createFacilioo(faciliooConfig(env)) },
} satisfies Record<ProviderName, ProviderEntry>;
