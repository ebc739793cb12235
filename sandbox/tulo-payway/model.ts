import type { Row } from '../core/store.ts';

export type Status = 'created' | 'active' | 'inactive' | 'archived';

/** What the partner wrote and reads back, under the names of the wire (5.1, 5.3). */
export interface Profile {
  first_name?: string | undefined;
  last_name?: string | undefined;
  alias?: string | undefined;
  mobile_phone_number?: string | undefined;
  birth_date?: string | undefined;
  company_name?: string | undefined;
  company_registration_number?: string | undefined;
  account_origin?: string | undefined;
  created_from_source?: string | undefined;
  address?: Record<string, string | undefined> | undefined;
  tags?: string[] | undefined;
}

/** A password is never kept: nothing here logs in with one. */
export interface Account extends Row {
  email: string | null;
  /** As it was written, with 10 digits and a hyphen or with 12. */
  ssn: string | null;
  status: Status;
  verified: boolean;
  customerNumber: string | null;
  tuloCustomerNumber: string;
  externalIds: Record<string, string>;
  profile: Profile;
  createdAt: string;
  updatedAt: string;
}

export interface Token extends Row {
  scopes: string[];
  expiresAt: number;
}

export interface Verification extends Row {
  accountId: string;
  code: string;
  createdAt: string;
  expiresAt: string;
}

export interface PasswordReset extends Row {
  accountId: string;
  code: string;
  expiresAt: string;
}

/** A new address that waits for its code (9.2). */
export interface EmailChange extends Row {
  accountId: string;
  email: string;
  code: string;
}

export interface UserProduct extends Row {
  accountId: string;
  productCode: string;
  subscriptionType: 'recurring' | 'limited';
  state: 'activated' | 'deactivated';
  validFrom: string;
  validTo: string;
  provisionService: string;
  createdAt: string;
  updatedAt: string;
}

export interface Sharing extends Row {
  sharerId: string;
  userProductId: string;
  email: string;
  state: 'pending' | 'active';
}

export interface Mapping extends Row {
  accountId: string;
  key: string;
  value: string;
}

export interface Attempt extends Row {
  accountId: string;
  successful: boolean;
  at: string;
}

export interface Candidate extends Row {
  customerNumber: string;
}

export type Effect =
  | 'account.created'
  | 'account.updated'
  | 'account.activated'
  | 'account.deactivated'
  | 'account.archived'
  | 'account.restored'
  | 'account.frozen'
  | 'email.confirmed'
  | 'email.changed'
  | 'mail.sent'
  | 'member.added'
  | 'member.removed'
  | 'invitation.sent'
  | 'invitation.accepted'
  | 'password.set'
  | 'external-id.written'
  | 'product.activated'
  | 'product.deactivated';
