import { ActivityFailure, ApplicationFailure, TimeoutFailure, sleep } from '@temporalio/workflow';
import type { Tried } from './failure.ts';
import { askedPause, failed, tried } from './failure.ts';
import type { Provider } from './provider.ts';
import { SILENCE } from './provider.ts';
import type { Run, Stepped } from './run.ts';
import { publish, publishInTime } from './run.ts';
import { limit, MINUTE, now } from './time.ts';

/**
 * Calls the provider. `before`: how the call before this one failed, of which this one is the retry; none but the work's own look-up tells what
 * has come of it.
 */
export type Work<T> = (act: Provider['act'], before?: unknown) => Promise<T>;

/**
 * The patience of one call, `attention.after`, in two parts. In the first minute nobody needs to find the run by its step. Then it is published, and
 * the second call goes on at the pace at which Temporal's own retries would have.
 */
export interface Patience {
  begin: Provider['act'];
  /** What came of the rest of it; of the failure `error` of the first part itself where no other attempt is of use, or there is no rest. */
  goOn: <T>(work: Work<T>, error: unknown) => Promise<Tried<T>>;
}

export function patienceOf<State extends Stepped>(run: Run<State>): Patience {
  const begun = now();
  const until = begun + limit(run.state.policy.attention.after);
  const minute = Math.min(until, begun + MINUTE);
  let called = '';
  return {
    begin: (summary) => {
      called = summary;
      publishInTime(run);
      return run.provider.begin(summary, minute - begun);
    },
    goOn: async (work, error) => {
      const pause = called === '' ? undefined : pauseAfter(error, minute);
      if (pause === undefined || now() + pause >= until) return failed(error);
      publish(run);
      await sleep(pause, { summary: `${called}: again` });
      return tried(work((summary) => run.provider.goOn(summary, Math.max(1, until - now())), error));
    },
  };
}

/** Milliseconds until the next attempt, or `undefined` where the failure says that no other is of use. */
function pauseAfter(error: unknown, minute: number): number | undefined {
  if (!(error instanceof ActivityFailure)) return undefined;
  const { cause, retryState } = error;
  // The attempt under way was cut off: the next one may not begin beside it. As with a worker that is gone, silence tells that it has ended.
  if (cause instanceof TimeoutFailure) return SILENCE;
  if (!(cause instanceof ApplicationFailure) || retryState !== 'TIMEOUT') return undefined;
  return Math.max(1, minute - now(), askedPause(error));
}
