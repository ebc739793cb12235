import type { AttentionProgress } from '../contract/progress.ts';
import type { OnboardingError } from './errors.ts';
import type { OnboardingRun } from './temporal/runs.ts';

/** Runs asked or told at the same time: enough to hide the way to the server, too few to crowd out those who start runs. */
export const AT_ONCE = 10;

/** A run that needs a decision. `problem`: it could not be asked what for. */
export type Hanging = { run: OnboardingRun } & ({ attention: AttentionProgress } | { problem: OnboardingError });

export interface HangingPage {
  /** May be fewer than asked for, also when more follow. */
  hanging: Hanging[];
  /** Where the next page begins; absent after the last. Good for the same filter only. */
  next?: Uint8Array;
}
