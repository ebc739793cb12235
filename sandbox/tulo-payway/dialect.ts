import { randomUUID } from 'node:crypto';
import type { Dialect, VendorError } from '../core/http.ts';
import { PaywayError, TokenError } from './errors.ts';
import type { PaywayOptions } from './options.ts';

/** What the server found before a handler saw the call (4.2); the codes for 405, 413 and 429 are assumptions. */
const FOUND: Record<number, { code: string; message: string }> = {
  400: { code: 'json_parser_error', message: 'Invalid json in request body' },
  404: { code: 'not_found', message: 'resource could not be found' },
  405: { code: 'method_not_allowed', message: 'Method not allowed' },
  413: { code: 'payload_too_large', message: 'Payload too large' },
  415: { code: 'invalid_content_type_error', message: 'Content-Type must be application/json' },
  429: { code: 'too_many_requests', message: 'Too many requests' },
};
const DEFECT = { code: 'internal_server_error', message: 'Internal server error' };

function told(error: VendorError): { status: number; body: Record<string, unknown> } {
  const { status } = error;
  if (error instanceof TokenError) {
    return { status, body: { error: error.error, error_description: error.message } };
  }
  const id = { pw_correlation_id: `pw-api-${randomUUID()}` };
  if (error instanceof PaywayError) {
    const { code, field, message } = error;
    return { status, body: { code, ...(field === undefined ? {} : { field }), message, ...id } };
  }
  return { status: status === 415 ? 400 : status, body: { ...(FOUND[status] ?? DEFECT), ...id } };
}

const JSON_TYPE = 'application/json';

/** Envelopes and errors of sections 3.2 and 4. The older format is a read without `item` (16). */
export function createDialect(options: PaywayOptions): Dialect {
  return {
    answer({ status, body, headers = {} }, _, legacy) {
      const bare = legacy && typeof body === 'object' && body !== null && 'item' in body ? body.item : body;
      return { status, contentType: JSON_TYPE, headers, body: bare === undefined ? '' : JSON.stringify(bare) };
    },
    error(error) {
      const { status, body } = told(error);
      const isRefusal = error instanceof PaywayError && ['unauthorized', 'forbidden'].includes(error.code);
      const text = isRefusal && options.refusals === 'empty' ? '' : JSON.stringify(body);
      return { status, contentType: JSON_TYPE, headers: error.headers, body: text };
    },
    resetHeader: () => ({}),
  };
}
