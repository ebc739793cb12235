import { VendorError, type Answer, type Dialect, type Encoded } from '../core/http.ts';
import type { DefentryOptions } from './options.ts';

const API_VERSION = '2026-06-12';

/** Contract, 2.3; the strings for 409 and 5xx are assumptions, those of 405, 413 and 415 are not known at all. */
const CODES: Record<number, string> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  409: 'CONFLICT',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  422: 'VALIDATION_ERROR',
  429: 'RATE_LIMITED',
};

const BOOLEAN_NAME = /^(is|has|can|show|enable|skip)_/;
const DATETIME = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)Z$/;

const BOOLEANS: Record<DefentryOptions['legacyBooleans'], (value: boolean) => unknown> = {
  number: Number,
  digit: (value) => String(Number(value)),
  word: String,
};

/** Contract, 2.2: the same body with legacy booleans and datetimes. */
function toLegacy(value: unknown, boolean: (value: boolean) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => toLegacy(item, boolean));
  if (typeof value === 'string') return value.replace(DATETIME, '$1 $2');
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, field]) => [
    name,
    BOOLEAN_NAME.test(name) && typeof field === 'boolean' ? boolean(field) : toLegacy(field, boolean),
  ]);
  return Object.fromEntries(entries);
}

/** Contract, 2.4: the four shapes. */
function legacyError(shape: number, status: number, error: VendorError): { body: unknown; contentType: string } {
  const details = error.details ?? [];
  if (shape === 1) {
    const issues = details.length > 0 ? details.map(({ issue }) => issue) : [error.message];
    const errors = issues.map((detail) => ({ status: String(status), title: error.message, detail }));
    return { body: { errors, corr_id: '00000000' }, contentType: 'application/vnd.api+json' };
  }
  if (shape === 2 && details.length > 0) {
    const errors: Record<string, string[]> = {};
    for (const { field, issue } of details) (errors[field] ??= []).push(issue);
    return { body: { errors }, contentType: 'application/json' };
  }
  return shape === 3
    ? { body: { error: error.message }, contentType: 'application/json' }
    : { body: { message: error.message }, contentType: 'application/json' };
}

export function createDialect(options: DefentryOptions): Dialect {
  let turn = 0;
  const isLegacy = (headers: Record<string, string>, legacy: boolean) =>
    legacy || (!options.normalizeAll && headers['x-api-version'] !== API_VERSION);

  const codes: Record<number, string> = { ...CODES, ...options.errorCodes };
  const asTold = (error: VendorError): VendorError => {
    if (error.status !== 422) return error;
    const details = options.validationDetails && error.details ? { details: error.details } : {};
    return new VendorError(options.validationStatus, error.message, { ...details, headers: error.headers });
  };

  return {
    answer({ status, body, headers: extra = {} }: Answer, headers, legacy): Encoded {
      const written = isLegacy(headers, legacy) ? toLegacy(body, BOOLEANS[options.legacyBooleans]) : body;
      const text = body === undefined ? '' : JSON.stringify(written);
      return { status, contentType: 'application/json', headers: extra, body: text };
    },
    error(raised, headers, legacy): Encoded {
      const error = asTold(raised);
      if (isLegacy(headers, legacy)) {
        const status = error.status === 429 ? 409 : error.status;
        const shape = options.legacyErrors === 'rotate' ? (turn++ % 4) + 1 : options.legacyErrors;
        const { body, contentType } = legacyError(shape, status, error);
        return { status, contentType, headers: error.headers, body: JSON.stringify(body) };
      }
      const { status, message, details } = error;
      const code = codes[raised.status] ?? 'SERVER_ERROR';
      const body = { error: { code, message, ...(details ? { details } : {}) } };
      return { status, contentType: 'application/json', headers: error.headers, body: JSON.stringify(body) };
    },
    resetHeader: (at) => ({ 'x-ratelimit-reset': String(Math.ceil(at.getTime() / 1000)) }),
  };
}
