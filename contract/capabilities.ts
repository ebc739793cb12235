import type { ChangeKind } from './change.ts';
import type { AccountKind, EidScheme, WatchlistKind } from './request.ts';

/** How the provider tells that something a person does has happened: by reading, by signal only, or not at all. */
export const EVIDENCE = ['read', 'signal', 'none'] as const;
export type Evidence = (typeof EVIDENCE)[number];

/** What a provider can do. `checkRequest` answers it, the workflow goes by it, `onboard providers` prints it. */
export interface Capabilities {
  kinds: AccountKind[];
  /** Accounts for customers whom a subscription system knows already. */
  existingCustomers: boolean;
  emailVerified: Evidence;
  resendVerification: boolean;
  confirmByCode: boolean;
  members: Evidence;
  removeMember: boolean;
  identification: EidScheme[];
  ssnMonitoring: boolean;
  watchlists: WatchlistKind[];
  /** New accounts have a password that nobody knows; the person chooses one through a reset mail. */
  passwordReset: boolean;
  deactivate: boolean;
  remove: boolean;
  /** Changes of an existing account. */
  changes: ChangeKind[];
  /** What of an account can be read as data. */
  reads: string[];
  /** Of these, what is found without an account of ours. */
  lookups: string[];
  /** All accounts can be listed, so that a reconciliation also finds those that nobody here knows. */
  listAccounts: boolean;
}
