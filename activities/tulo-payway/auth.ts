import { tokenAuth } from '../http/auth.ts';
import type { Auth, Login } from '../http/auth.ts';
import { at } from '../http/path.ts';
import type { Send } from '../http/send.ts';
import type { TuloPaywayConfig } from './config.ts';
import * as schemas from './schemas.ts';

/** `POST /api/authorization/access_token` (Tulo Payway contract, section 2.2). Its own refusal is final: this call carries no `auth`. */
export async function logIn(
  send: Send,
  { clientId, clientSecret, grantType, scopes }: TuloPaywayConfig['login'],
): Promise<Login> {
  const form = { client_id: clientId, client_secret: clientSecret, grant_type: grantType, scope: scopes };
  const { access_token, expires_in } = await send(at('POST /api/authorization/access_token'), schemas.token, {
    form,
    mutates: false,
    shared: true,
  });
  return { token: access_token, renewAt: Date.now() + usableMs(expires_in) };
}

/** Token of the API user, shared by all calls of this process. */
export function apiAuth(send: Send, login: TuloPaywayConfig['login']): Auth {
  return tokenAuth(() => logIn(send, login));
}

/**
 * A minute less than the vendor says, so that no call begins with a token that ends on the way; of a short one, half (section 15, 1).
 * @internal
 */
export function usableMs(expiresInSeconds: number): number {
  return Math.max(expiresInSeconds - 60, expiresInSeconds / 2) * 1000;
}
