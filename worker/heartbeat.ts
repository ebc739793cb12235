import { ApplicationFailure } from '@temporalio/common';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { lostSoFar, toldByFailure } from '../activities/attempts.ts';
import { ANSWER_LOST } from '../contract/failures.ts';

/** Milliseconds. Well below the silence that workflows allow; most calls end sooner and send no heartbeat at all. */
const EVERY = 4_000;

/**
 * Tells Temporal that a long call is still being made, so that one lost with its worker is told from a slow one. And tells the attempts
 * after it that an answer was lost: Temporal shows a workflow only the last failure, and a refusal that comes after a lost answer does
 * not say what the call before has done.
 */
export const beatWhileRunning: ActivityInterceptorsFactory = (context) => ({
  inbound: {
    async execute(input, next) {
      const beat = setInterval(() => context.heartbeat(lostSoFar(context)), EVERY);
      try {
        return await next(input);
      } catch (error) {
        if (!(error instanceof ApplicationFailure)) throw error;
        if (error.type === 'UnknownOutcome') context.heartbeat(ANSWER_LOST);
        const told = toldByFailure(context);
        throw told === undefined ? error : Object.assign(error, { details: [told] });
      } finally {
        clearInterval(beat);
      }
    },
  },
});
