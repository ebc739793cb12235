import { tokenAuth } from '../http/auth.ts';
import type { Auth } from '../http/auth.ts';
import { at } from '../http/path.ts';
import type { Send } from '../http/send.ts';
import type { DefentryConfig } from './config.ts';
import * as schemas from './schemas.ts';

/** `POST /api/v1/crm/auth/login` (Defentry contract, section 1.3). Its own 401 is final: this call carries no `auth`. */
export function logIn(send: Send, { username, password, keepLogged }: DefentryConfig['login']): Promise<string> {
  const body = { username, password, ...(keepLogged ? { keep_logged: true } : {}) };
  return send(at('POST /api/v1/crm/auth/login'), schemas.token, { body, mutates: false, shared: true });
}

/** Token of the service account, shared by all calls of this process. */
export function crmAuth(send: Send, login: DefentryConfig['login']): Auth {
  return tokenAuth(() => logIn(send, login));
}

type Sso = NonNullable<DefentryConfig['sso']>;

/** Token of one end user (section 1.5). `email` must be the one the account was created with. */
function appToken(send: Send, { clientId, clientSecret }: Sso, email: string): Promise<string> {
  const body = { client_id: clientId, client_secret: clientSecret, email };
  return send(at('POST /api/v1/sso/token'), schemas.token, { body, mutates: false });
}

/** Made afresh for each use: eID steps are rare, and no customer's address stays in memory. */
export function appAuth(send: Send, sso: Sso, email: string): Auth {
  return tokenAuth(() => appToken(send, sso, email));
}
