import {
  makeContinueAsNewFunc,
  setCurrentDetails,
  setHandler,
  sleep,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import type { ReconcileInput, Reconciliation } from '../../contract/reconciliation.ts';
import { OUTCOME } from '../../contract/search-attributes.ts';
import { reconciliationSummary } from '../../contract/start.ts';
import { mustBeReconcilable } from '../engine/guards.ts';
import { reconciliationProgress } from '../../contract/messages.ts';
import { isTimeForNew } from '../engine/run.ts';
import type { ReconciliationState } from './state.ts';
import { newReconciliation, outcomeOf, reconciliationDetails, toProgress, toReconciliation } from './state.ts';
import { compareKnown } from './known.ts';
import { compareListed } from './listed.ts';
import { milliseconds, now } from '../engine/time.ts';

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
    if (isTimeForNew()) await goOn(input, state);
    await sleep(milliseconds(state.policy.pause));
  }
  upsertSearchAttributes([{ key: OUTCOME, value: outcomeOf(state) }]);
  return toReconciliation(state, now());
}
