import { STEPS, type OnboardingResult } from '../contract/progress.ts';
import type { OnboardingClient } from '../client/index.ts';
import { showLines } from './live-lines.ts';
import type { Notices, Watch } from './live-view.ts';
import { showTasks } from './live-tasks.ts';

export interface LiveOptions {
  stdout: NodeJS.WritableStream;
  /** Ends the view; the run goes on. */
  signal?: AbortSignal;
  /** Lines from elsewhere that are to be seen while the view has the terminal. */
  notices?: Notices;
}

/**
 * Shows the steps of an onboarding until its end and answers with the result, or `undefined` when the view was ended by its signal.
 * Outlives outages of Temporal and of the workers.
 */
export function showLive(
  client: Pick<OnboardingClient, 'watch'>,
  provider: string,
  reference: string,
  { signal, ...options }: LiveOptions,
): Promise<OnboardingResult | undefined> {
  const watch: Watch<OnboardingResult> = (onInterruption) =>
    client.watch(provider, reference, { onInterruption, ...(signal && { signal }) });
  return showRun(watch, STEPS, options);
}

/** The same for a run of any kind: a list that redraws itself on a terminal, plain lines elsewhere. */
export function showRun<Result>(
  watch: Watch<Result>,
  steps: readonly string[],
  { stdout, notices }: Omit<LiveOptions, 'signal'>,
): Promise<Result | undefined> {
  return isTerminal(stdout) ? showTasks(watch, steps, stdout, notices) : showLines(watch, stdout, notices);
}

/** A terminal without a width (a pty that nobody has sized) would show one letter per line. */
export function isTerminal(stream: NodeJS.WritableStream): stream is NodeJS.WriteStream {
  return 'isTTY' in stream && stream.isTTY === true && 'columns' in stream && Number(stream.columns) >= 40;
}
