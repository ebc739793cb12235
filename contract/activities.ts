import type { AccountReading, AccountRef, Known, Poll } from './account.ts';
import type { Capabilities } from './capabilities.ts';
import type { ManagementActivities } from './management.ts';
import type {
  EidScheme,
  ExistingCustomer,
  MemberRequest,
  OnboardingRequest,
  Person,
  WatchlistItem,
} from './request.ts';

/**
 * The run's own reference, with the provider's id once it is known. Without the id the provider looks the reference up, and
 * `person` tells our account from somebody else's under the same reference.
 */
export interface OwnAccount {
  reference: string;
  accountId?: string;
  person: Pick<Person, 'email'>;
  /** Of a run that opened the account for one. */
  existingCustomer?: ExistingCustomer;
}

export interface MemberRef extends AccountRef {
  memberId: string;
}

export interface CheckedRequest {
  /** The request in the provider's own forms (language code, SSN, phone), ready to be sent. */
  request: OnboardingRequest;
  capabilities: Capabilities;
}

/** `ours`: an account under our own reference is there already and will be adopted by `createAccount`. */
export type Uniqueness = 'free' | 'ours';

export interface CreatedAccount extends AccountRef {
  /** `false` when an account of ours was found and adopted instead. */
  created: boolean;
  /** `false`: read back as verified right after creation, so nobody has an address to confirm. */
  verificationNeeded?: boolean;
  /** Added by the worker, not by the provider: keyed hash of provider and account id, by which a webhook finds the run. */
  accountHash?: string;
}

/** How a provider may know the person who identifies. */
export interface Addressed {
  email: string;
  /** The address that the account was created with, where that was another one. */
  createdEmail?: string | undefined;
}

export interface IdentificationLink {
  identificationId: string;
  link: string;
}

/** `completed` is only ever said after the account was read back and has an SSN. */
export const IDENTIFICATION_OUTCOMES = ['completed', 'cancelled', 'failed', 'expired'] as const;
export type IdentificationOutcome = (typeof IDENTIFICATION_OUTCOMES)[number];

/**
 * The steps a provider implements (design, section 4). Each is one activity, called with one object.
 * Each may run more than once and must have its effect once: look up, then act, then read back.
 * A provider leaves out what its capabilities deny. Rejections and permanent failures are non-retryable
 * `ApplicationFailure`s whose `type` is one of `FAILURES`.
 */
export interface ProviderActivities {
  /** Refuses (`RequestRefused`) with one sentence that names field, rule and remedy, before any effect. */
  checkRequest(input: { request: OnboardingRequest }): Promise<CheckedRequest>;
  /** Fails `EmailTaken` or `SsnTaken` when the address or the ID belongs to an account that is not ours. */
  checkUniqueness(input: { request: OnboardingRequest }): Promise<{ uniqueness: Uniqueness }>;
  /** `asked`: whether a call of the run before this one may have asked for it; attempts of one activity are not counted. Absent: none has. */
  createAccount(input: { request: OnboardingRequest; asked?: Known }): Promise<CreatedAccount>;
  readAccount(input: AccountRef): Promise<AccountReading>;
  sendVerification(input: AccountRef): Promise<void>;
  confirmEmail(input: AccountRef & { code: string }): Promise<{ confirmed: boolean }>;
  /** Ends when the provider says the address is verified; until then fails `NotYet`, benign, with the next delay. */
  awaitEmailVerified(input: AccountRef & Poll): Promise<{ needed: boolean }>;
  /** `ownerReference` is the run's reference: member references are unique only within it. */
  addMember(input: AccountRef & { ownerReference: string; member: MemberRequest }): Promise<{ memberId: string }>;
  /** `again`: a reminder, so an invitation that is already out is sent once more. */
  inviteMember(input: MemberRef & { member: MemberRequest; again: boolean }): Promise<void>;
  awaitMemberAccepted(input: MemberRef & Poll): Promise<void>;
  /** Also takes back a member whose id is not known because the answer to `addMember` was lost. */
  removeMember(input: AccountRef & { ownerReference: string; member: MemberRequest; memberId?: string }): Promise<void>;
  startIdentification(
    input: AccountRef & Addressed & { scheme: EidScheme; returnUrl: string },
  ): Promise<IdentificationLink>;
  awaitIdentification(
    input: AccountRef & Addressed & { identificationId: string } & Poll,
  ): Promise<{ outcome: IdentificationOutcome }>;
  /** Ends when a read-back says on, or when the provider accepted the call and cannot be read (`proven: false`). */
  enableSsnMonitoring(input: AccountRef): Promise<{ proven: boolean }>;
  disableSsnMonitoring(input: AccountRef): Promise<{ proven: boolean }>;
  enrolWatchlist(input: AccountRef & { item: WatchlistItem }): Promise<void>;
  /** The mail by which the person chooses a password. Sent at the end, and once more when an answer was lost. */
  sendPasswordReset(input: AccountRef & { email: string }): Promise<void>;
  /** Done also when there is nothing (any more). Without an account id the account is looked up by our reference. */
  deactivateAccount(input: OwnAccount): Promise<void>;
  removeAccount(input: OwnAccount): Promise<void>;
}

/** All that a provider may host on its queue. */
export type HostedActivities = ProviderActivities & ManagementActivities;

/** What every provider has, whatever its capabilities: runs of each kind call these. `checkChange` may refuse every change. */
export type LeastActivities = Pick<
  HostedActivities,
  | 'checkRequest'
  | 'checkUniqueness'
  | 'createAccount'
  | 'readAccount'
  | 'findAccount'
  | 'checkChange'
  | 'readHoldings'
  | 'readDetail'
>;

/** @internal */
export type ActivityName = keyof HostedActivities;
