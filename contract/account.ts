import type { IsoDuration } from './duration.ts';
import type { ProviderName } from './request.ts';

/** The account a change or an offboarding is about: by our own reference, with the provider's id where the caller has it. */
export interface KnownAccount {
  provider: ProviderName;
  reference: string;
  accountId?: string;
}

/** What a read can say: a missing field means `unknown`, never "no". */
export type Known = 'yes' | 'no' | 'unknown';

export interface AccountRef {
  accountId: string;
}

export interface AccountReading {
  exists: boolean;
  active: Known;
  emailVerified: Known;
  ssnPresent: Known;
  ssnMonitoring: Known;
}

/** Pace of a poll; see `WaitPolicy`. */
export interface Poll {
  firstPoll: IsoDuration;
  maxPoll: IsoDuration;
  /** Somebody has just said that it is so: the provider, which may show it a little later, is looked at again soon. */
  hinted?: boolean;
}
