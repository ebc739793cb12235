import { z } from 'zod';
import type { ZodType } from 'zod';
import { HttpError } from './errors.ts';
import type { HttpErrorCode, HttpErrorFacts } from './errors.ts';
import type { RawAnswer } from './exchange.ts';
import { retryAfter } from './retry-after.ts';

/** Any success will do, with or without a body. */
export const none: ZodType<void> = z.unknown().transform(() => undefined);

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a vendor's error body says, in our terms. `code` corrects what the status alone would say. */
export interface Explanation {
  vendorCode?: string | undefined;
  fields?: string[];
  code?: HttpErrorCode;
  /** The vendor's own id of the call, for its support. */
  correlationId?: string;
}

/**
 * The one place where a provider says what its error shape is. `undefined`: this body is not the vendor's, but of something in between, such as
 * a proxy or an ingress, or it is none. Then nothing is believed of what the status says about the object that was asked for.
 */
export type Explain = (body: unknown, answer: RawAnswer) => Explanation | undefined;

export interface Expectation<T> {
  facts: HttpErrorFacts;
  /** Whether the call changes something, so that a lost answer leaves the outcome unknown. */
  mutates: boolean;
  explain: Explain;
  /** What a success must look like. */
  schema: ZodType<T>;
}

/** The data of a success, or the classified `HttpError`. */
export function interpret<T>(answer: RawAnswer, expected: Expectation<T>): T {
  const { status } = answer;
  const { mutates, schema } = expected;
  const facts: HttpErrorFacts = { ...expected.facts, status };
  if (status < 200 || status > 299) throw refusal(answer, expected, facts);
  if (answer.text?.trim() === '') {
    const result = schema.safeParse(undefined);
    if (result.success) return result.data;
    throw new HttpError(lost(mutates), { ...facts, vendorCode: 'NO_BODY' });
  }
  const isNeeded = (schema as ZodType) !== none;
  if (!isJson(answer)) throw new HttpError(lost(mutates), { ...facts, vendorCode: 'NOT_JSON' });
  if (answer.text === undefined && (isNeeded || answer.unreadable === 'TOO_LARGE')) {
    // Of one that is read, the next one will be no other; of a change, a look tells.
    const code = mutates && answer.unreadable !== 'TOO_LARGE' ? 'UnknownOutcome' : 'ContractViolation';
    throw new HttpError(code, { ...facts, vendorCode: answer.unreadable });
  }
  const body = answer.text === undefined ? null : parse(answer.text);
  if (body === undefined) throw new HttpError(lost(mutates), facts); // JSON that does not parse was cut off
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const fields = result.error.issues.map((issue) => issue.path.join('.'));
  throw new HttpError('ContractViolation', { ...facts, fields });
}

function refusal(answer: RawAnswer, { mutates, explain }: Expectation<unknown>, facts: HttpErrorFacts): HttpError {
  const { status, headers, text } = answer;
  const retryAfterMs = retryAfter(headers, Date.now());
  const said = explain(parse(text), answer);
  if (!said) {
    const code = overheard(status, mutates);
    return new HttpError(code, { ...facts, retryAfterMs, vendorCode: 'NOT_FROM_THE_PROVIDER' });
  }
  const code = said.code ?? codeOf(status, mutates);
  const { vendorCode, fields = [], correlationId } = said;
  // Once it may be a hiccup of the vendor's own: nothing was to be changed that would need the permission.
  const passing = code === 'Forbidden' && !mutates;
  return new HttpError(code, { ...facts, vendorCode, fields, correlationId, retryAfterMs, passing });
}

/** A status under the vendor's own words. */
function codeOf(status: number, mutates: boolean): HttpErrorCode {
  const codes: Partial<Record<number, HttpErrorCode>> = {
    403: 'Forbidden',
    404: 'NotFound',
    405: 'ContractViolation',
    406: 'ContractViolation',
    409: 'Conflict',
    410: 'NotFound',
    415: 'ContractViolation',
  };
  const isPlain = status >= 400 && status < 500 && status !== 401 && status !== 408 && status !== 425 && status !== 429;
  return isPlain ? (codes[status] ?? 'Invalid') : overheard(status, mutates);
}

/**
 * What a status says whoever it comes from: that something is not there, is not allowed or clashes is not among it. A 401 is taken as one in any
 * case: what it leads to is a new login. A refusal in between, without an effect, is all that a 4xx says; a 409 and a redirect may come after one.
 */
function overheard(status: number, mutates: boolean): HttpErrorCode {
  if (status === 401) return 'Unauthorized';
  if (status === 429) return 'Throttled';
  const isRefused = status >= 400 && status < 500 && status !== 408 && status !== 409;
  return isRefused ? 'Unavailable' : lost(mutates);
}

/** Says JSON, or nothing: one that is no JSON is somebody else's page. */
function isJson({ headers }: RawAnswer): boolean {
  const type = headers['content-type'];
  return type === undefined || /^application\/(?:[\w.-]+\+)?json\b/i.test(String(type));
}

/** The code of a call whose answer did not arrive whole. */
export function lost(mutates: boolean): HttpErrorCode {
  return mutates ? 'UnknownOutcome' : 'Unavailable';
}

function parse(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined; // JSON has no undefined, so this is unambiguous
  }
}
