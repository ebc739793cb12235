import { ApplicationFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { beatWhileRunning } from '../../worker/heartbeat.ts';

/** Runs in an activity's context. */
export function inActivity<T>(run: () => Promise<T>, attempt = 1): Promise<T> {
  return new MockActivityEnvironment({ attempt }).run(run);
}

/** Its failures are what the tests are about. */
const SILENT = new DefaultLogger('ERROR');

/**
 * Attempts of one activity, as Temporal makes them: each is told what those before it have told last. `untold`: by a worker that is killed
 * before its heartbeats have reached the server.
 */
export function attempts<T>(run: () => Promise<T>): (how?: 'told' | 'untold') => Promise<T> {
  let attempt = 0;
  let heartbeatDetails: unknown;
  return (how = 'told') => {
    attempt += 1;
    const environment = new MockActivityEnvironment(
      { attempt, heartbeatDetails },
      { logger: SILENT, interceptors: [beatWhileRunning] },
    );
    if (how === 'told') environment.on('heartbeat', (details: unknown) => (heartbeatDetails = details));
    return environment.run(run);
  };
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
