import { ApplicationFailure, type WorkflowInterceptorsFactory } from '@temporalio/workflow';
import { isUnopened } from '../contract/unopened.ts';

/**
 * A run whose own input, or the state carried over, could not be opened does not begin: its task is tried again until it can be. One whose
 * input was never sealed fails at once: no key will ever open it.
 */
export const interceptors: WorkflowInterceptorsFactory = () => ({
  inbound: [
    {
      execute: async (input, next) => {
        if (input.args.some((arg) => isUnopened(arg) && arg.unopened === 'PayloadNotSealed')) {
          throw ApplicationFailure.nonRetryable(
            'The input of the run is not sealed; start it by the library.',
            'PayloadNotSealed',
          );
        }
        if (input.args.some(isUnopened)) {
          throw new Error('The input of the run could not be opened: it was altered, or is not from our own library.');
        }
        return next(input);
      },
    },
  ],
});

/**
 * The SDK notes a stack trace for every promise, each mapped back to its source: four fifths of what a message costs a run (measured), and
 * thousands of them at once would end the worker. The two frames left tell where a defect is; where a run waits, its details tell.
 */
Error.stackTraceLimit = 2;
