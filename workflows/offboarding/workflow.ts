import { setHandler } from '@temporalio/workflow';
import { handleDecisions } from '../engine/attention.ts';
import type { ErasureRecord, OffboardingRequest } from '../../contract/offboarding.ts';
import { offboardingSummary } from '../../contract/start.ts';
import { concluded, orAborted } from '../engine/end.ts';
import { memberChanged, offboardingProgress } from '../../contract/messages.ts';
import { onSignal } from '../engine/messages.ts';
import { closeOffboarding } from './end.ts';
import type { Run } from '../engine/run.ts';
import { apply, openRun } from '../engine/run.ts';
import { checklist } from '../engine/checklist.ts';
import type { OffboardingState } from './state.ts';
import { memberRunEnded, newOffboarding, toOffboardingProgress } from './state.ts';
import { nextSentence } from '../onboarding/progress.ts';
import { leaveHistory, startErasure } from './histories.ts';
import { disableSsnMonitoring, removeMembers, removeWatchlistItems } from './steps-holdings.ts';
import { deactivateAccount, findAccount, keepAccount, proveRemoval, removeAccount } from './steps-removal.ts';

/**
 * Keeps a customer's account deactivated for the stated time, then takes it apart, removes it, and answers with a record of what is gone. Until that
 * time is over only the access has been taken away, which an activation brings back.
 * Nobody may have an onboarding or a change of the account under way: the client looks before it starts this.
 *
 * @param carried the state of the run before a continue-as-new.
 */
export function offboardCustomer(request: OffboardingRequest, carried?: OffboardingState): Promise<ErasureRecord> {
  const run = open(carried ?? newOffboarding(request));
  setHandler(offboardingProgress, () => toOffboardingProgress(run.state));
  onSignal(run, memberChanged, (member) => apply(run, (state) => memberRunEnded(state, member)));
  handleDecisions(run);
  const page = async () => {
    await findAccount(run);
    await deactivateAccount(run);
    await keepAccount(run); // a cancel brings the account back, as it was
    await removeMembers(run);
    await removeWatchlistItems(run);
    await disableSsnMonitoring(run);
    await removeAccount(run);
    await proveRemoval(run);
    await leaveHistory(run); // what was read of the account stays behind, and can be erased
    await startErasure(run);
  };
  return concluded(
    () => page().catch(orAborted),
    (ending) => closeOffboarding(run, ending),
  );
}

function open(state: OffboardingState): Run<OffboardingState> {
  return openRun(state, {
    provider: state.account.provider,
    input: ({ account, keepFor, eraseAfter, policy, asked }) => ({
      ...account,
      keepFor,
      policy: { ...policy, eraseAfter },
      ...asked,
    }),
    describe: (current) =>
      checklist({
        title: offboardingSummary(current.account.provider),
        sentence: nextSentence(current),
        state: current,
      }),
  });
}
