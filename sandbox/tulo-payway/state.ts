import { randomBytes } from 'node:crypto';
import type { Ground } from '../core/sandbox.ts';
import type { Table } from '../core/store.ts';
import { notFound } from './errors.ts';
import type {
  Account,
  Attempt,
  Candidate,
  Effect,
  EmailChange,
  Mapping,
  PasswordReset,
  Sharing,
  Token,
  UserProduct,
  Verification,
} from './model.ts';
import type { PaywayOptions } from './options.ts';

export type LookedUp = 'email' | 'ssn' | 'alias' | 'customerNumber' | 'tuloCustomerNumber';

export interface State extends Ground<Effect> {
  options: PaywayOptions;
  accounts: Table<Account, LookedUp>;
  /** As they were before they were archived, where that can be undone (5.6). */
  archived: Table<Account>;
  tokens: Table<Token>;
  verifications: Table<Verification, 'accountId'>;
  resets: Table<PasswordReset, 'accountId'>;
  emailChanges: Table<EmailChange, 'accountId'>;
  products: Table<UserProduct, 'accountId'>;
  sharings: Table<Sharing, 'sharerId' | 'email'>;
  attempts: Table<Attempt, 'accountId'>;
  candidates: Table<Candidate, 'customerNumber'>;
  mappings: Table<Mapping, 'pair'>;
}

/** 24 hex characters (3.4). */
export const newId = () => randomBytes(12).toString('hex');

/** The last ten digits: both forms of an SSN are the same number (14.3). */
export const ssnKey = (ssn: string) => ssn.replaceAll(/\D/g, '').slice(-10);

export const pairKey = (key: string, value: string) => JSON.stringify([key, value]);

export const emailKey = ({ emailCase }: PaywayOptions, email: string) =>
  emailCase === 'same' ? email.toLowerCase() : email;

export function openState(ground: Ground<Effect>, options: PaywayOptions): State {
  const { store } = ground;
  const ofAccount = { accountId: ({ accountId }: { accountId: string }) => accountId };
  return {
    ...ground,
    options,
    accounts: store.table<Account, LookedUp>('account', {
      email: ({ email }) => email && emailKey(options, email),
      ssn: ({ ssn }) => ssn && ssnKey(ssn),
      alias: ({ profile }) => profile.alias ?? null,
      customerNumber: ({ customerNumber }) => customerNumber,
      tuloCustomerNumber: ({ tuloCustomerNumber }) => tuloCustomerNumber,
    }),
    archived: store.table<Account>('archived-account', {}),
    tokens: store.table<Token>('token', {}),
    verifications: store.table<Verification, 'accountId'>('verification', ofAccount),
    resets: store.table<PasswordReset, 'accountId'>('password-reset', ofAccount),
    emailChanges: store.table<EmailChange, 'accountId'>('email-change', ofAccount),
    products: store.table<UserProduct, 'accountId'>('user-product', ofAccount),
    sharings: store.table<Sharing, 'sharerId' | 'email'>('sharing', {
      sharerId: ({ sharerId }) => sharerId,
      email: ({ email }) => emailKey(options, email),
    }),
    attempts: store.table<Attempt, 'accountId'>('attempt', ofAccount),
    candidates: store.table<Candidate, 'customerNumber'>('candidate', {
      customerNumber: ({ customerNumber }) => customerNumber,
    }),
    mappings: store.table<Mapping, 'pair'>('mapping', { pair: ({ key, value }) => pairKey(key, value) }),
  };
}

/** The account, or 404. Assumption: an archived one can be read by its id, and nothing else can be done with it. */
export function accountOf({ accounts }: State, id: string): Account {
  const account = accounts.get(id.toLowerCase());
  if (!account || account.status === 'archived') throw notFound('account');
  return account;
}

/** The account with this address, or 404 that names `field` (4.1: the internal name is `contact_email`). */
export function accountOfEmail({ accounts, options }: State, email: string, field: string): Account {
  const [account] = accounts.find('email', emailKey(options, email)).filter(({ status }) => status !== 'archived');
  if (!account) throw notFound(field);
  return account;
}

/** Writes changed fields of an account and answers it as it is now. */
export function change(state: State, account: Account, fields: Partial<Account>): Account {
  const changed = { ...account, ...fields, updatedAt: state.now().toISOString() };
  state.accounts.put(changed);
  return changed;
}

export function record(
  state: State,
  effect: Effect,
  account: Account,
  more: { itemId?: string; kind?: string; ownerId?: string } = {},
): void {
  const [externalId = null] = Object.values(account.externalIds);
  state.ledger.record(effect, { accountId: account.id, externalId, ...more });
}
