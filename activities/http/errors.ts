import type { PermanentCode, TransientCode } from '../../contract/failures.ts';
import type { Route } from './path.ts';

export type HttpErrorCode = PermanentCode | TransientCode;

/** What each code means, and what helps. Fixed sentences: nothing a vendor or a customer wrote gets in. */
const SENTENCES: Record<HttpErrorCode, string> = {
  Throttled: 'the provider asks to slow down; the call was not executed',
  Unavailable: 'the provider could not be reached or did not serve the call, which has changed nothing',
  UnknownOutcome: 'no usable answer came; the call may have been executed and must be looked up before it is repeated',
  Unauthorized: 'the login was refused; check the credentials',
  Forbidden: 'the login lacks the permission, or the plan does not include this',
  NotFound: 'the provider does not know this object',
  Conflict: 'the provider says it clashes with what is there already',
  Invalid: 'the provider refused the data; correct it and try again',
  ContractViolation: 'the answer is not what the documentation promises; a person must look at it',
};

export interface HttpErrorFacts {
  provider: string;
  route: Route;
  status?: number;
  /** A vendor's stable error code, or the operating system's name for a transport failure. */
  vendorCode?: string | undefined;
  /** Names of fields, never their values. */
  fields?: readonly string[];
  correlationId?: string | undefined;
  retryAfterMs?: number | undefined;
  /** Once it may be a hiccup; a person is called for when it stays so. */
  passing?: boolean;
}

const CODE = /^[A-Z][A-Z0-9_]{0,47}$/;
/** A path of field names and list positions. Long numbers are not taken: they could be data. */
const FIELD = /^(?:[a-z][A-Za-z_]{0,39}\d{0,2})(?:\.(?:[a-z][A-Za-z_]{0,39}\d{0,2}|\d{1,3}))*$/;
const MAX_FIELDS = 10;
/** A UUID, with or without the vendor's prefix. */
const CORRELATION = /^(?:[a-z]{1,10}-){0,3}[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/**
 * A call to a provider that did not succeed. `message` is ours and free of personal data;
 * there is no `cause`, because a transport's or vendor's error may quote addresses, tokens and bodies.
 */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly code: HttpErrorCode;
  readonly route: Route;
  readonly status: number | undefined;
  readonly vendorCode: string | undefined;
  readonly fields: readonly string[];
  /** How long the provider asks to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  readonly passing: boolean;
  readonly #facts: HttpErrorFacts;

  constructor(code: HttpErrorCode, facts: HttpErrorFacts) {
    const vendorCode = facts.vendorCode !== undefined && CODE.test(facts.vendorCode) ? facts.vendorCode : undefined;
    const fields = [...new Set(facts.fields)].filter((field) => FIELD.test(field)).slice(0, MAX_FIELDS);
    const id =
      facts.correlationId !== undefined && CORRELATION.test(facts.correlationId) ? facts.correlationId : undefined;
    const named = [facts.status, vendorCode, fields.length > 0 ? `fields ${fields.join(', ')}` : undefined, id];
    const shown = named.filter((part) => part !== undefined).join(', ');
    super(`${facts.provider} ${facts.route}: ${SENTENCES[code]}${shown ? ` (${shown})` : ''}.`);
    this.code = code;
    this.route = facts.route;
    this.status = facts.status;
    this.vendorCode = vendorCode;
    this.fields = fields;
    this.retryAfterMs = facts.retryAfterMs;
    this.passing = facts.passing ?? false;
    this.#facts = { ...facts, vendorCode, fields, correlationId: id };
  }

  /** The same call's failure, told as another one. */
  as(code: HttpErrorCode, more: Partial<HttpErrorFacts> = {}): HttpError {
    return new HttpError(code, { ...this.#facts, ...more });
  }
}

export function isHttpError(error: unknown, ...codes: HttpErrorCode[]): error is HttpError {
  return error instanceof HttpError && (codes.length === 0 || codes.includes(error.code));
}

/** The promise's value, or `undefined` when the provider says there is no such thing. */
export async function ifThere<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (isHttpError(error, 'NotFound')) return undefined;
    throw error;
  }
}
