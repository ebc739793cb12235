import { randomBytes } from 'node:crypto';
import { VendorError, type Call } from '../core/http.ts';
import type { Account, Token } from './model.ts';
import { accountOf, type State } from './state.ts';

export type Caller = { kind: 'crm' } | { kind: 'app'; accountId: string };

/** A token as Laravel's Sanctum makes them: `id|secret` (1.4). */
export function issueToken(state: State, kind: Token['kind'], accountId: string | null, seconds: number): string {
  if (!state.options.tokens.concurrent) endTokens(state, kind, accountId);
  const id = `${state.tokens.nextNumber()}|${randomBytes(24).toString('base64url')}`;
  state.tokens.put({ id, kind, accountId, expiresAt: state.now().getTime() + seconds * 1000 });
  return id;
}

function endTokens(state: State, kind: Token['kind'], accountId: string | null): void {
  for (const token of state.tokens.all()) {
    if (token.kind === kind && token.accountId === accountId) expireTokens(state, token.id);
  }
}

/** The token if it is of that kind and its time is not over. */
export function liveToken(state: State, kinds: Token['kind'][], id: string): Token | undefined {
  const token = state.tokens.get(id);
  return token && kinds.includes(token.kind) && token.expiresAt > state.now().getTime() ? token : undefined;
}

export const bearerOf = (authorization: string | undefined) => /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];

/** Who calls; 401 without a live token or when the app user's account is gone. */
export function callerOf(state: State, call: Call): Caller {
  const bearer = bearerOf(call.headers['authorization']);
  const token = bearer === undefined ? undefined : liveToken(state, ['crm', 'app'], bearer);
  if (!token) throw new VendorError(401, 'Unauthenticated.');
  if (token.accountId === null) return { kind: 'crm' };
  const account = state.accounts.get(token.accountId);
  if (!account || account.deleted) throw new VendorError(401, 'Unauthenticated.');
  return { kind: 'app', accountId: token.accountId };
}

/** Ends the time of one token, or of all. */
export function expireTokens(state: State, only?: string): void {
  const meant = only === undefined ? state.tokens.all() : [state.tokens.get(only)];
  for (const token of meant) if (token) state.tokens.put({ ...token, expiresAt: 0 });
}

/** The account a call is about: for an app token its own and no other (3.9), for CRM the one named. */
export function subjectOf(state: State, caller: Caller, named: unknown): Account {
  const id = typeof named === 'string' || typeof named === 'number' ? String(named) : undefined;
  if (caller.kind === 'app') {
    if (id !== undefined && id !== caller.accountId) throw new VendorError(403, 'Forbidden');
    return accountOf(state, caller.accountId);
  }
  if (id === undefined) {
    const details = [{ field: 'account_id', issue: 'The account id field is required.' }];
    throw new VendorError(422, 'The given data was invalid.', { details });
  }
  return accountOf(state, id);
}
