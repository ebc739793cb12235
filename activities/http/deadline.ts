/** Why a signal of `withDeadline` was aborted when nobody cancelled. */
export const TIMED_OUT = Symbol('timed out');

/**
 * Runs something with a signal that aborts after `ms`, or with the canceller's reason when it cancels.
 * Not `AbortSignal.any`: the listener must be gone when the call is over, or a long-lived signal collects them.
 */
export async function withDeadline<T>(
  ms: number,
  cancellation: AbortSignal | undefined,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(TIMED_OUT), ms);
  const cancel = (): void => controller.abort(cancellation?.reason);
  cancellation?.addEventListener('abort', cancel, { once: true });
  if (cancellation?.aborted) cancel();
  try {
    return await run(controller.signal);
  } finally {
    clearTimeout(timer);
    cancellation?.removeEventListener('abort', cancel);
  }
}

/** A wait that several calls share must not end for all when one of them is aborted: only this one stops waiting. */
export async function unlessAborted<T>(shared: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([shared, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
