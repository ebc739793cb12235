import { condition } from '@temporalio/workflow';
import type { Poll } from '../../contract/account.ts';
import type { WaitPolicy } from '../../contract/policy.ts';
import { beside } from './beside.ts';
import type { Run, Stepped } from './run.ts';
import { apply, checkpoint, isTimeForNew, publish } from './run.ts';
import type { WaitState } from './state.ts';
import { countReminders, nextReminder, openWait } from './state.ts';
import { milliseconds, now } from './time.ts';

/** A last look is given this long: the provider may have the fact, and only the signal was lost. */
const LAST_LOOK = 60_000;

export interface Wait<T> {
  /** The step that waits. */
  step: string;
  for: WaitState['for'];
  policy: WaitPolicy;
  /** Number of facts reported from outside. When it grows, the wait looks at once. */
  hints: () => number;
  /** Ends when the provider proves the fact. Absent: the provider cannot be read, and a report counts. */
  look?: ((pace: Poll) => Promise<T>) | undefined;
  remind: (reminder: number) => Promise<void>;
  /** Hints taken before the wait; by default those at hand now. */
  seen?: number;
}

export type Waited<T> = { proven: T } | { reported: true } | { expired: true };

/**
 * Waits for something a person does. A signal is a hint, the provider is the proof: one retried activity looks at a
 * growing interval, which costs no history, and a hint starts it anew, at a quick pace first. Reminders and deadline are absolute instants; the
 * wait stays open until its step ends, so a step may wait for the same thing several times within one deadline.
 */
export async function awaitPerson<T, State extends Stepped>(run: Run<State>, wait: Wait<T>): Promise<Waited<T>> {
  apply(run, (state) => openWait(state, wait.step, wait.for, wait.policy, now()));
  publish(run);
  let seen = wait.seen ?? wait.hints();
  let hinted = seen > 0;
  for (;;) {
    await checkpoint(run);
    const open = run.state.wait!;
    const reminder = nextReminder(open);
    const until = Math.min(reminder ?? open.deadline, open.deadline);
    const last = open.deadline <= now();
    const proven = await lookUntil(
      wait,
      hinted,
      () => wait.hints() > seen || isTimeForNew(),
      last ? Math.min(LAST_LOOK, milliseconds(wait.policy.deadline)) : Math.max(1, until - now()),
      last ? 'last look at the deadline' : label(wait.for, open, until),
    );
    if (proven) return proven;
    hinted = wait.hints() > seen;
    if (hinted) {
      if (!wait.look) return { reported: true };
      seen = wait.hints();
    } else if (last) {
      return { expired: true };
    } else if (until === reminder && now() >= until && until < open.deadline) {
      apply(run, (state) => countReminders(state, now()));
      await wait.remind(run.state.wait!.remindersSent);
    }
  }
}

/** The proof, or `undefined` when the hint or the time came first. */
function lookUntil<T>(
  { look, policy: { firstPoll, maxPoll } }: Wait<T>,
  hinted: boolean,
  interrupted: () => boolean,
  timeout: number,
  summary: string,
): Promise<{ proven: T } | undefined> {
  return beside(
    async () => look && { proven: await look({ firstPoll, maxPoll, ...(hinted && { hinted }) }) },
    (ended) => condition(() => ended() || interrupted(), timeout, { summary }),
  );
}

function label(what: string, open: WaitState, until: number): string {
  return until === open.deadline
    ? `${what}: until the deadline`
    : `${what}: until reminder ${open.remindersSent + 1} of ${open.reminders.length}`;
}
