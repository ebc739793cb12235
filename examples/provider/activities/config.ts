import { z } from 'zod';
import { baseUrl, readConfig, timeoutMs } from '../../../activities/config.ts';

const schema = z
  .object({
    /** Scheme and host. */
    SKELETON_BASE_URL: baseUrl,
    SKELETON_CLIENT_ID: z.string().min(1),
    SKELETON_CLIENT_SECRET: z.string().min(1),
    SKELETON_TIMEOUT_MS: timeoutMs,
  })
  .transform((env) => ({
    baseUrl: env.SKELETON_BASE_URL,
    login: { clientId: env.SKELETON_CLIENT_ID, clientSecret: env.SKELETON_CLIENT_SECRET },
    timeoutMs: env.SKELETON_TIMEOUT_MS,
  }));

export type SkeletonConfig = z.output<typeof schema>;

/** Reads the `SKELETON_…` variables. Throws one `Error` that lists each wrong or missing variable and its rule, never its value. */
export function readSkeletonConfig(env: Record<string, string | undefined>): SkeletonConfig {
  return readConfig('Skeleton', schema, env);
}
