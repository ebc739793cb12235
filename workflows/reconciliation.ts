import {
  makeContinueAsNewFunc,
  setCurrentDetails,
  setHandler,
  sleep,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import type { ReconcileInput, Reconciliation } from './contract/reconciliation.ts';
import { OUTCOME } from './contract/search-attributes.ts';
import { reconciliationSummary } from './contract/start.ts';
import { mustBeReconcilable } from './guards.ts';
import { reconciliationProgress } from './messages.ts';
import { historyIsLong } from './run.ts';
import type { ReconciliationState } from './state/reconciliation-state.ts';
import {
  newReconciliation,
  outcomeOf,
  reconciliationDetails,
  toProgress,
  toReconciliation,
} from './state/reconciliation-state.ts';
import { compareKnown } from './steps/compare-known.ts';
import { compareListed } from './steps/compare-listed.ts';
import { milliseconds, now } from './time.ts';

/**
 * Compares what our runs say of the accounts of one provider, or of one account, with what the provider says: page by page, slowly, and
 * without changing anything. First each account that our runs tell of is read, then the provider's list is searched for others.
 *
 * @param carried the state of the run before a continue-as-new.
 */
export async function reconcile(input: ReconcileInput, carried?: ReconciliationState): Promise<Reconciliation> {
  mustBeReconcilable(input);
  let state = carried ?? newReconciliation(input, now());
  const goOn = makeContinueAsNewFunc<typeof reconcile>();
  setHandler(reconciliationProgress, () => toProgress(state));
  for (;;) {
    state = state.phase === 'known' ? await compareKnown(state) : await compareListed(state);
    setCurrentDetails(reconciliationDetails(reconciliationSummary(input), state));
    if (state.phase === 'ended') break;
    if (historyIsLong()) await goOn(input, state);
    await sleep(milliseconds(state.policy.pause));
  }
  upsertSearchAttributes([{ key: OUTCOME, value: outcomeOf(state) }]);
  return toReconciliation(state, now());
}
