import { isRecord } from '../http/answer.ts';
import type { Explain, Explanation } from '../http/answer.ts';

/**
 * Reads the standardized envelope and the four legacy shapes (Defentry contract, sections 2.3 and 2.4).
 * Only codes and field names come out; messages are localized display text and may quote data.
 */
export const explain: Explain = (body, { status, headers }) => {
  const said = read(body);
  const throttled = said.vendorCode === 'RATE_LIMITED' || (status === 409 && headers['retry-after'] !== undefined);
  return throttled ? { ...said, code: 'Throttled' } : said;
};

function read(body: unknown): Explanation {
  if (!isRecord(body)) return {};
  if (isRecord(body.error)) {
    const { code, details } = body.error;
    return {
      vendorCode: typeof code === 'string' ? code : undefined,
      fields: Array.isArray(details)
        ? details.flatMap((detail) => (isRecord(detail) ? strings(detail.field) : []))
        : [],
    };
  }
  // The other legacy shapes (a list of `errors`, `error` as text, `message`) name no field.
  return isRecord(body.errors) ? { fields: Object.keys(body.errors) } : {};
}

function strings(value: unknown): string[] {
  return typeof value === 'string' ? [value] : [];
}
