import { randomBytes } from 'node:crypto';
import { VendorError, type Call } from '../core/http.ts';
import type { Account, Caller, Token } from './model.ts';
import { partyOf, type State } from './state.ts';

const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');

/**
 * A JWT with the claims of the vendor's sample (3.1): `sub` is an object, there is no `iat`, `jti` or scope.
 * Assumption: nobody checks the signature, since the vendor's printed key differs between versions of its page; it is random here.
 */
function jwt({ id, partyId }: Account, from: number, until: number): string {
  const claims = {
    nbf: Math.floor(from / 1000),
    exp: Math.floor(until / 1000),
    iss: 'dev-api.facilioo.de',
    aud: 'dev-app.facilioo.de',
    sub: { accountId: Number(id), companyId: partyId },
  };
  return [encode({ alg: 'RS256', typ: 'JWT' }), encode(claims), randomBytes(256).toString('base64url')].join('.');
}

function issueToken(state: State, kind: Token['kind'], account: Account): string {
  const { tokens, accessToken } = state.options;
  const from = state.now().getTime();
  const expiresAt = from + tokens[kind] * 1000;
  const isOpaque = kind === 'access' && accessToken === 'opaque';
  const id = isOpaque ? randomBytes(32).toString('base64url') : jwt(account, from, expiresAt);
  state.tokens.put({ id, kind, accountId: account.id, expiresAt });
  return id;
}

/** What a login and a refresh answer (3.1). */
export const issueTokens = (state: State, account: Account) => ({
  accessToken: issueToken(state, 'access', account),
  refreshToken: issueToken(state, 'refresh', account),
});

export const unauthorized = () => new VendorError(401, 'Unauthorized', { headers: { 'www-authenticate': 'Bearer' } });

export const bearerOf = (authorization: string | undefined) => /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];

/** Whose token it is, if it is of that kind, its time is not over and the account lives; 401 otherwise. */
export function holderOf(state: State, kind: Token['kind'], id: string | undefined): Account {
  const token = id === undefined ? undefined : state.tokens.get(id);
  if (!token || token.kind !== kind || token.expiresAt <= state.now().getTime()) throw unauthorized();
  const account = state.accounts.get(token.accountId);
  if (!account || account.deleted !== null) throw unauthorized();
  return account;
}

export function callerOf(state: State, { headers }: Call): Caller {
  const account = holderOf(state, 'access', bearerOf(headers['authorization']));
  const party = partyOf(state, account.partyId);
  if (!party) throw unauthorized();
  return { account, party };
}

/** Ends the time of one token, or of all. */
export function expireTokens(state: State, only?: string): void {
  const meant = only === undefined ? state.tokens.all() : [state.tokens.get(only)];
  for (const token of meant) if (token) state.tokens.put({ ...token, expiresAt: 0 });
}
