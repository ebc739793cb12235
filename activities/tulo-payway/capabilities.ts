import type { Capabilities } from '../../contract/capabilities.ts';
import type { ChangeKind } from '../../contract/change.ts';
import type { TuloPaywayConfig } from './config.ts';
import { DETAILS, LOOKUPS } from './details.ts';

/** Changes for which a route is documented, or which a documented route makes (Tulo Payway contract, sections 5.3, 9.1, 10 and 12). */
export const CHANGES = [
  'change-email',
  'set-password',
  'upgrade-plan',
  'downgrade-plan',
  'update-profile',
  'add-member',
  'remove-member',
] as const satisfies ChangeKind[];

/** What Tulo Payway can do with everything configured. A family's or company's members share the customer's subscription. */
export const CAPABILITIES: Capabilities = {
  kinds: ['single', 'business', 'family'],
  existingCustomers: true,
  emailVerified: 'read',
  resendVerification: true,
  confirmByCode: true,
  members: 'read',
  removeMember: true,
  identification: [],
  ssnMonitoring: false,
  watchlists: [],
  passwordReset: true,
  deactivate: false,
  remove: true,
  changes: [...CHANGES],
  reads: [...DETAILS, ...LOOKUPS],
  lookups: [...LOOKUPS],
  listAccounts: false,
};

/** What this deployment can do: our reference gets on an existing customer's account by identity mapping only. */
export function capabilitiesWith({ mapsIdentities }: Pick<TuloPaywayConfig, 'mapsIdentities'>): Capabilities {
  return { ...CAPABILITIES, existingCustomers: mapsIdentities };
}
