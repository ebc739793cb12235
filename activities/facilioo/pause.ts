import { unavailable } from '../failure.ts';
import { HttpError } from '../http/errors.ts';
import type { Send } from '../http/send.ts';
import type { FaciliooConfig } from './config.ts';

/** For calls that come while one is trying whether facilioo answers again. */
const AFTER_TRIAL_MS = 1_000;

/**
 * facilioo blocks callers that send many refused calls (contract, section 9). After `after` of them in a row no call leaves this process for `ms`
 * milliseconds: each fails as `Unavailable`, told when to come again. Then one call tries, and only its success ends the pause. A 429 is not
 * counted: it says itself how long to wait.
 */
export function pausing(send: Send, { after, ms }: FaciliooConfig['pause'], now: () => number = Date.now): Send {
  let refusals = 0;
  let until = 0;
  let trying = false;

  return async (target, answer, options) => {
    const trial = refusals >= after;
    if (trial) {
      const left = until - now();
      if (left > 0 || trying) throw paused(Math.max(left, AFTER_TRIAL_MS));
      trying = true;
    }
    try {
      const result = await send(target, answer, options);
      refusals = 0;
      return result;
    } catch (error) {
      if (isRefusal(error)) {
        refusals = error.vendorCode === 'BLOCKED' ? Math.max(after, refusals) : refusals + 1;
        if (refusals >= after) until = now() + ms;
      }
      throw error;
    } finally {
      if (trial) trying = false;
    }
  };
}

function isRefusal(error: unknown): error is HttpError {
  if (!(error instanceof HttpError) || error.status === undefined) return false;
  return error.status >= 400 && error.status < 500 && error.code !== 'Throttled';
}

function paused(ms: number): Error {
  return unavailable(
    `facilioo refused several calls in a row and blocks callers that go on, so no call is made for ${Math.ceil(ms / 1000)} seconds; see the failures before this one.`,
    ms,
  );
}
