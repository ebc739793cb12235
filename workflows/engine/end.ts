import { ApplicationFailure, CancellationScope, isCancellation } from '@temporalio/workflow';
import type { Remainder } from '../../contract/progress.ts';
import type { Ending } from './failure.ts';
import { End } from './failure.ts';

/**
 * Runs a page to one of its modelled ends. `close` undoes what the end asks for and cannot be cancelled; without an ending the page has
 * reached its last line. A cancelled page stays cancelled, every other end is a result.
 */
export async function concluded<R>(page: () => Promise<void>, close: (ending?: Ending) => Promise<R>): Promise<R> {
  try {
    await page();
    return await close();
  } catch (error) {
    if (isCancellation(error)) {
      await CancellationScope.nonCancellable(() => close({ outcome: 'aborted' }));
      throw error;
    }
    if (!(error instanceof End)) throw error;
    return CancellationScope.nonCancellable(() => close(error));
  }
}

/** For a page whose effects stay, such as a removal: cancelled, it owes its record all the same, and ends with it instead of as cancelled. */
export function orAborted(error: unknown): never {
  throw isCancellation(error) ? new End('aborted', { code: 'Cancelled' }) : error;
}

/** A run whose undo left something behind fails with the list: a technical end, and nobody has to read results to see it. */
export function complete<R>(result: R, remainder: readonly Remainder[]): R {
  if (remainder.length === 0) return result;
  throw ApplicationFailure.nonRetryable(
    'The run has ended, but parts of it could not be undone; see the list in the details.',
    'UndoIncomplete',
    { ...result, remainder },
  );
}
