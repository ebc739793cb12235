import type { Capabilities } from './capabilities.ts';
import { CHANGE_KINDS, type ChangeKind } from './change.ts';
import { WATCHLIST_KINDS, type ProviderName } from './request.ts';

/** What of an account at Defentry can be read as data. */
const DEFENTRY_READS = [
  'account',
  'activation',
  'members',
  ...WATCHLIST_KINDS.flatMap((list) => [`${list}-watchlist`, `${list}-leaks`]),
];

/** Changes for which a route is documented, or which a documented route makes (Tulo Payway contract, sections 5.3, 9.1, 10 and 12). */
export const TULO_PAYWAY_CHANGES = [
  'change-email',
  'set-password',
  'upgrade-plan',
  'downgrade-plan',
  'update-profile',
  'add-member',
  'remove-member',
] as const satisfies ChangeKind[];

export const TULO_PAYWAY_READS = [
  'account',
  'status',
  'verification',
  'subscriptions',
  'active-products',
  'shares',
  'pending-shares',
  'comments',
  'authentication-attempts',
  'address',
] as const;

/** What of a customer of the subscription system can be read before there is an account. */
export const TULO_PAYWAY_LOOKUPS = ['candidate'] as const;

/** The only change of an account that facilioo speaks of (contract, section 4.2, rows 6, 9 and 10). */
export const FACILIOO_CHANGES = ['change-rights'] as const satisfies ChangeKind[];

export const FACILIOO_READS = ['account', 'account-group', 'account-groups', 'party'] as const;

/** What each provider can do with everything configured. A deployment's own are in the answer of `checkRequest`. */
export const PROVIDER_CAPABILITIES: Record<ProviderName, Capabilities> = {
  defentry: {
    kinds: ['single', 'business', 'family'],
    existingCustomers: false,
    emailVerified: 'read',
    resendVerification: true,
    confirmByCode: false,
    members: 'read',
    removeMember: true,
    identification: ['BANKID', 'MITID', 'FTN'],
    ssnMonitoring: true,
    watchlists: [...WATCHLIST_KINDS],
    passwordReset: false,
    deactivate: true,
    remove: true,
    changes: CHANGE_KINDS.filter((kind) => kind !== 'change-rights'),
    reads: DEFENTRY_READS,
    lookups: [],
    listAccounts: true,
  },
  /** A family's or company's members share the customer's subscription. */
  'tulo-payway': {
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
    changes: [...TULO_PAYWAY_CHANGES],
    reads: [...TULO_PAYWAY_READS, ...TULO_PAYWAY_LOOKUPS],
    lookups: [...TULO_PAYWAY_LOOKUPS],
    listAccounts: false,
  },
  /**
   * No verification is documented, so an address counts as verified when the caller says so (`emailVerified`); and neither deactivation nor
   * removal, so an account that must be taken back is listed for a person (facilioo contract, section 5).
   */
  facilioo: {
    kinds: ['single'],
    existingCustomers: false,
    emailVerified: 'signal',
    resendVerification: false,
    confirmByCode: false,
    members: 'none',
    removeMember: false,
    identification: [],
    ssnMonitoring: false,
    watchlists: [],
    passwordReset: false,
    deactivate: false,
    remove: false,
    changes: [...FACILIOO_CHANGES],
    reads: [...FACILIOO_READS],
    lookups: [],
    listAccounts: true,
  },
};
