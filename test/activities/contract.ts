import { setTimeout as delay } from 'node:timers/promises';
import { MockActivityEnvironment } from '@temporalio/testing';
import { eventually } from '../setup/eventually.ts';
import { failureOf } from './activity.ts';
import { outOfTime } from './out-of-time.ts';
import type { Fault, Ready } from './ready.ts';

/** One step of one provider that changes something there. */
export interface ContractCase {
  name: string;
  /** The call that has the effect, as the sandbox registers it. */
  route: string;
  /** Answers without a body, so nothing of it can be cut short. */
  bodiless?: true;
  /** Repeats are answered by the vendor, not by a look before. */
  asksAgain?: true;
  /** Its effect cannot be read back. */
  unreadable?: true;
  /** Brings an account to where the step may run. */
  arrange: () => Promise<Ready>;
}

interface Condition {
  name: string;
  applies?: (given: ContractCase) => boolean;
  /** Fails unless the step keeps its promise under this condition. */
  holds: (ready: Ready, given: ContractCase) => Promise<void>;
}

const onceMore = async ({ step, count }: Ready): Promise<void> => {
  await step();
  expect(count()).toBe(1);
};

const unknown = (name: string, fault: Fault): Condition => ({
  name: `${name}: fails as unknown, has its effect once when repeated`,
  applies: ({ bodiless }) => fault.kind !== 'truncated-json' || !bodiless,
  holds: async (ready, { route }) => {
    ready.faults.add({ ...fault, route });
    expect(await failureOf(ready.step())).toMatchObject({ type: 'UnknownOutcome', nonRetryable: false });
    await onceMore(ready);
  },
});

const notMade = (name: string, fault: Fault, failure: object): Condition => ({
  name: `${name}: fails before the effect, for a while`,
  holds: async (ready, { route }) => {
    ready.faults.add({ ...fault, route });
    expect(await failureOf(ready.step())).toMatchObject({ nonRetryable: false, ...failure });
    expect(ready.count()).toBe(0);
    await onceMore(ready);
  },
});

/** What every step of every provider must stand. */
export const CONDITIONS: Condition[] = [
  { name: 'once: has its effect', holds: onceMore },
  {
    name: 'twice: has its effect once',
    holds: async (ready) => {
      await ready.step();
      await onceMore(ready);
    },
  },
  {
    name: 'twice: the second time looks and does not ask again',
    applies: ({ asksAgain }) => !asksAgain,
    holds: async (ready, { route }) => {
      await ready.step();
      const asked = ready.faults.add({ kind: 'server-error', route });
      await ready.step();
      expect(asked.fired).toBe(0);
    },
  },
  unknown('answer lost after the effect', { kind: 'drop', when: 'after' }),
  unknown('connection lost before the effect', { kind: 'drop', when: 'before' }),
  unknown('500 after the effect', { kind: 'server-error', when: 'after' }),
  unknown('answer cut short', { kind: 'truncated-json' }),
  // Whether what stands behind a proxy has had the call is not said.
  unknown('a proxy’s page', { kind: 'html-503', when: 'before' }),
  {
    name: 'no answer in time: fails as unknown, has its effect once when repeated',
    holds: async (ready, { route }) => {
      expect(await failureOf(outOfTime(ready, route))).toMatchObject({ type: 'UnknownOutcome', nonRetryable: false });
      await onceMore(ready);
    },
  },
  notMade('throttled, delay in seconds', { kind: 'throttle', seconds: 7 }, { type: 'Throttled', nextRetryDelay: 7000 }),
  notMade(
    'throttled, delay as a date',
    { kind: 'throttle', retryAfter: 'http-date', seconds: 30 },
    { type: 'Throttled' },
  ),
  {
    name: 'expired login: logs in again, has its effect once',
    holds: async (ready, { route }) => {
      const expiry = ready.faults.add({ kind: 'expire-token', route });
      await onceMore(ready);
      expect(expiry.fired).toBe(1);
    },
  },
  {
    name: 'answer of another shape: never taken for a wrong one, has its effect once when repeated',
    holds: async (ready, { route }) => {
      ready.faults.add({ kind: 'schema-drift', route });
      const failure = await failureOf(ready.step()).catch(() => undefined);
      // Where the answer's body is of no use, its shape does not matter.
      expect(failure?.type ?? 'ContractViolation').toBe('ContractViolation');
      await onceMore(ready);
    },
  },
  {
    name: 'cancelled while the call is made: its effect is not lost sight of',
    holds: async (ready, { route }) => {
      const held = ready.faults.add({ kind: 'delay', when: 'before', ms: 300, route });
      const activity = new MockActivityEnvironment();
      const ended = Promise.allSettled([activity.run(ready.step)]);
      await eventually('the call is being made', () => held.fired === 1);
      activity.cancel();
      await ended;
      await delay(0);
      await onceMore(ready);
    },
  },
];
