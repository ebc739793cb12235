import { tokenAuth } from '../http/auth.ts';
import type { Auth, Login } from '../http/auth.ts';
import { HttpError, isHttpError } from '../http/errors.ts';
import { at } from '../http/path.ts';
import type { Send } from '../http/send.ts';
import type { Credentials, FaciliooConfig } from './config.ts';
import { claims, tokens } from './schemas.ts';
import type { Tokens } from './schemas.ts';

interface Session extends Login {
  refreshToken?: string | undefined;
}

const LOGIN = at('POST /api/auth/login');
const REFRESH = at('POST /api/auth/refresh');

/** Renewed so long before it ends. */
const MARGIN_MS = 60_000;

/**
 * `POST /api/auth/login` (contract, section 3.1). A success without a token means that a second factor is asked for in spite of our wish:
 * `Forbidden`, a person must change the account. Assumption: 400 and 409 are wrong credentials too.
 */
export async function logIn(send: Send, { email, password }: Credentials): Promise<Session> {
  const body = { email, password, skipMultiFactorAuthentication: true };
  try {
    return sessionOf(await send(LOGIN, tokens, { body, mutates: false, shared: true }));
  } catch (error) {
    if (!isHttpError(error, 'Invalid', 'Conflict')) throw error;
    throw new HttpError('Unauthorized', { provider: 'facilioo', route: LOGIN.route, ...statusOf(error) });
  }
}

/** Token of the configured account, shared by all calls of this process: renewed before it ends, by refresh token while that is taken. */
export function accountAuth(send: Send, credentials: FaciliooConfig['credentials']): Auth {
  if ('accessToken' in credentials) return { token: async () => credentials.accessToken };
  let refreshToken: string | undefined;

  return tokenAuth(async () => {
    const renewed = await refreshed(send, credentials.refresh, refreshToken);
    // Taken or refused, it may be of single use (section 10), and every refused call counts towards a block.
    refreshToken = undefined;
    const fresh = renewed ?? (await logIn(send, credentials));
    refreshToken = fresh.refreshToken;
    return fresh;
  });
}

/** Assumption: the form of a refresh is not documented, so whatever goes wrong but throttling is answered by a login. */
async function refreshed(send: Send, form: Credentials['refresh'], refreshToken: string | undefined) {
  if (form === 'off' || refreshToken === undefined) return undefined;
  const carried = form === 'bearer' ? { auth: { token: async () => refreshToken } } : { body: { refreshToken } };
  try {
    return sessionOf(await send(REFRESH, tokens, { ...carried, mutates: false, shared: true }));
  } catch (error) {
    if (isHttpError(error) && error.code !== 'Throttled') return undefined;
    throw error;
  }
}

function sessionOf({ accessToken, refreshToken }: Tokens): Session {
  if (!accessToken) {
    const vendorCode = 'SECOND_FACTOR_REQUIRED';
    throw new HttpError('Forbidden', { provider: 'facilioo', route: LOGIN.route, vendorCode });
  }
  return { token: accessToken, renewAt: renewalOf(accessToken), refreshToken: refreshToken ?? undefined };
}

/** A token that cannot be read, or by our clock has ended already, is used until it is answered with 401. */
function renewalOf(token: string): number | undefined {
  const read = claims.safeParse(payloadOf(token));
  const renewAt = read.success ? read.data.exp * 1000 - MARGIN_MS : 0;
  return renewAt > Date.now() ? renewAt : undefined;
}

/** Not verified: the token is facilioo's own business, we only want to know when it ends. */
function payloadOf(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

function statusOf({ status }: HttpError): { status?: number } {
  return status === undefined ? {} : { status };
}
