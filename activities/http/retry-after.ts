export type Headers = Record<string, string | string[] | undefined>;

/** Also for `Retry-After: 0` and dates gone by: a delay of nothing would be a tight loop. */
const LEAST = 1_000;
const MOST = 3_600_000;
/** Reset headers come as seconds from now or as a Unix time in seconds or milliseconds; the size tells which. */
const UNIX_SECONDS_FROM = 1e9;
const UNIX_MILLISECONDS_FROM = 1e12;

/**
 * The delay a server asks for, in milliseconds, between one second and one hour; `undefined` when it names none that makes sense.
 * `Retry-After` (seconds, also decimal, or an HTTP date) counts before the reset headers vendors use (`RateLimit-Reset`, `X-RateLimit-Reset`).
 * Instants are the server's, so they are measured by its own clock, where the answer tells it.
 */
export function retryAfter(headers: Headers, ourNow: number): number | undefined {
  const now = httpDate(first(headers['date'])) ?? ourNow;
  const delay =
    afterHeader(first(headers['retry-after']), now) ??
    resetHeader(first(headers['ratelimit-reset']), now) ??
    resetHeader(first(headers['x-ratelimit-reset']), now);
  return delay === undefined ? undefined : Math.min(Math.max(Math.ceil(delay), LEAST), MOST);
}

function afterHeader(text: string | undefined, now: number): number | undefined {
  if (text === undefined) return undefined;
  const seconds = decimal(text);
  if (seconds !== undefined) return seconds * 1000;
  const instant = httpDate(text);
  return instant === undefined ? undefined : instant - now;
}

/**
 * The instant of an HTTP date in any of its three forms. Each starts with the name of a day; `Date.parse` alone would take "-5" or "soon 1" for a
 * date. That of C's `asctime` names no zone and is UTC too.
 */
function httpDate(text: string | undefined): number | undefined {
  const given = text?.trim() ?? '';
  if (!/^(?:mon|tue|wed|thu|fri|sat|sun)/i.test(given)) return undefined;
  const instant = Date.parse(/gmt$/i.test(given) ? given : `${given} GMT`);
  return Number.isNaN(instant) ? undefined : instant;
}

function resetHeader(text: string | undefined, now: number): number | undefined {
  const value = text === undefined ? undefined : decimal(text);
  if (value === undefined) return undefined;
  if (value >= UNIX_MILLISECONDS_FROM) return value - now;
  if (value >= UNIX_SECONDS_FROM) return value * 1000 - now;
  return value * 1000;
}

function decimal(text: string): number | undefined {
  return /^\d{1,15}(?:\.\d{1,9})?$/.test(text.trim()) ? Number(text) : undefined;
}

export function first(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
