import { VendorError } from '../core/http.ts';
import type { Ground } from '../core/sandbox.ts';
import type { Table } from '../core/store.ts';
import {
  PARTY_TYPE,
  type Account,
  type AccountGroup,
  type Caller,
  type Effect,
  type Party,
  type Token,
} from './model.ts';
import type { FaciliooOptions } from './options.ts';
import { worldOf, type World } from './world.ts';

type AccountKey = 'email' | 'partyId' | 'externalId';

export interface State extends Ground<Effect> {
  options: FaciliooOptions;
  world: World;
  accounts: Table<Account, AccountKey>;
  /** Those created by calls; the others are in `world`. */
  parties: Table<Party>;
  tokens: Table<Token>;
}

/** Addresses are compared trimmed and without case (10). */
export const normalEmail = (email: string) => email.trim().toLowerCase();

export function openState(ground: Ground<Effect>, options: FaciliooOptions): State {
  const { store } = ground;
  const world = worldOf(options, ground.now());
  const accounts = store.table<Account, AccountKey>('account', {
    email: ({ email }) => normalEmail(email),
    partyId: ({ partyId }) => String(partyId),
    externalId: ({ externalId }) => externalId,
  });
  for (const account of world.accounts) if (!accounts.get(account.id)) accounts.put(account);
  return { ...ground, options, world, accounts, parties: store.table('party', {}), tokens: store.table('token', {}) };
}

export const partyOf = ({ world, parties }: State, id: number): Party | undefined =>
  world.party(id) ?? parties.get(String(id));

export const groupOf = ({ world }: State, id: number): AccountGroup | undefined => world.groups.get(String(id));

/** 3.2, 6.1: platform administrators see all, a company itself and what it manages, everybody else themselves. */
export function seesParty({ party }: Caller, other: Party): boolean {
  if (party.accountRole === PARTY_TYPE.Admin || party.id === other.id) return true;
  return party.accountRole === PARTY_TYPE.PropertyManagementCompany && other.managedBy === Number(party.id);
}

export function seesAccount(state: State, caller: Caller, { deleted, partyId }: Account): boolean {
  const party = partyOf(state, partyId);
  return deleted === null && party !== undefined && seesParty(caller, party);
}

/** 7: the groups of one's own party, and the one an account is in. */
export function seesGroup({ account, party }: Caller, group: AccountGroup): boolean {
  const isOwn = group.partyId === Number(party.id) || account.accountGroupId === Number(group.id);
  return isOwn || party.accountRole === PARTY_TYPE.Admin;
}

/** The account, or 404 as for every unknown, invisible or deleted id (4.4). */
export function accountOf(state: State, caller: Caller, id: string | undefined): Account {
  const account = id === undefined ? undefined : state.accounts.get(id);
  if (!account || !seesAccount(state, caller, account)) throw new VendorError(404, 'Not Found');
  return account;
}

/** Writes changed fields of an account and answers it as it is now. */
export function change(state: State, account: Account, fields: Partial<Account>): Account {
  const changed = { ...account, ...fields, lastModified: state.now().toISOString() };
  state.accounts.put(changed);
  return changed;
}

export function record(state: State, effect: Effect, account: Account, more: { itemId?: string; kind?: string } = {}) {
  state.ledger.record(effect, { accountId: account.id, externalId: account.externalId, ...more });
}
