import { CancellationScope, CancelledFailure, isCancellation } from '@temporalio/workflow';

/**
 * Lets `work` go on beside the wait `until`, and leaves nothing behind: on every exit, a cancel's too, the work is told to stop and its end is
 * awaited before anything else is done. So its caller, and an undo after it, know what has happened.
 *
 * @param work answers what it has brought about, `undefined` for nothing.
 * @param until the wait; `ended` tells that the work has answered something, or has failed.
 * @returns the work's answer, which counts also when a cancel came first; `undefined` when it was stopped in time. Its failure is thrown.
 */
export async function beside<T extends object>(
  work: () => Promise<T | undefined>,
  until: (ended: () => boolean) => Promise<unknown>,
): Promise<T | undefined> {
  let answer: T | undefined;
  const failures: unknown[] = [];
  const scope = new CancellationScope();
  const settled = scope.run(work).then(
    (value) => void (answer = value),
    (error: unknown) => void (isCancellation(error) || failures.push(error)),
  );
  try {
    await until(() => answer !== undefined || failures.length > 0);
  } catch (error) {
    failures.push(error);
  }
  scope.cancel();
  await settled;
  const failure = failures.find((error) => answer === undefined || !isCancellation(error));
  if (failure !== undefined) throw failure;
  return answer;
}

/** All of them to their ends, and only then the first failure: none goes on while its caller undoes. */
export async function together<T>(works: readonly Promise<T>[]): Promise<T[]> {
  const ends = await Promise.allSettled(works);
  return ends.map((end) => {
    if (end.status === 'rejected') throw end.reason;
    return end.value;
  });
}

/** Begins nothing once a cancel has come, and waits for what has begun whatever comes: for what a cancel could not stop anyway. */
export function begun<T>(work: () => Promise<T>): Promise<T> {
  throwIfCancelled();
  return CancellationScope.nonCancellable(work);
}

/** What follows would lose the cancel: a continue-as-new does not hand it over. */
export function throwIfCancelled(): void {
  if (CancellationScope.current().consideredCancelled) throw new CancelledFailure('cancelled');
}
