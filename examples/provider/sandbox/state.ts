import { randomUUID } from 'node:crypto';
import { VendorError, type Call } from '../../../sandbox/core/http.ts';
import type { Ground } from '../../../sandbox/core/sandbox.ts';
import type { Row, Table } from '../../../sandbox/core/store.ts';
import type { SkeletonOptions } from './options.ts';

/** What the ledger tells; ids only. */
export type Effect = 'account.created' | 'account.removed';

export interface Account extends Row {
  reference: string;
  firstName: string;
  lastName: string;
  email: string;
  active: boolean;
}

export interface State extends Ground<Effect> {
  options: SkeletonOptions;
  accounts: Table<Account, 'reference' | 'email'>;
  /** Ids are the tokens themselves. */
  tokens: Table<Row>;
}

export function openState(ground: Ground<Effect>, options: SkeletonOptions): State {
  const { store } = ground;
  const accounts = store.table<Account, 'reference' | 'email'>('account', {
    reference: ({ reference }) => reference,
    email: ({ email }) => email,
  });
  return { ...ground, options, accounts, tokens: store.table('token', {}) };
}

export function issueToken({ tokens }: State): string {
  const id = randomUUID();
  tokens.put({ id });
  return id;
}

const tokenOf = (authorization: string | undefined) => /^Bearer (.+)$/.exec(authorization ?? '')?.[1] ?? '';

export function mustBeKnown({ tokens }: State, { headers }: Call): void {
  if (!tokens.get(tokenOf(headers['authorization']))) throw new VendorError(401, 'Unauthorized');
}

export function expireToken({ tokens }: State, authorization: string | undefined): void {
  tokens.remove(tokenOf(authorization));
}
