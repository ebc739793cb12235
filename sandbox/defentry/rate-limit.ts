import { VendorError, type Call } from '../core/http.ts';
import { bearerOf } from './auth.ts';
import type { State } from './state.ts';

/** Counts calls per token in fixed windows (9.10); off unless the option is set. Throws 429 with Laravel's headers. */
export function createRateLimit({ options, now }: State): (call: Call) => void {
  const windows = new Map<string, { ends: number; calls: number }>();
  return ({ headers }) => {
    if (options.rateLimit === null) return;
    const { calls: limit, seconds } = options.rateLimit;
    const token = bearerOf(headers['authorization']) ?? '';
    const at = now().getTime();
    const open = windows.get(token);
    const window = open && open.ends > at ? open : { ends: at + seconds * 1000, calls: 0 };
    windows.set(token, window);
    window.calls += 1;
    if (window.calls <= limit) return;
    throw new VendorError(429, 'Too Many Attempts.', {
      headers: {
        'retry-after': String(Math.ceil((window.ends - at) / 1000)),
        'x-ratelimit-limit': String(limit),
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(Math.ceil(window.ends / 1000)),
      },
    });
  };
}
