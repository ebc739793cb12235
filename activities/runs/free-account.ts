import { ApplicationFailure } from '@temporalio/common';
import { changeRunId, onboardingId } from '../../contract/ids.ts';
import type { RunActivities } from '../../contract/runs.ts';
import { isOpen, type Runs } from './runs.ts';

export function awaitFreeAccount(runs: Runs): RunActivities['awaitFreeAccount'] {
  return async ({ provider, reference }) => {
    for (const id of [onboardingId(provider, reference), changeRunId(provider, reference)]) {
      if (await isOpen(runs, id)) {
        throw ApplicationFailure.create({
          type: 'AccountBusy',
          message: `The run ${id} is open; wait for its end or cancel it.`,
        });
      }
    }
  };
}
