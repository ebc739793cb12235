import type { Capabilities } from '../../contract/capabilities.ts';
import { PROVIDER_CAPABILITIES } from '../../contract/provider-capabilities.ts';
import type { WatchlistKind } from '../../contract/request.ts';
import type { EidAdapter } from './eid.ts';

/** What this deployment can do: the eID only with an adapter, and the watchlists that are configured. */
export function capabilitiesWith(eid: EidAdapter | undefined, watchlists: WatchlistKind[]): Capabilities {
  const all = PROVIDER_CAPABILITIES.defentry;
  return { ...all, watchlists, identification: eid ? all.identification : [] };
}
