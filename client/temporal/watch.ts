import { setTimeout as pause } from 'node:timers/promises';
import { OnboardingEnded, OnboardingError } from '../errors.ts';

export interface WatchOptions {
  /** Ends the watch; the run goes on. */
  signal?: AbortSignal;
  /** Milliseconds between two looks; 1000 by default. */
  every?: number;
  /** Called when Temporal or the workers do not answer. The watch goes on and recovers by itself. */
  onInterruption?: (error: OnboardingError) => void;
}

export interface WatchSource<Story, Result> {
  /** `mark` changes whenever anything has happened in the run. */
  look: () => Promise<{ mark: string; ended: boolean }>;
  progress: () => Promise<Story>;
  result: () => Promise<Result>;
}

const OUTAGES = new Set(['WorkerUnavailable', 'TemporalUnavailable', 'DeadlineExceeded']);

/** Nobody answers, and it has nothing to do with the run that was asked. */
export function isOutage({ code }: OnboardingError): boolean {
  return OUTAGES.has(code);
}

/**
 * Yields the progress at once and at each change, returns the result at the end of the run. Looks at the length of the
 * history, which costs no billable action, and queries the run only when that has grown.
 */
export async function* watch<Story, Result>(
  source: WatchSource<Story, Result>,
  { signal, every = 1000, onInterruption }: WatchOptions,
): AsyncGenerator<Story, Result | undefined> {
  let seen = '';
  let shown = '';
  /** `undefined` during an outage, and at once when the caller lets go. */
  const outlasting = async <R>(ask: () => Promise<R>): Promise<R | undefined> => {
    if (signal?.aborted) return undefined;
    try {
      return await unlessAborted(ask(), signal);
    } catch (error) {
      if (!(error instanceof OnboardingError) || !isOutage(error)) throw error;
      onInterruption?.(error);
      return undefined;
    }
  };
  for (;;) {
    if (signal?.aborted) return undefined;
    const found = await outlasting(source.look);
    const progress =
      found && found.mark !== seen ? await outlasting(() => source.progress().catch(noStoryOfEnded)) : undefined;
    if (found && progress) {
      seen = found.mark;
      const text = JSON.stringify(progress);
      if (text !== shown) yield progress;
      shown = text;
    }
    // Also when no worker could tell the last progress: the result needs none.
    const result = found?.ended ? await outlasting(source.result) : undefined;
    if (result) return result;
    await pause(every, undefined, { ...(signal && { signal }) }).catch(() => undefined);
  }
}

/**
 * `undefined` when the caller aborts first. The listener is taken back with each answer: a race against one promise that lives as long as
 * the watch would leave something behind at every look.
 */
async function unlessAborted<R>(answer: Promise<R>, signal: AbortSignal | undefined): Promise<R | undefined> {
  if (!signal) return answer;
  let stop = (): void => undefined;
  const left = new Promise<undefined>((resolve) => {
    stop = () => resolve(undefined);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([answer, left]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** A run that was terminated before it began has no story, only an end. */
function noStoryOfEnded(error: unknown): undefined {
  if (error instanceof OnboardingEnded) return undefined;
  throw error;
}
