import type { KnownAccount } from './account.ts';
import type { IsoDuration } from './duration.ts';

/** What is asked for unless something else is named; every provider has it. */
export const DEFAULT_DETAIL = 'account';

/** One look at one account, or at what the provider knows of somebody who is to have one. */
export interface ReadInput extends KnownAccount {
  /** One of the provider's `Capabilities.reads`. */
  what: string;
  /** What the provider finds it by, where that is not the account: a national ID, a customer number. Personal data. */
  by?: string;
  /** How long each of the two calls is tried: a caller waits for the answer. */
  within: IsoDuration;
}

/** What the provider showed, in the fields that its client knows: personal data, but never an SSN. */
export interface AccountDetail {
  /** An instant, ISO 8601 in UTC. */
  readAt: string;
  detail: object;
}

/**
 * How a look ended. `read`: with what the provider shows, and the account if there is one of ours · `nothing-there`: no account of ours under
 * the reference · `refused`: the provider cannot be asked for it, and `sentence` says why.
 */
export type ReadResult =
  | ({ outcome: 'read'; accountId?: string } & AccountDetail)
  | { outcome: 'nothing-there' }
  | { outcome: 'refused'; sentence: string };
