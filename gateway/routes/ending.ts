import { once } from 'node:events';
import { DeadlineExceeded } from '../../client/index.ts';
import { fields } from '../../client/requests/rules.ts';
import { wholeQuery } from './inputs.ts';

const LONGEST_WAIT_SECONDS = 30;

export const wait = wholeQuery(0, LONGEST_WAIT_SECONDS).default(0).meta({ description: 'Seconds' });
export const waitQuery = fields({ wait });

interface Waiting {
  /** What has ended is only fetched, which takes no longer than it must. */
  ended: boolean;
  /** Seconds. */
  wait: number;
  closing: AbortSignal;
}

/** What it ended with, or nothing when it has not ended by then. A gateway that closes does not wait for runs. */
export async function endWithin<T>(
  { ended, wait, closing }: Waiting,
  result: (within: number) => Promise<T>,
): Promise<T | undefined> {
  const within = (ended ? LONGEST_WAIT_SECONDS : wait) * 1000;
  if (within === 0 || closing.aborted) return undefined;
  const done = new AbortController();
  try {
    const closed = once(closing, 'abort', { signal: done.signal }).then(() => undefined);
    return await Promise.race([result(within), closed]);
  } catch (error) {
    if (error instanceof DeadlineExceeded) return undefined;
    throw error;
  } finally {
    done.abort();
  }
}
