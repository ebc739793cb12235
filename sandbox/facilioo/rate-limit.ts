import { VendorError, type Call } from '../core/http.ts';
import { bearerOf } from './auth.ts';
import type { State } from './state.ts';

/** Counts calls per token in fixed windows; off unless the option is set (9, 10). Throws 429 with Retry-After in seconds. */
export function createRateLimit({ options: { rateLimit }, now }: State): (call: Call) => void {
  const windows = new Map<string, { ends: number; calls: number }>();
  return ({ headers }) => {
    if (rateLimit === null) return;
    const token = bearerOf(headers['authorization']) ?? '';
    const at = now().getTime();
    const open = windows.get(token);
    const window = open && open.ends > at ? open : { ends: at + rateLimit.seconds * 1000, calls: 0 };
    windows.set(token, window);
    window.calls += 1;
    if (window.calls <= rateLimit.calls) return;
    const headersOf429 = { 'retry-after': String(Math.ceil((window.ends - at) / 1000)) };
    throw new VendorError(429, 'Too Many Requests', { headers: headersOf429 });
  };
}
