import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Call } from '../core/http.ts';
import { PaywayError } from './errors.ts';
import type { State } from './state.ts';

const digest = (text: string) => createHash('sha256').update(text).digest();
export const same = (one: string, other: string) => timingSafeEqual(digest(one), digest(other));

export const bearerOf = (authorization: string | undefined) => /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];

export function issueToken(state: State, scopes: string[]): string {
  const id = randomBytes(24).toString('hex');
  state.tokens.put({ id, scopes, expiresAt: state.now().getTime() + state.options.tokenSeconds * 1000 });
  return id;
}

/** 401 without a live token, 403 when the client is disabled or the token lacks the scope (17.1). */
export function refuseUnlessScoped(state: State, call: Call, scope: string): void {
  const bearer = bearerOf(call.headers['authorization']);
  const token = bearer === undefined ? undefined : state.tokens.get(bearer);
  if (!token || token.expiresAt <= state.now().getTime()) {
    throw new PaywayError(401, 'unauthorized', 'The access token is missing, unknown or expired');
  }
  if (state.options.client.disabled) throw new PaywayError(403, 'forbidden', 'The API user is disabled');
  if (!token.scopes.includes(scope)) throw new PaywayError(403, 'forbidden', `The access token lacks ${scope}`);
}

/** Ends the time of one token, or of all. */
export function expireTokens(state: State, only?: string): void {
  const meant = only === undefined ? state.tokens.all() : [state.tokens.get(only)];
  for (const token of meant) if (token) state.tokens.put({ ...token, expiresAt: 0 });
}
