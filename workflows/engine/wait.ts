import { condition } from '@temporalio/workflow';
import type { Poll } from '../../contract/account.ts';
import type { WaitPolicy } from '../../contract/policy.ts';
import { beside } from './beside.ts';
import { activityReason } from './failure.ts';
import type { Provider } from './provider.ts';
import type { Run, Stepped } from './run.ts';
import { apply, checkpoint, isTimeForNew, publish } from './run.ts';
import type { WaitState } from './state.ts';
import { countReminders, nextReminder, openWait } from './state.ts';
import { milliseconds, now } from './time.ts';

/** A last report is given this long after the deadline. */
const LAST_REPORT = 60_000;

export interface Wait<T> {
  /** The step that waits. */
  step: string;
  for: WaitState['for'];
  policy: WaitPolicy;
  /** Number of facts reported from outside. When it grows, the wait looks at once. */
  hints: () => number;
  /** Ends when the provider proves the fact. Absent: the provider cannot be read, and a report counts. */
  look?: ((pace: Poll, poll: Provider['poll']) => Promise<T>) | undefined;
  remind: (reminder: number) => Promise<void>;
  /** Hints taken before the wait; by default those at hand now. */
  seen?: number;
}

export type Waited<T> = { proven: T } | { reported: true } | { expired: true };

/**
 * Waits for something a person does. A signal is a hint, the provider is the proof: one retried activity looks at a
 * growing interval, which costs no history, and a hint starts it anew, at a quick pace first. Reminders and deadline are absolute instants; the
 * wait stays open until its step ends, so a step may wait for the same thing several times within one deadline. It has expired only if the provider
 * says at the deadline that it has not happened; where it cannot be asked, the failed look is thrown, and a person is called.
 */
export async function awaitPerson<T, State extends Stepped>(run: Run<State>, wait: Wait<T>): Promise<Waited<T>> {
  // While a person is called for after a last look that failed, that is what the run shows.
  if (run.state.attention === undefined) {
    apply(run, (state) => openWait(state, wait.step, wait.for, wait.policy, now()));
    publish(run);
  }
  let seen = wait.seen ?? wait.hints();
  let hinted = seen > 0;
  for (;;) {
    await checkpoint(run);
    const open = run.state.wait!;
    const reminder = nextReminder(open);
    const until = Math.min(reminder ?? open.deadline, open.deadline);
    const last = open.deadline <= now();
    const interrupted = () => wait.hints() > seen || isTimeForNew();
    const proven = last
      ? await lookLast(run, wait, interrupted)
      : await lookUntil(run, wait, hinted, interrupted, Math.max(1, until - now()), label(wait.for, open, until));
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
function lookUntil<T, State extends Stepped>(
  run: Run<State>,
  { look, policy: { firstPoll, maxPoll } }: Wait<T>,
  hinted: boolean,
  interrupted: () => boolean,
  timeout: number,
  summary: string,
): Promise<{ proven: T } | undefined> {
  return beside(
    async () => look && { proven: await look({ firstPoll, maxPoll, ...(hinted && { hinted }) }, run.provider.poll) },
    (ended) => condition(() => ended() || interrupted(), timeout, { summary }),
  );
}

/** The proof, or `undefined` when the provider says that it has not happened, or the hint came first. */
async function lookLast<T, State extends Stepped>(
  run: Run<State>,
  { look, policy: { firstPoll, maxPoll, deadline } }: Wait<T>,
  interrupted: () => boolean,
): Promise<{ proven: T } | undefined> {
  if (!look) {
    const timeout = Math.min(LAST_REPORT, milliseconds(deadline));
    await condition(interrupted, timeout, { summary: 'last report at the deadline' });
    return undefined;
  }
  const patient = run.state.attention !== undefined;
  try {
    return await beside(
      async () => ({
        proven: await look({ firstPoll, maxPoll }, (summary) => run.provider.lastLook(summary, patient)),
      }),
      (ended) => condition(() => ended() || interrupted()),
    );
  } catch (error) {
    if (activityReason(error)?.code !== 'NotYet') throw error;
    return undefined;
  }
}

function label(what: string, open: WaitState, until: number): string {
  return until === open.deadline
    ? `${what}: until the deadline`
    : `${what}: until reminder ${open.remindersSent + 1} of ${open.reminders.length}`;
}
