import { condition, setHandler, sleep } from '@temporalio/workflow';
import { FAILURES, isRejectedCode } from '../../contract/failures.ts';
import type { Accountable, Resolution } from '../../contract/progress.ts';
import { beside } from './beside.ts';
import type { Tried } from './failure.ts';
import { isText, refuse } from './guards.ts';
import { cancelAsked, decisions, resolve } from '../../contract/messages.ts';
import { onSignal, onUpdate } from './messages.ts';
import type { Run, Stepped } from './run.ts';
import { apply, publish } from './run.ts';
import { cancelRecorded, decide, raiseAttention } from './state.ts';
import { iso, limit, now } from './time.ts';

/** Codes that more retries can mend. `TimedOut`: no worker took the call, or it never came back. */
const MENDABLE: readonly string[] = [...FAILURES.transient, ...FAILURES.busy, ...FAILURES.pending, 'TimedOut'];

type Failed = Extract<Tried<never>, { failure: unknown }>;

/**
 * Makes the failure visible and waits for the operator's decision (in `run.state.decision`), at most until the policy's
 * deadline. A technical failure goes on being retried meanwhile, after the pause that the provider has asked for; answers its result when
 * that comes first.
 */
export async function underAttention<T, State extends Stepped>(
  run: Run<State>,
  step: string,
  first: Failed,
  skippable: boolean,
  persist: () => Promise<Tried<T>>,
): Promise<Tried<T> | undefined> {
  const since = now();
  const deadline = since + limit(run.state.policy.attention.deadline);
  const allowed: Resolution[] = skippable ? ['retry', 'skip', 'abort'] : ['retry', 'abort'];
  const raise = ({ failure: { code }, said }: Failed): void => {
    const sentence = said === undefined ? {} : { sentence: said };
    const attention = { step, code, ...sentence, since: iso(since), deadline: iso(deadline), allowed };
    apply(run, (state) => raiseAttention(state, attention));
    publish(run);
  };
  let mended: Tried<T> | undefined;
  const retried = async () => {
    if (first.pause !== undefined) await sleep(first.pause, { summary: `${step}: again` });
    const result = await persist();
    if ('value' in result || isRejectedCode(result.failure.code)) mended = result;
    else if (run.state.decision === undefined) raise(result);
    return mended;
  };
  const decided = () =>
    condition(() => run.state.decision !== undefined || mended !== undefined, Math.max(1, deadline - now()), {
      summary: `${step} needs an operator`,
    });

  raise(first);
  // A call under way is waited for: its effect may have happened, and then the step is done.
  if (MENDABLE.includes(first.failure.code)) await beside(retried, decided);
  else await decided();
  return run.state.decision === 'abort' ? undefined : mended;
}

/** What people decide about the run, and what is on record of it; the same in every run that has steps. */
export function handleDecisions<State extends Stepped>(run: Run<State>): void {
  setHandler(decisions, () => run.state.decisions ?? []);
  onSignal(run, cancelAsked, (asked) => apply(run, (state) => cancelRecorded(state, wordsOf(asked), now())));
  onUpdate(
    run,
    resolve,
    ({ step, action, ...decision }) =>
      apply(run, (state) => decide(state, { step, action, ...wordsOf(decision) }, now())),
    ({ step, action, call, by, reason }) => {
      const { attention } = run.state;
      if (attention === undefined || attention.step !== step) {
        refuse('step: needs no decision; `progress` names the step that does.');
      }
      if (call !== undefined && call !== attention.call) {
        refuse('call: has been decided; what needs a decision now is another call for an operator. Look at it first.');
      }
      if (!attention.allowed.includes(action)) refuse(`action: must be one of ${attention.allowed.join(', ')}.`);
      for (const [field, text] of Object.entries({ by, reason })) {
        if (text !== undefined && !isText(text)) refuse(`${field}: must be a text of 1 to 500 characters.`);
      }
    },
  );
}

function wordsOf({ by, reason }: Accountable): Accountable {
  return { ...(by === undefined ? {} : { by }), ...(reason === undefined ? {} : { reason }) };
}
