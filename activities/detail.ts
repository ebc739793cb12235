import type { ManagementActivities } from '../contract/management.ts';
import { rejected } from './failure.ts';

/** Answers in the fields of the client's schemas; the body itself never leaves the client. `by` as in `ReadInput`. */
export type Detail = (accountId: string, by?: string) => Promise<object>;

/** What is found by `by` alone, so also of somebody who has no account. */
export type Lookup = (by?: string) => Promise<object>;

/** The step that reads one of a provider's details, or looks something up. */
export function readingOneOf(
  provider: string,
  details: Record<string, Detail>,
  lookups: Record<string, Lookup> = {},
): ManagementActivities['readDetail'] {
  return async ({ accountId, what, by }) => {
    const lookUp = Object.hasOwn(lookups, what) ? lookups[what] : undefined;
    const read = Object.hasOwn(details, what) ? details[what] : undefined;
    const asked = lookUp?.(by) ?? (accountId === undefined ? undefined : read?.(accountId, by));
    if (!asked) {
      const names = [...Object.keys(details), ...Object.keys(lookups)].join(', ');
      throw rejected('RequestRefused', `what: ${provider} can be asked for ${names}; name one of them.`);
    }
    return { detail: await asked, readAt: new Date().toISOString() };
  };
}
