import { needsPerson } from '../failure.ts';
import { loginFailure, tokenAuth } from '../http/auth.ts';
import type { Auth } from '../http/auth.ts';
import { isHttpError } from '../http/errors.ts';
import { at } from '../http/path.ts';
import { authorised, type Send } from '../http/send.ts';
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

/** Token of one end user (section 1.5). `email` must be the one the account was created with. No customer's address stays in memory. */
function appToken(send: Send, { clientId, clientSecret }: Sso, email: string): Promise<string> {
  const body = { client_id: clientId, client_secret: clientSecret, email };
  return send(at('POST /api/v1/sso/token'), schemas.token, { body, mutates: false });
}

/**
 * The token of the account's own user. Which of its addresses SSO knows the account by is the one that it was created with (section 1.5), or,
 * after a change, perhaps another; and an address may have become another customer's. So each is tried, and taken only if it leads to this account.
 */
export async function ownAuth(send: Send, sso: Sso, accountId: string, emails: string[]): Promise<Auth> {
  for (const email of new Set(emails)) {
    const auth = await letIn(send, sso, email);
    if (auth && (await ownId(authorised(send, auth))) === accountId) return auth;
  }
  throw needsPerson('Forbidden', NOT_LET_IN);
}

/** The account that a token belongs to. */
async function ownId(own: Send): Promise<string> {
  const { id } = await own(at('GET /api/v1/account'), schemas.wrapped(schemas.account));
  return id;
}

/** Refused for this address, or the secret is wrong: the other addresses tell. */
async function letIn(send: Send, sso: Sso, email: string): Promise<Auth | undefined> {
  let first: string | undefined;
  try {
    first = await appToken(send, sso, email);
  } catch (error) {
    if (isHttpError(error, 'NotFound', 'Invalid', 'Forbidden')) return undefined;
    throw isHttpError(error) ? loginFailure(error) : error;
  }
  return tokenAuth(async () => {
    const token = first ?? (await appToken(send, sso, email));
    first = undefined;
    return token;
  });
}

const NOT_LET_IN =
  'identification: Defentry’s SSO lets nobody in to this account by any of its addresses; check that the account is active and has the address that it was created with, then retry.';
