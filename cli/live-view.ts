import type { EventEmitter } from 'node:events';
import type { OnboardingError } from '../client/index.ts';
import type { Story } from './words.ts';

/** The run as it goes on, then its result. */
export type Watch<Result> = (
  onInterruption: (error: OnboardingError) => void,
) => AsyncGenerator<Story, Result | undefined>;

/** Lines from elsewhere that are to be seen while a view has the terminal. */
export type Notices = EventEmitter<{ notice: [line: string] }>;
