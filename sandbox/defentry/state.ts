import { VendorError } from '../core/http.ts';
import type { Ground } from '../core/sandbox.ts';
import type { Table } from '../core/store.ts';
import type { Account, Alarm, Effect, EidSession, Token, WatchlistItem } from './model.ts';
import type { DefentryOptions } from './options.ts';

export interface State extends Ground<Effect> {
  options: DefentryOptions;
  accounts: Table<Account, 'email' | 'phone' | 'ssn' | 'externalId' | 'ownerId'>;
  /** Counts the plain members; they are rows of `accounts` under ids that no route for accounts leads to. */
  members: Pick<Table<Account>, 'nextNumber'>;
  tokens: Table<Token>;
  eidSessions: Table<EidSession>;
  watchlistItems: Table<WatchlistItem, 'list'>;
  alarms: Table<Alarm, 'accountId'>;
}

/** `YYYYMMDD-NNNN` and `YYYYMMDDNNNN` are the same SSN (9.1). */
export const normalSsn = (ssn: string) => ssn.replaceAll('-', '');
export const normalEmail = (email: string) => email.toLowerCase();
export const listKey = (accountId: string, list: string) => `${accountId}/${list}`;

export function openState(ground: Ground<Effect>, options: DefentryOptions): State {
  const { store } = ground;
  return {
    ...ground,
    options,
    accounts: store.table<Account, 'email' | 'phone' | 'ssn' | 'externalId' | 'ownerId'>('account', {
      email: ({ email }) => email && normalEmail(email),
      phone: ({ phone }) => phone,
      ssn: ({ ssn }) => ssn && normalSsn(ssn),
      externalId: ({ externalId }) => externalId,
      ownerId: ({ ownerId }) => ownerId,
    }),
    members: store.table<Account>('member', {}),
    tokens: store.table<Token>('token', {}),
    eidSessions: store.table<EidSession>('eid', {}),
    watchlistItems: store.table<WatchlistItem, 'list'>('watchlist', {
      list: ({ accountId, list }) => listKey(accountId, list),
    }),
    alarms: store.table<Alarm, 'accountId'>('alarm', { accountId: ({ accountId }) => accountId }),
  };
}

const PLAIN = 'plain-';
export const plainId = (number: number) => `${PLAIN}${number}`;
/** A person on the list of an account, and no account (3.4; an option). */
export const isPlain = ({ id }: Pick<Account, 'id'>) => id.startsWith(PLAIN);
/** As it goes over the wire: the numbers of plain members are their list's own, so an account may have the same. */
export const shownId = ({ id }: Pick<Account, 'id'>) => id.replace(PLAIN, '');

/** The account, or 404 as for every unknown, foreign or deleted id (9.7, 9.8). */
export function accountOf({ accounts, options }: State, id: string | undefined): Account {
  const account = id === undefined ? undefined : accounts.get(id);
  if (!account || account.deleted || isPlain(account)) throw new VendorError(options.unknownAccount, 'Not found');
  return account;
}

/** Writes changed fields of an account and answers it as it is now. */
export function change(state: State, account: Account, fields: Partial<Account>): Account {
  const changed = { ...account, ...fields, updatedAt: state.now().toISOString() };
  state.accounts.put(changed);
  return changed;
}

export function record(state: State, effect: Effect, account: Account, more: { itemId?: string; kind?: string } = {}) {
  state.ledger.record(effect, {
    accountId: account.id,
    externalId: account.externalId,
    ...(account.ownerId === null ? {} : { ownerId: account.ownerId }),
    ...more,
  });
}
