import { CancellationScope, allHandlersFinished, condition, isCancellation } from '@temporalio/workflow';
import { abortQueued, closeChange } from './end.ts';
import { handleMessages } from './messages.ts';
import type { ChangeInput, ChangesResult, KeptChange } from '../../contract/change.ts';
import { changesSummary } from '../../contract/start.ts';
import { concluded } from '../engine/end.ts';
import type { Run } from '../engine/run.ts';
import { apply, openRun } from '../engine/run.ts';
import { changeSentence, toKeptChange } from './progress.ts';
import type { ChangeState } from './state.ts';
import { beginNext, newChangeRun, openChanges, running } from './state.ts';
import { checklist } from '../engine/checklist.ts';
import { applyChange, checkChange, findAccount, proveChange } from './steps.ts';
import { now } from '../engine/time.ts';

/** The change that starts a run comes with the start. Without one within this time somebody started it by hand. */
const FIRST_WITHIN = 60_000;

/**
 * The changes of one account, one after the other; ends when none is left. A change that ends badly does not end the run: the next one
 * has its own right to be done.
 *
 * @param input the account. The changes come by the update `requestChange`, which also starts the run, or from an open onboarding.
 * @param carried the state of the run before a continue-as-new.
 */
export async function changeAccount(input: ChangeInput, carried?: ChangeState): Promise<ChangesResult<KeptChange>> {
  const run = open(carried ?? newChangeRun(input));
  handleMessages(run);
  const waiting = () => openChanges(run.state).length > 0;
  try {
    if (run.state.changes.length === 0) await condition(waiting, FIRST_WITHIN, { summary: 'the first change' });
    while (waiting()) {
      await nextChange(run);
      if (!waiting()) await condition(allHandlersFinished);
    }
  } catch (error) {
    if (isCancellation(error)) {
      await CancellationScope.nonCancellable(async () => {
        await abortQueued(run);
        await condition(allHandlersFinished);
      });
    }
    throw error;
  }
  return { changes: run.state.changes.map(toKeptChange) };
}

function nextChange(run: Run<ChangeState>): Promise<void> {
  if (!running(run.state)) apply(run, (state) => beginNext(state, now()));
  return concluded(
    async () => {
      await findAccount(run);
      await checkChange(run);
      await applyChange(run);
      await proveChange(run);
    },
    (ending) => closeChange(run, ending),
  );
}

function open(state: ChangeState): Run<ChangeState> {
  return openRun(state, {
    provider: state.account.provider,
    input: ({ account, policy }) => ({ ...account, policy }),
    describe: (current) =>
      checklist({
        title: changesSummary(current.account.provider),
        sentence: changeSentence(current),
        state: current,
      }),
  });
}
