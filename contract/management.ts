import type { AccountReading, AccountRef, Known, Poll } from './account.ts';
import type { Capabilities } from './capabilities.ts';
import type { AccountChange } from './change.ts';
import type { AccountDetail } from './reading.ts';
import type { WatchlistItem } from './request.ts';

/** An account found by our own reference; without an id there is none. */
export interface FoundAccount {
  /** Of this deployment, so that a run that never checks a request or a change knows what it need not ask for. */
  capabilities: Capabilities;
  accountId?: string;
  /** As the provider shows it; absent where it does not. */
  email?: string | null;
  /** Keyed hash of provider and account id, added by the worker: by it an event from outside finds the run. */
  accountHash?: string;
  /** Absent where the provider does not show it. */
  active?: Known;
}

export interface AppliedChange {
  /** `false`: the provider accepted the change and cannot be read. */
  proven: boolean;
  /** Of a new address: somebody has to confirm it before it counts. */
  verificationNeeded?: boolean;
}

/** What hangs on an account, for taking it apart or comparing it. A missing list: the provider has none, or does not show it. */
export interface Holdings extends AccountReading {
  members?: { memberId: string; reference?: string; accepted: Known }[];
  watchlistItems?: WatchlistItem[];
}

/** A list of holdings; which of them are read is the caller's choice. */
export type HoldingsList = Exclude<keyof Holdings, keyof AccountReading>;

/** An account in a provider's list. `reference` is our own, where the account carries one. */
export interface ListedAccount extends AccountReading {
  accountId: string;
  reference?: string;
}

export interface ChangeOfAccount extends AccountRef {
  ownerReference: string;
  change: AccountChange;
}

/**
 * The steps after the first day: an account is found, changed, read and listed. Each is one activity under the same rules as those
 * of `ProviderActivities`.
 */
export interface ManagementActivities {
  /** By our own reference, or by id when given; an account that carries another reference is not found. */
  findAccount(input: { reference: string; accountId?: string }): Promise<FoundAccount>;
  /** Refuses (`RequestRefused`) before any effect, members' changes included; answers the change in the provider's own forms. */
  checkChange(input: ChangeOfAccount): Promise<{ change: AccountChange; capabilities: Capabilities }>;
  /** Looks whether it is so already, acts, reads back. Never for members, which have steps of their own. */
  applyChange(input: ChangeOfAccount): Promise<AppliedChange>;
  /** Ends when the provider says that this address is the account's and verified; `NotYet` until then. */
  awaitEmailChanged(input: AccountRef & { email: string } & Poll): Promise<void>;
  /** How the account stands, and of what hangs on it the lists that are asked for: each is calls that may fail. Without `lists` all. */
  readHoldings(input: AccountRef & { ownerReference: string; lists?: HoldingsList[] }): Promise<Holdings>;
  /**
   * One of the things that `Capabilities.reads` names; refuses (`RequestRefused`) any other. `by` as in `ReadInput`. Without an account only
   * one of `Capabilities.lookups`.
   */
  readDetail(input: Partial<AccountRef> & { what: string; by?: string }): Promise<AccountDetail>;
  /** A page of all accounts; `cursor` as the page before answered it. */
  listAccounts(input: { cursor?: string }): Promise<{ accounts: ListedAccount[]; cursor?: string }>;
}
