import { isNativeError } from 'node:util/types';
import type { ZodType } from 'zod';
import { USER_AGENT, createDispatcher } from './agent.ts';
import { interpret, lost } from './answer.ts';
import type { Explain } from './answer.ts';
import type { Auth } from './auth.ts';
import { TIMED_OUT, unlessAborted, withDeadline } from './deadline.ts';
import { HttpError, isHttpError } from './errors.ts';
import { exchange } from './exchange.ts';
import type { Target } from './path.ts';

export interface HttpOptions {
  /** The provider's name as errors show it. */
  provider: string;
  /** Scheme, host and an optional path prefix. */
  baseUrl: string;
  /** Sent with each call. */
  headers: Record<string, string>;
  /** Milliseconds for one `send`, from first connect to last byte, a re-login included. */
  timeoutMs: number;
  maxBytes: number;
  explain: Explain;
  /** Asked at each call for the signal that cancels it. A change that is under way is not cancelled: its effect would be unknown. */
  cancellation: () => AbortSignal | undefined;
  /** Hears how each call ended: `done`, or the failure's code. `route` is the documented one, without anything of the customer's. */
  measure: (call: { route: string; result: string }, seconds: number) => void;
}

export interface SendOptions {
  auth?: Auth | undefined;
  /** Sent as JSON. */
  body?: unknown;
  /** Media type of `body` where it is another form of JSON. */
  type?: string;
  /** Sent form-encoded instead of `body`: what OAuth token endpoints take. */
  form?: Record<string, string>;
  query?: Record<string, string>;
  /** By default every method but GET. `false` for a POST that only reads, such as a login. */
  mutates?: boolean;
  /** Several calls may wait for this one, such as a login: it does not end with the one that began it. Each of them stops waiting by itself. */
  shared?: boolean;
}

/** `answer` is what a success must look like; `none` when any will do. */
export type Send = <T>(target: Target, answer: ZodType<T>, options?: SendOptions) => Promise<T>;

/** Of every call. No compression is asked for: what comes is capped by its size. */
const OWN_HEADERS = { 'user-agent': USER_AGENT, 'accept-encoding': 'identity' };

/**
 * The only door to the network. Rejects with `HttpError`, or with the canceller's reason. Never retries: that is
 * Temporal's, visible and cancellable. The one exception is a 401, which is followed by one new login and one replay.
 */
export function createSend(options: HttpOptions): Send {
  const { provider, timeoutMs, maxBytes, explain } = options;
  const base = options.baseUrl.replace(/\/+$/, '');
  // Half the time for connecting, so that a dead host is told from an answer that was lost.
  const dispatcher = createDispatcher(timeoutMs / 2);

  return async <T>(target: Target, answer: ZodType<T>, request: SendOptions = {}): Promise<T> => {
    const { method, route } = target;
    const { auth, mutates = method !== 'GET', shared = false } = request;
    const facts = { provider, route };
    const url = new URL(base + target.path);
    url.search = new URLSearchParams(request.query).toString();
    const { type, body } = encoded(request);

    const exchanged = async (signal: AbortSignal, token: string | undefined): Promise<T> => {
      const headers = {
        ...OWN_HEADERS,
        ...options.headers,
        ...(type === undefined ? {} : { 'content-type': type }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      };
      let isSent = false;
      const onSending = (): void => void (isSent = true);
      const raw = await exchange(dispatcher, { method, url, headers, body }, { signal, maxBytes, onSending }).catch(
        (error: unknown) => {
          if (signal.aborted && signal.reason !== TIMED_OUT) throw signal.reason;
          const vendorCode = signal.aborted ? 'TIMED_OUT' : systemCode(error);
          throw new HttpError(isSent ? lost(mutates) : 'Unavailable', { ...facts, vendorCode });
        },
      );
      return interpret(raw, { facts, mutates, explain, schema: answer });
    };

    /** The same, measured. */
    const attempt = async (signal: AbortSignal, token: string | undefined): Promise<T> => {
      const begun = performance.now();
      const ended = (result: string) => options.measure({ route, result }, (performance.now() - begun) / 1000);
      try {
        const answered = await exchanged(signal, token);
        ended('done');
        return answered;
      } catch (error) {
        ended(error instanceof HttpError ? error.code : 'Cancelled');
        throw error;
      }
    };

    const login = async (signal: AbortSignal): Promise<string | undefined> => {
      if (!auth) return undefined;
      return unlessAborted(auth.token(), signal).catch((error: unknown) => {
        if (error !== TIMED_OUT) throw error;
        throw new HttpError('Unavailable', { ...facts, vendorCode: 'LOGIN_TIMED_OUT' });
      });
    };

    const cancellation = shared ? undefined : options.cancellation();
    cancellation?.throwIfAborted();
    return withDeadline(timeoutMs, mutates ? undefined : cancellation, async (signal) => {
      const token = await login(signal);
      try {
        return await attempt(signal, token);
      } catch (error) {
        if (!auth?.reject || token === undefined || !isHttpError(error, 'Unauthorized')) throw error;
        auth.reject(token);
        return attempt(signal, await login(signal));
      }
    });
  };
}

/** The same door, with a bearer token on each call. */
export function authorised(send: Send, auth: Auth): Send {
  return (target, answer, options) => send(target, answer, { ...options, auth });
}

function encoded({ body, type = 'application/json', form }: SendOptions): {
  type: string | undefined;
  body: string | undefined;
} {
  if (form) return { type: 'application/x-www-form-urlencoded', body: new URLSearchParams(form).toString() };
  if (body === undefined) return { type: undefined, body: undefined };
  return { type, body: JSON.stringify(body) };
}

function systemCode(error: unknown): string | undefined {
  const code = isNativeError(error) && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
