import type { RunAddress, RunType } from '../../contract/ids.ts';
import { nameOf } from './address.ts';
import type { Caller } from './caller.ts';
import { UpdateRefused } from '../errors.ts';
import type { OnboardingRun } from './runs.ts';

const WHAT: Record<RunType, string> = {
  onboarding: 'the onboarding is still open',
  change: 'a change of the account is under way',
  offboarding: 'the customer is being offboarded',
  erasure: 'the histories of the customer are being deleted',
};

/** Two runs of one account would undo each other: `UpdateRefused` with the reason `Busy` while one of these is open. */
export async function refuseWhileOpen(caller: Caller, ...runs: RunAddress[]): Promise<void> {
  for (const run of runs) refuseIfOpen(run, await caller.find(run));
}

/** The same about a run that was looked at: `found` is what Temporal knows of it, if anything. */
export function refuseIfOpen(run: RunAddress, found: OnboardingRun | undefined): void {
  if (found?.status !== 'running') return;
  throw new UpdateRefused(`${nameOf(run)}: ${WHAT[run.type]}; wait for its end or cancel it, then ask again.`, 'Busy');
}
