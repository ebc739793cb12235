import type { Known } from '../../contract/account.ts';
import { isRecord } from '../http/answer.ts';
import type { Explain, Explanation } from '../http/answer.ts';
import type { HttpError } from '../http/errors.ts';

/**
 * Reads the standardized envelope and the four legacy shapes (Defentry contract, sections 2.3 and 2.4); any other body is not Defentry's.
 * Only codes and field names come out; messages are localized display text and may quote data.
 */
export const explain: Explain = (body, { status, headers }) => {
  const said = standardized(body) ?? legacy(body, status);
  if (!said) return undefined;
  const throttled = said.vendorCode === 'RATE_LIMITED' || (status === 409 && headers['retry-after'] !== undefined);
  return throttled ? { ...said, code: 'Throttled' } : said;
};

/** Whether a conflict means that it is so already: what a look says decides, and where it cannot tell, a conflict that names its code. */
export function isBorneOut(error: HttpError, said: Known): boolean {
  return said === 'yes' || (said === 'unknown' && error.vendorCode !== undefined);
}

/**
 * A conflict that a look does not bear out. In the legacy format a 409 may as well be throttling (section 2.2), which names no code: then the
 * call is made again.
 */
export function unlessAmbiguous(error: HttpError): HttpError {
  return error.code === 'Conflict' && error.vendorCode === undefined ? error.as('Unavailable') : error;
}

function standardized(body: unknown): Explanation | undefined {
  if (!isRecord(body) || !isRecord(body.error)) return undefined;
  const { code, details } = body.error;
  if (typeof code !== 'string') return undefined;
  const named = Array.isArray(details) ? details : [];
  return { vendorCode: code, fields: named.flatMap((detail) => (isRecord(detail) ? strings(detail.field) : [])) };
}

/**
 * Only shape 2 names fields. Assumption: that something is not there is said in the shapes 1 and 3 (the second is the vendor's own example): `message`
 * alone is what gateways say too of a route that they do not know. Each may carry further keys, such as `corr_id`; those of a framework's own error
 * page are not the vendor's.
 */
function legacy(body: unknown, status: number): Explanation | undefined {
  if (!isRecord(body) || 'timestamp' in body || 'path' in body) return undefined;
  const { errors, error, message } = body;
  const isMissing = status === 404 || status === 410;
  if (Array.isArray(errors)) return errors.some((each) => isRecord(each) && 'title' in each) ? {} : undefined;
  if (isRecord(errors)) return isMissing ? undefined : { fields: Object.keys(errors) };
  if (typeof error === 'string') return {};
  return typeof message === 'string' && !isMissing ? {} : undefined;
}

function strings(value: unknown): string[] {
  return typeof value === 'string' ? [value] : [];
}
