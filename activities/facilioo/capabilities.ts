import type { Capabilities } from '../../contract/capabilities.ts';
import type { ChangeKind } from '../../contract/change.ts';
import type { OnboardingRequest } from '../../contract/request.ts';
import type { FaciliooConfig } from './config.ts';
import { DETAILS } from './details.ts';

/** The only change of an account that facilioo speaks of (contract, section 4.2, rows 6, 9 and 10). */
export const CHANGES = ['change-rights'] as const satisfies ChangeKind[];

/**
 * What facilioo can do. It documents no verification, so an address counts as verified when the caller says so (`emailVerified`); and neither
 * deactivation nor removal, so an account that must be taken back is listed for a person (contract, section 5).
 */
export const CAPABILITIES: Capabilities = {
  kinds: ['single'],
  existingCustomers: false,
  emailVerified: 'signal',
  resendVerification: false,
  confirmByCode: false,
  members: 'none',
  removeMember: false,
  identification: [],
  ssnMonitoring: false,
  passwordReset: false,
  watchlists: [],
  deactivate: false,
  remove: false,
  changes: [...CHANGES],
  reads: [...DETAILS],
  lookups: [],
  listAccounts: true,
};

/** What this deployment can do. */
export function capabilitiesWith({ patch }: Pick<FaciliooConfig, 'patch'>): Capabilities {
  return patch === 'off' ? { ...CAPABILITIES, changes: [] } : CAPABILITIES;
}

/** A signal is awaited only where it was asked for: by default nobody would send one. */
export function capabilitiesFor({ awaitEmailVerified }: OnboardingRequest, deployed: Capabilities): Capabilities {
  return awaitEmailVerified ? deployed : { ...deployed, emailVerified: 'none' };
}
