import { mayHaveHappened } from './engine/failure.ts';
import type { Call } from './engine/step.ts';

/** Tells that an answer was lost: a refusal that comes later does not say what the call before has done. */
export function noting(call: Call, lost: () => void): Call {
  return (work) =>
    call(async (act, before) => {
      try {
        return await work(act, before);
      } catch (error) {
        if (mayHaveHappened(error)) lost();
        throw error;
      }
    });
}
