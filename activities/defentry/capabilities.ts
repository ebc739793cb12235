import type { Capabilities } from '../../contract/capabilities.ts';
import { CHANGE_KINDS } from '../../contract/change.ts';
import { WATCHLIST_KINDS } from '../../contract/request.ts';
import type { DefentryConfig } from './config.ts';
import { DETAILS } from './details.ts';
import type { EidAdapter } from './eid.ts';

/** What Defentry can do with everything configured. */
export const CAPABILITIES: Capabilities = {
  kinds: ['single', 'business', 'family'],
  existingCustomers: false,
  emailVerified: 'read',
  resendVerification: true,
  confirmByCode: false,
  members: 'read',
  removeMember: true,
  identification: ['BANKID', 'MITID', 'FTN'],
  ssnMonitoring: true,
  passwordReset: false,
  watchlists: [...WATCHLIST_KINDS],
  deactivate: true,
  remove: true,
  changes: CHANGE_KINDS.filter((kind) => kind !== 'change-rights'),
  reads: [...DETAILS],
  lookups: [],
  listAccounts: true,
};

/** What this deployment can do: the eID only with an adapter, the watchlists that are configured, and no removal of plain members. */
export function capabilitiesWith(
  eid: EidAdapter | undefined,
  { watchlists, members }: Pick<DefentryConfig, 'watchlists' | 'members'>,
): Capabilities {
  const identification = eid ? CAPABILITIES.identification : [];
  return { ...CAPABILITIES, watchlists, identification, removeMember: members === 'accounts' };
}
