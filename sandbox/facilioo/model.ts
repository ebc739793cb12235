import type { Row } from '../core/store.ts';

/** AccountRole: the type of a party, in spite of its name (6.1). 4, 6, 8, 9 and 12 do not occur. */
export const PARTY_TYPE = {
  Admin: 1,
  PropertyManagementCompany: 2,
  PoolManager: 3,
  Contractor: 5,
  User: 7,
  EnergyProvider: 10,
  Guest: 11,
  InsuranceBroker: 13,
  Insurer: 14,
  Mediator: 15,
} as const;
export const PARTY_TYPES = Object.values(PARTY_TYPE);
export type PartyType = (typeof PARTY_TYPES)[number];

/** The older of the two lists that the vendor's page had (6.1, 11.4). */
export const EARLIER_PARTY_TYPES: readonly PartyType[] = [2, 3, 5, 7, 11, 13, 14];

/** 3.2: Create and Update are printed, Read and Delete are an assumption by position. */
export const PERMISSION = { Create: 0, Read: 1, Update: 2, Delete: 3 } as const;
export type Permission = (typeof PERMISSION)[keyof typeof PERMISSION];

/** The body of a creation, in the order and under the names of 4.2; `names` of the options renames them on the wire. */
export const ACCOUNT_FIELDS = [
  'email',
  'partyId',
  'firstName',
  'lastName',
  'theme',
  'isAdmin',
  'accountGroupId',
  'colorId',
  'canViewAllRepresentations',
  'isSupervisor',
  'externalId',
] as const;
export type AccountField = (typeof ACCOUNT_FIELDS)[number];

/** Changed after creation only, by an administrator of the same party (4.2). */
export const FLAGS = ['isAdmin', 'canViewAllRepresentations', 'isSupervisor'] as const;
/** Never changed after creation (4.2). */
export const FIXED = ['partyId', 'firstName', 'lastName'] as const;

/** The fields of a party that are played, under the names of 6.2; `partyNames` of the options renames them on the wire. */
export const PARTY_FIELDS = [
  'accountRole',
  'primaryName',
  'secondaryName',
  'ternaryName',
  'quaternaryName',
  'externalId',
] as const;
export type PartyField = (typeof PARTY_FIELDS)[number];

interface Audited extends Row {
  created: string;
  lastModified: string;
  /** When it was deleted; `null` while it lives (2). */
  deleted: string | null;
}

export interface Account extends Audited {
  email: string;
  partyId: number;
  firstName: string | null;
  lastName: string;
  theme: number;
  isAdmin: boolean;
  accountGroupId: number;
  colorId: number;
  canViewAllRepresentations: boolean;
  isSupervisor: boolean;
  externalId: string | null;
  /** Kept inside: no field of the vendor shows it (10). */
  activation: 'created' | 'invited' | 'active';
}

export interface Party extends Audited {
  accountRole: PartyType;
  primaryName: string | null;
  secondaryName: string | null;
  ternaryName: string | null;
  quaternaryName: string | null;
  externalId: string | null;
  /** The company that a party belongs to (6.1). */
  managedBy: number | null;
}

export interface AccountGroup extends Audited {
  name: string;
  /** The party whose group it is. */
  partyId: number;
  permissions: Permission[];
}

/** `id` is the token itself. */
export interface Token extends Row {
  kind: 'access' | 'refresh';
  accountId: string;
  expiresAt: number;
}

/** Who calls. */
export interface Caller {
  account: Account;
  party: Party;
}

export type Effect =
  | 'account.created'
  | 'account.updated'
  | 'account.deleted'
  | 'account.activated'
  | 'rights.changed'
  | 'mail.sent'
  | 'party.created';
