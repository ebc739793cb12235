import type { AccountEvent } from '../../contract/runs.ts';

/** What a webhook's body says, and nothing else of it: the rest may be secrets, and goes no further than the reader. */
export type Told =
  | {
      event: Omit<AccountEvent, 'eventId'>;
      /** What tells this happening from every other of the same sender. */
      happening: string[];
    }
  /** `dropped`: known, and no run waits for it. `unknown`: a name that is not known here. */
  | { event: undefined; because: 'dropped' | 'unknown' };

/** Fails `RequestInvalid`, without a value of the body. `now`: milliseconds since the epoch. */
export type Reader = (body: unknown, now: number) => Told;
