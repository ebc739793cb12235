import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Fault } from './fault.ts';
import { VendorError, type Dialect, type Encoded } from './http.ts';

const HTML_503: Encoded = {
  status: 503,
  contentType: 'text/html',
  headers: {},
  body: '<html><head><title>503 Service Temporarily Unavailable</title></head><body><h1>503</h1></body></html>',
};

/** Whether a fault acts before the effect (which then only happens if the call goes on) or after it. */
export function phaseOf(fault: Fault): 'before' | 'after' {
  if ('when' in fault) return fault.when;
  return fault.kind === 'throttle' ? 'before' : 'after';
}

function throttled(fault: Extract<Fault, { kind: 'throttle' }>, dialect: Dialect): VendorError {
  const at = new Date(Date.now() + fault.seconds * 1000);
  const headers = {
    seconds: { 'retry-after': String(fault.seconds) },
    'http-date': { 'retry-after': at.toUTCString() },
    'reset-header': dialect.resetHeader(at),
  }[fault.retryAfter];
  return new VendorError(429, 'Too Many Attempts.', { headers });
}

const REWRITTEN: Record<Extract<Fault, { kind: 'rewritten' }>['as'], (text: string) => Partial<Encoded>> = {
  nothing: () => ({ body: '' }),
  blanks: () => ({ status: 200, body: ' \r\n' }),
  'byte-order-mark': (text) => ({ status: 200, body: `\uFEFF${text}` }),
  gzip: (text) => (text === '' ? {} : { body: gzipSync(text), headers: { 'content-encoding': 'gzip' } }),
  'latin-1': (text) => ({ body: Buffer.from(text, 'latin1') }),
  'utf-16': (text) => ({ body: Buffer.from(text, 'utf16le') }),
};

/** What becomes of the answer (`undefined`: there is none yet, go on). */
export async function disturb(
  fault: Fault,
  encoded: Encoded | undefined,
  dialect: Dialect,
  headers: Record<string, string>,
  closing: AbortSignal,
): Promise<Encoded | 'drop' | undefined> {
  switch (fault.kind) {
    case 'drop':
      return 'drop';
    case 'delay':
      return wait(fault.ms, encoded, { signal: closing }).catch(() => 'drop' as const);
    case 'throttle':
      return dialect.error(throttled(fault, dialect), headers, false);
    case 'server-error':
      return dialect.error(new VendorError(500, 'Server Error'), headers, false);
    case 'html-503':
      return HTML_503;
    case 'truncated-json': {
      const whole = String(encoded?.body || '{"data":{}}');
      return (
        encoded && { ...encoded, status: encoded.body ? encoded.status : 200, body: whole.slice(0, whole.length / 2) }
      );
    }
    case 'in-between': {
      const { status, type, body, headers: extra } = fault;
      return { status, contentType: type, headers: extra, body };
    }
    case 'rewritten':
      return encoded && encoded.status < 300 ? { ...encoded, ...REWRITTEN[fault.as](String(encoded.body)) } : encoded;
    case 'schema-drift':
      return encoded && encoded.status < 300
        ? { ...encoded, status: encoded.body ? encoded.status : 200, body: JSON.stringify(fault.body) }
        : encoded;
    case 'expire-token':
    case 'legacy-body':
      break;
  }
  return encoded;
}
