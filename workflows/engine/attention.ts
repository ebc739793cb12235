import { CancellationScope, condition, isCancellation, setHandler } from '@temporalio/workflow';
import { FAILURES, isRejectedCode } from '../../contract/failures.ts';
import type { Accountable, Resolution } from '../../contract/progress.ts';
import type { Tried } from './failure.ts';
import { isText, refuse } from './guards.ts';
import { cancelAsked, decisions, resolve } from '../../contract/messages.ts';
import type { Run, Stepped } from './run.ts';
import { apply, publish } from './run.ts';
import { cancelRecorded, decide, raiseAttention } from './state.ts';
import { iso, milliseconds, now } from './time.ts';

/** Codes that more retries can mend. `TimedOut`: no worker took the call, or it never came back. */
const MENDABLE: readonly string[] = [...FAILURES.transient, ...FAILURES.busy, 'TimedOut'];

/**
 * Makes the failure visible and waits for the operator's decision (in `run.state.decision`), at most until the policy's
 * deadline. A technical failure goes on being retried meanwhile; answers its result when that comes first.
 */
export async function underAttention<T, State extends Stepped>(
  run: Run<State>,
  step: string,
  code: string,
  skippable: boolean,
  persist: () => Promise<Tried<T>>,
): Promise<Tried<T> | undefined> {
  const since = now();
  const deadline = since + milliseconds(run.state.policy.attention.deadline);
  const allowed: Resolution[] = skippable ? ['retry', 'skip', 'abort'] : ['retry', 'abort'];
  const raise = (reason: string): void => {
    const attention = { step, code: reason, since: iso(since), deadline: iso(deadline), allowed };
    apply(run, (state) => raiseAttention(state, attention));
    publish(run);
  };
  const decided = () => run.state.decision !== undefined;
  const summary = `${step} needs an operator`;

  raise(code);
  const scope = new CancellationScope();
  let mended: Tried<T> | undefined;
  const persisting = MENDABLE.includes(code)
    ? scope.run(persist).then(
        (result) => void (mended = result),
        (error) => {
          if (!isCancellation(error)) throw error;
        },
      )
    : Promise.resolve();
  await condition(() => decided() || mended !== undefined, deadline - now(), { summary });
  if (mended && 'failure' in mended && !isRejectedCode(mended.failure.code)) {
    raise(mended.failure.code);
    mended = undefined;
    await condition(decided, Math.max(1, deadline - now()), { summary });
  }
  // A call under way is waited for: its effect may have happened, and then the step is done.
  if (mended === undefined) scope.cancel();
  await persisting;
  return run.state.decision === 'abort' ? undefined : mended;
}

/** What people decide about the run, and what is on record of it; the same in every run that has steps. */
export function handleDecisions<State extends Stepped>(run: Run<State>): void {
  setHandler(decisions, () => run.state.decisions ?? []);
  setHandler(cancelAsked, (asked) => apply(run, (state) => cancelRecorded(state, wordsOf(asked), now())));
  setHandler(
    resolve,
    ({ step, action, ...decision }) =>
      apply(run, (state) => decide(state, { step, action, ...wordsOf(decision) }, now())),
    {
      validator: ({ step, action, by, reason }) => {
        const { attention } = run.state;
        if (attention === undefined || attention.step !== step) {
          refuse('step: needs no decision; `progress` names the step that does.');
        }
        if (!attention.allowed.includes(action)) refuse(`action: must be one of ${attention.allowed.join(', ')}.`);
        for (const [field, text] of Object.entries({ by, reason })) {
          if (text !== undefined && !isText(text)) refuse(`${field}: must be a text of 1 to 500 characters.`);
        }
      },
    },
  );
}

function wordsOf({ by, reason }: Accountable): Accountable {
  return { ...(by === undefined ? {} : { by }), ...(reason === undefined ? {} : { reason }) };
}
