import type { WorkflowInterceptorsFactory } from '@temporalio/workflow';
import { isUnopened } from '../contract/unopened.ts';

/** A run whose own input, or the state carried over, could not be opened does not begin: its task is tried again until it can be. */
export const interceptors: WorkflowInterceptorsFactory = () => ({
  inbound: [
    {
      execute: async (input, next) => {
        if (input.args.some(isUnopened)) {
          throw new Error('The input of the run could not be opened: it was altered, or is not from our own library.');
        }
        return next(input);
      },
    },
  ],
});
