import type { Capabilities } from '../../contract/capabilities.ts';
import { PROVIDER_CAPABILITIES } from '../../contract/provider-capabilities.ts';
import type { TuloPaywayConfig } from './config.ts';

/** What this deployment can do: our reference gets on an existing customer's account by identity mapping only. */
export function capabilitiesWith({ mapsIdentities }: Pick<TuloPaywayConfig, 'mapsIdentities'>): Capabilities {
  return { ...PROVIDER_CAPABILITIES['tulo-payway'], existingCustomers: mapsIdentities };
}
