import { setHandler } from '@temporalio/workflow';
import type { ErasureInput, HistoriesRecord } from '../../contract/erasure.ts';
import { eraseNow, erasureProgress } from '../../contract/messages.ts';
import { erasureSummary } from '../../contract/start.ts';
import { handleDecisions } from '../engine/attention.ts';
import { checklist } from '../engine/checklist.ts';
import { concluded, orAborted } from '../engine/end.ts';
import { mustBeErasable } from '../engine/guards.ts';
import { onSignal } from '../engine/messages.ts';
import { apply, openRun } from '../engine/run.ts';
import { now } from '../engine/time.ts';
import { nextSentence } from '../onboarding/progress.ts';
import { closeErasure } from './end.ts';
import type { ErasureState } from './state.ts';
import { hasten, newErasure, toErasureProgress } from './state.ts';
import { eraseHistories, keepHistories } from './steps.ts';

/**
 * Deletes from Temporal what is kept of a customer's runs, after the stated time or when told to, and answers with a record of what went. The
 * record of the offboarding stays, and this one: neither knows more of the customer than the reference.
 *
 * @param carried the state of the run before a continue-as-new.
 */
export function eraseCustomer(input: ErasureInput, carried?: ErasureState): Promise<HistoriesRecord> {
  mustBeErasable(input);
  const { provider } = input;
  const run = openRun(carried ?? newErasure(input), {
    provider,
    input: (state) => state.input,
    describe: (state) => checklist({ title: erasureSummary(provider), sentence: nextSentence(state), state }),
  });
  setHandler(erasureProgress, () => toErasureProgress(run.state));
  onSignal(run, eraseNow, (words) => apply(run, (state) => hasten(state, words, now())));
  handleDecisions(run);
  const page = async () => {
    await keepHistories(run);
    await eraseHistories(run);
  };
  return concluded(
    () => page().catch(orAborted),
    (ending) => closeErasure(run, ending),
  );
}
