import type { Row } from '../core/store.ts';

export type Invitation = 'NONE' | 'PENDING' | 'ACCEPTED';
export const ACCOUNT_TYPES = ['SINGLE', 'FAMILY', 'BUSINESS'] as const;

export interface Account extends Row {
  externalId: string | null;
  type: (typeof ACCOUNT_TYPES)[number];
  firstName: string;
  lastName: string;
  email: string | null;
  emailConfirmed: boolean;
  /** Asked for, and not the account's until it is confirmed (9.8). */
  pendingEmail: string | null;
  createdEmail: string | null;
  phone: string | null;
  countryCode: string | null;
  langCode: string | null;
  companyName: string | null;
  organizationNumber: string | null;
  planId: string | null;
  /** NONE until set at creation or by eID; nothing leads out of set (3.2). */
  ssn: string | null;
  monitoring: boolean;
  active: boolean;
  /** Switched off by the partner: a late click confirms the address and no more. */
  deactivated: boolean;
  activationDate: string | null;
  supervisorId: string | null;
  /** The account it is a member of. */
  ownerId: string | null;
  invitation: Invitation;
  acceptedAt: string | null;
  passwordSet: boolean;
  confirmationSentAt: string | null;
  deleted: boolean;
  createdAt: string;
  updatedAt: string;
}

export interface Token extends Row {
  kind: 'crm' | 'app' | 'code';
  /** Of the app user; `null` for CRM. */
  accountId: string | null;
  expiresAt: number;
}

export type EidStatus = 'PENDING' | 'COMPLETED' | 'FAILED' | 'CANCELLED' | 'EXPIRED';

export interface EidSession extends Row {
  accountId: string;
  provider: string;
  returnUrl: string;
  state: string | null;
  status: EidStatus;
  expiresAt: number;
  createdAt: string;
}

export interface WatchlistItem extends Row {
  accountId: string;
  list: string;
  value: string;
  confirmed: boolean;
  createdAt: string;
}

export interface Alarm extends Row {
  accountId: string;
  type: 'email' | 'phone' | 'credit-card' | 'company';
  status: 'OPEN' | 'CLOSED';
  createdAt: string;
}

export type Effect =
  | 'account.created'
  | 'account.updated'
  | 'account.activated'
  | 'account.deactivated'
  | 'account.deleted'
  | 'email.confirmed'
  | 'email.requested'
  | 'email.changed'
  | 'email.deleted'
  | 'mail.sent'
  | 'member.added'
  | 'invitation.sent'
  | 'invitation.accepted'
  | 'eid.started'
  | 'eid.completed'
  | 'eid.cancelled'
  | 'eid.failed'
  | 'ssn.written'
  | 'monitoring.on'
  | 'monitoring.off'
  | 'watchlist.added'
  | 'watchlist.confirmed'
  | 'watchlist.removed'
  | 'password.set'
  | 'plan.changed'
  | 'supervisor.changed'
  | 'alarm.raised'
  | 'alarm.closed';
