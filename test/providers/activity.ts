import { ApplicationFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';

/** Runs in an activity's context. */
export function inActivity<T>(run: () => Promise<T>, attempt = 1): Promise<T> {
  return new MockActivityEnvironment({ attempt }).run(run);
}

/** The failure a step ends with. */
export async function failureOf(step: Promise<unknown>): Promise<ApplicationFailure> {
  try {
    await step;
  } catch (error) {
    if (error instanceof ApplicationFailure) return error;
    throw error;
  }
  throw new Error('the step succeeded');
}
