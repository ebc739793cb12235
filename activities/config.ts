import { z } from 'zod';
import type { ZodType } from 'zod';
import { isLoopback } from '../contract/loopback.ts';

export const flag = (byDefault: boolean) =>
  z
    .enum(['true', 'false'])
    .default(byDefault ? 'true' : 'false')
    .transform((text) => text === 'true');

export const baseUrl = z.url({ protocol: /^https?$/ }).refine(
  (text) => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    return url?.protocol === 'https:' || isLoopback(url?.hostname ?? '');
  },
  { error: 'must be https; http is taken for this machine only' },
);

/** Milliseconds for one call, answer and re-login included. */
export const timeoutMs = z.coerce.number().int().min(100).max(300_000).default(20_000);

/** Throws one `Error` that lists each wrong or missing variable and its rule, never its value. */
export function readConfig<T>(provider: string, schema: ZodType<T>, env: Record<string, string | undefined>): T {
  const result = schema.safeParse(env);
  if (result.success) return result.data;
  const lines = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new Error(`${provider} is not configured:\n${lines.join('\n')}`);
}
