import type { PolicyOverrides } from './policy.ts';

export const PROVIDERS = ['defentry', 'tulo-payway', 'facilioo'] as const;
export type ProviderName = (typeof PROVIDERS)[number];

export const ACCOUNT_KINDS = ['single', 'business', 'family'] as const;
export type AccountKind = (typeof ACCOUNT_KINDS)[number];

export const WATCHLIST_KINDS = ['email', 'phone', 'iban', 'passport', 'drivers-license', 'credit-card'] as const;
export type WatchlistKind = (typeof WATCHLIST_KINDS)[number];

export const EID_SCHEMES = ['BANKID', 'MITID', 'FTN'] as const;
export type EidScheme = (typeof EID_SCHEMES)[number];

export const THEMES = ['light', 'dark', 'system'] as const;
export type Theme = (typeof THEMES)[number];

export interface Person {
  /** Not every provider takes an account without one. */
  firstName?: string;
  lastName: string;
  email?: string;
  /** E.164, for example `+46701234567`. A caller may give the national number, with `countryCode`. */
  phone?: string;
  /** National ID as the provider takes it. Enters here, is used at creation, and is dropped from the run's state right after. */
  ssn?: string;
  /** ISO 3166-1 alpha-2, upper case. */
  countryCode?: string;
  /** ISO 639-1, lower case; providers convert. */
  languageCode?: string;
  /** `YYYY-MM-DD` */
  birthDate?: string;
}

/** Where a customer lives, in parts, as providers tell them apart. The names are those of person or company. */
export interface PostalAddress {
  street: string;
  streetNumber?: string;
  staircase?: string;
  floor?: string;
  apartment?: string;
  apartmentNumber?: string;
  careOf?: string;
  /** Without a blank. */
  zipCode: string;
  city: string;
  /** ISO 3166-1 alpha-2, upper case. */
  countryCode: string;
}

export interface Company {
  name: string;
  organizationNumber: string;
}

export interface MemberRequest {
  /** The caller's own key of the member, unique in the onboarding; part of the child's workflow id. */
  reference: string;
  person: Person;
}

export interface WatchlistItem {
  kind: WatchlistKind;
  /** E-mail and phone as of a person; IBAN and card without blanks, of a passport or licence as it is printed there. */
  value: string;
}

export interface IdentificationRequest {
  scheme: EidScheme;
  /** Where the person's browser goes after the eID. */
  returnUrl: string;
}

/** A customer of the subscription system behind the provider, who has no account yet. */
export interface ExistingCustomer {
  /** Of the subscription system. */
  customerNumber: string;
  /** The customer's own: where it is given it must be the one that the subscription system has. */
  zipCode?: string;
}

/** What a backend asks for. Everything below `provider`, `reference`, `kind` may be personal data. */
export interface OnboardingRequest {
  provider: ProviderName;
  /** The caller's own key of the customer: `[A-Za-z0-9_-]`, 1 to 64, no personal data. Unique per provider. */
  reference: string;
  kind: AccountKind;
  person: Person;
  company?: Company;
  address?: PostalAddress;
  planId?: string;
  /** The provider's own id of the person or organisation that is to hold the account, where the provider knows it already. */
  holderId?: string;
  /** The account is opened for this customer, who keeps number and subscriptions; left out: for somebody new. */
  existingCustomer?: ExistingCustomer;
  /**
   * `false`: do not wait for the address to be verified. `true`: wait, also at a provider that cannot be read, where
   * only the signal `emailVerified` tells. Left out: wait where the provider can be read.
   */
  awaitEmailVerified?: boolean;
  members?: MemberRequest[];
  /** How to bring a missing SSN. Used only when `person.ssn` is absent. */
  identification?: IdentificationRequest;
  ssnMonitoring?: boolean;
  watchlists?: WatchlistItem[];
  /** Free words by which the provider's people find the account. */
  tags?: string[];
  /** What the account is opened for, for example a newspaper's title. */
  accountOrigin?: string;
  /** The system or campaign that opens it. */
  createdFromSource?: string;
  /** The caller's own ids of the account, by key, beside the reference. */
  externalIds?: Record<string, string>;
  /** Whether the address must be verified before the account can be used; left out: as the deployment is set. */
  requireVerification?: boolean;
  /** How the provider's own pages look for this person. */
  theme?: Theme;
  policy?: PolicyOverrides;
}
