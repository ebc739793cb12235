import { isHttpError } from './errors.ts';
import type { HttpError, HttpErrorCode } from './errors.ts';

/** Where `send` gets the bearer token of a call. */
export interface Auth {
  /** Fails with the login's own failure, in the terms of `loginFailure`. */
  token(): Promise<string>;
  /** The token was answered with 401; the next `token()` logs in again. Where nothing can replace the token, a 401 is final. */
  reject?(token: string): void;
}

export interface Login {
  token: string;
  /** Epoch milliseconds from which on the token is not used any more; without, until it is answered with 401. */
  renewAt?: number | undefined;
}

/** Milliseconds without a login after one that was refused; twice as many after each further one. */
const FIRST_PAUSE = 15_000;
const LONGEST_PAUSE = 15 * 60_000;

/** A login that the vendor has refused. Repeating it may lock the account. */
interface Refused {
  failure: HttpError;
  pause: number;
  until: number;
}

/**
 * Keeps one token and logs in only when there is none. Calls that need a login at the same time share one, and a
 * late 401 on a token that has been replaced meanwhile costs no further login. After a refused login there is a pause, which grows, in which
 * each call fails as that login did and is told when to come again; the first login that succeeds ends it.
 */
export function tokenAuth(login: () => Promise<string | Login>): Required<Auth> {
  let held: Login | undefined;
  let pending: Promise<string> | undefined;
  let refused: Refused | undefined;

  const renew = async (): Promise<string> => {
    try {
      const fresh = await login();
      held = typeof fresh === 'string' ? { token: fresh } : fresh;
      refused = undefined;
      return held.token;
    } catch (error) {
      if (!isHttpError(error)) throw error;
      const failure = loginFailure(error);
      if (failure.code !== 'Unauthorized') throw failure;
      const pause = Math.min(refused ? refused.pause * 2 : FIRST_PAUSE, LONGEST_PAUSE);
      refused = { failure, pause, until: Date.now() + pause };
      throw told(refused);
    } finally {
      pending = undefined;
    }
  };
  const usable = (): string | undefined => (Date.now() < (held?.renewAt ?? Infinity) ? held?.token : undefined);
  return {
    token: async () => {
      const token = usable();
      if (token !== undefined) return token;
      if (!pending && refused && Date.now() < refused.until) throw told(refused);
      return (pending ??= renew());
    },
    reject: (token) => {
      if (token === held?.token) held = undefined;
    },
  };
}

/** What the login's failures say to the call that needed it: never anything about the object that this one asks for. */
const OF_LOGIN: Record<HttpErrorCode, HttpErrorCode> = {
  Unauthorized: 'Unauthorized',
  Forbidden: 'Unauthorized',
  Invalid: 'Unauthorized',
  Conflict: 'Unauthorized',
  Throttled: 'Throttled',
  NotFound: 'Unavailable',
  ContractViolation: 'Unavailable',
  UnknownOutcome: 'Unavailable',
  Unavailable: 'Unavailable',
};

/** The failure of a login as a failure of its own kind: refused, throttled, or not to be had. It names the login's route. */
export function loginFailure(error: HttpError): HttpError {
  return error.as(OF_LOGIN[error.code], { passing: false });
}

function told({ failure, until }: Refused): HttpError {
  return failure.as('Unauthorized', { retryAfterMs: Math.max(until - Date.now(), 1) });
}
