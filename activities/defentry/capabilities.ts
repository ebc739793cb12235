import type { Capabilities } from '../../contract/capabilities.ts';
import { PROVIDER_CAPABILITIES } from '../../contract/provider-capabilities.ts';
import type { DefentryConfig } from './config.ts';
import type { EidAdapter } from './eid.ts';

/** What this deployment can do: the eID only with an adapter, the watchlists that are configured, and no removal of plain members. */
export function capabilitiesWith(
  eid: EidAdapter | undefined,
  { watchlists, members }: Pick<DefentryConfig, 'watchlists' | 'members'>,
): Capabilities {
  const all = PROVIDER_CAPABILITIES.defentry;
  const identification = eid ? all.identification : [];
  return { ...all, watchlists, identification, removeMember: members === 'accounts' };
}
