import type { Capabilities } from '../../../contract/capabilities.ts';
import { DETAILS } from './details.ts';

/** What the provider can do. The workflow goes by it: what is denied here is never asked for. */
export const CAPABILITIES: Capabilities = {
  kinds: ['single'],
  existingCustomers: false,
  emailVerified: 'none',
  resendVerification: false,
  confirmByCode: false,
  members: 'none',
  removeMember: false,
  identification: [],
  ssnMonitoring: false,
  watchlists: [],
  passwordReset: false,
  deactivate: false,
  remove: true,
  changes: [],
  reads: [...DETAILS],
  lookups: [],
  listAccounts: false,
};
