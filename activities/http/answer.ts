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

export type Explain = (body: unknown, answer: RawAnswer) => Explanation;

export interface Expectation<T> {
  facts: HttpErrorFacts;
  /** Whether the call changes something, so that a lost answer leaves the outcome unknown. */
  mutates: boolean;
  explain: Explain;
  /** What a success must look like. */
  schema: ZodType<T>;
}

/** The data of a success, or the classified `HttpError`. */
export function interpret<T>(answer: RawAnswer, { facts, mutates, explain, schema }: Expectation<T>): T {
  const { status } = answer;
  const known: HttpErrorFacts = { ...facts, status };
  if (status < 200 || status > 299) {
    const said = explain(parse(answer.text), answer);
    const retryAfterMs = retryAfter(answer.headers, Date.now());
    const code = said.code ?? codeOf(status, mutates);
    const { vendorCode, fields = [], correlationId } = said;
    throw new HttpError(code, { ...known, vendorCode, fields, correlationId, retryAfterMs });
  }
  const body = successBody(answer, known, mutates);
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const fields = result.error.issues.map((issue) => issue.path.join('.'));
  throw new HttpError('ContractViolation', { ...known, fields });
}

function codeOf(status: number, mutates: boolean): HttpErrorCode {
  if (status < 400) return 'ContractViolation'; // a redirect: not followed
  if (status === 408 || status === 425 || status === 503) return 'Unavailable'; // refused before it was executed
  if (status >= 500) return lost(mutates);
  const codes: Partial<Record<number, HttpErrorCode>> = {
    401: 'Unauthorized',
    403: 'Forbidden',
    404: 'NotFound',
    405: 'ContractViolation',
    406: 'ContractViolation',
    409: 'Conflict',
    410: 'NotFound',
    415: 'ContractViolation',
    429: 'Throttled',
  };
  return codes[status] ?? 'Invalid';
}

/** A success may come without a body. One that is no JSON is somebody else's page; JSON that does not parse was cut off. */
function successBody(answer: RawAnswer, facts: HttpErrorFacts, mutates: boolean): unknown {
  if (answer.text === '') return undefined;
  const type = String(answer.headers['content-type'] ?? '');
  if (answer.text === undefined || !/^application\/(?:[\w.-]+\+)?json\b/i.test(type)) {
    throw new HttpError('ContractViolation', facts);
  }
  const body = parse(answer.text);
  if (body === undefined) throw new HttpError(lost(mutates), facts);
  return body;
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
