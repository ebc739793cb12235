import type { Detail } from '../../../activities/detail.ts';
import type { SkeletonClient } from './client.ts';

/** What of an account can be read as data (`onboard read`). */
export const DETAILS = ['account'] as const;

export function details({ accounts }: SkeletonClient): Record<(typeof DETAILS)[number], Detail> {
  return { account: (id) => accounts.get(id) };
}
