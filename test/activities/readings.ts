import { MockActivityEnvironment } from '@temporalio/testing';
import { eventually } from '../setup/eventually.ts';
import { failureOf } from './activity.ts';
import type { Fault, Ready } from './ready.ts';
import { outOfTime } from './out-of-time.ts';

/** A step that may be run, at a sandbox of its own. `count` is of everything that ever happened there. */
export interface ReadyToRead extends Ready {
  /** Of a wait: lets happen what is waited for. */
  happen?: () => void;
}

/** One step of one provider that looks, or waits, and changes nothing there. */
export interface ReadingCase {
  name: string;
  /** The call that brings the answer, as the sandbox registers it. */
  route: string;
  /** Answers by its status: nothing of a body counts. */
  bodiless?: true;
  /** Waits until something has happened. */
  waits?: true;
  arrange: () => Promise<ReadyToRead>;
}

interface Condition {
  name: string;
  applies?: (given: ReadingCase) => boolean;
  /** Fails unless the step keeps its promise under this condition. */
  holds: (ready: ReadyToRead, given: ReadingCase) => Promise<void>;
}

/** What the step answers when nothing is in its way. */
const answer = async ({ step, count }: ReadyToRead): Promise<unknown> => {
  const before = count();
  const said = await step();
  expect(count()).toBe(before);
  return said;
};

const disturbed = (name: string, fault: Fault, failure: object): Condition => ({
  name: `${name}: fails for a while, then answers the same`,
  applies: ({ bodiless }) => fault.kind !== 'truncated-json' || !bodiless,
  holds: async (ready, { route }) => {
    ready.happen?.();
    const said = await answer(ready);
    const added = ready.faults.add({ ...fault, route });
    expect(await failureOf(ready.step())).toMatchObject({ nonRetryable: false, ...failure });
    expect(added.fired).toBe(1);
    expect(await answer(ready)).toEqual(said);
  },
});

const UNAVAILABLE = { type: 'Unavailable' };

/** What every step that looks or waits must stand, at every provider. */
export const READING_CONDITIONS: Condition[] = [
  {
    name: 'twice: answers the same, and nothing happens at the provider',
    holds: async (ready) => {
      ready.happen?.();
      expect(await answer(ready)).toEqual(await answer(ready));
    },
  },
  {
    name: 'before it has happened: not yet, which is no error and tells when to look again',
    applies: ({ waits }) => waits === true,
    holds: async (ready) => {
      const failure = await failureOf(ready.step());
      expect(failure).toMatchObject({ type: 'NotYet', nonRetryable: false, category: 'BENIGN' });
      expect(failure.nextRetryDelay).toBeGreaterThan(0);
      ready.happen?.();
      await answer(ready);
    },
  },
  disturbed('connection lost', { kind: 'drop', when: 'before' }, UNAVAILABLE),
  disturbed('answer lost', { kind: 'drop', when: 'after' }, UNAVAILABLE),
  disturbed('500', { kind: 'server-error' }, UNAVAILABLE),
  disturbed('answer cut short', { kind: 'truncated-json' }, UNAVAILABLE),
  disturbed('a proxy’s page', { kind: 'html-503', when: 'before' }, UNAVAILABLE),
  {
    name: 'no answer in time: fails for a while, then answers the same',
    holds: async (ready, { route }) => {
      ready.happen?.();
      const said = await answer(ready);
      expect(await failureOf(outOfTime(ready, route))).toMatchObject({ nonRetryable: false, ...UNAVAILABLE });
      expect(await answer(ready)).toEqual(said);
    },
  },
  disturbed('throttled', { kind: 'throttle', seconds: 7 }, { type: 'Throttled', nextRetryDelay: 7000 }),
  {
    name: 'expired login: logs in again, answers the same',
    holds: async (ready, { route }) => {
      ready.happen?.();
      const said = await answer(ready);
      const expiry = ready.faults.add({ kind: 'expire-token', route });
      expect(await answer(ready)).toEqual(said);
      expect(expiry.fired).toBe(1);
    },
  },
  {
    name: 'answer of another shape: never taken for a wrong one, answers the same when repeated',
    holds: async (ready, { route }) => {
      ready.happen?.();
      const said = await answer(ready);
      const drift = ready.faults.add({ kind: 'schema-drift', route });
      const [told] = await Promise.allSettled([ready.step()]);
      // What it leaves unknown is looked up elsewhere or later, which ends in the same answer or in none yet.
      if (told.status === 'fulfilled') expect(told.value).toEqual(said);
      else expect(['ContractViolation', 'NotYet', 'NotTold']).toContain(told.reason.type);
      expect(drift.fired).toBe(1);
      expect(await answer(ready)).toEqual(said);
    },
  },
  {
    name: 'cancelled while the call is made: ends at once, answers the same when repeated',
    holds: async (ready, { route }) => {
      ready.happen?.();
      const said = await answer(ready);
      const held = ready.faults.add({ kind: 'delay', when: 'before', ms: 600_000, route });
      const activity = new MockActivityEnvironment();
      const ended = Promise.allSettled([activity.run(ready.step)]);
      await eventually('the call is being made', () => held.fired === 1);
      activity.cancel();
      expect(await ended).toMatchObject([{ status: 'rejected', reason: { name: 'CancelledFailure' } }]);
      expect(await answer(ready)).toEqual(said);
    },
  },
];
