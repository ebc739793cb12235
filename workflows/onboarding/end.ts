import { allHandlersFinished, condition } from '@temporalio/workflow';
import type { UndoMode } from '../../contract/policy.ts';
import type { OnboardingResult, Outcome } from '../../contract/progress.ts';
import { complete, concluded } from '../engine/end.ts';
import type { Ending } from '../engine/failure.ts';
import { beforeUndo } from '../engine/messages.ts';
import type { Run } from '../engine/run.ts';
import { apply, publish } from '../engine/run.ts';
import type { OnboardingState } from './state.ts';
import { closeWait, clearAttention } from '../engine/state.ts';
import { gapsOf, memberProgresses } from './progress.ts';
import { undoOnboarding } from './undo.ts';

/** Runs the page of an onboarding to its end, and undoes by the policy what the end does not keep. */
export function concludedOnboarding(run: Run<OnboardingState>, page: () => Promise<void>): Promise<OnboardingResult> {
  return concluded(page, (ending) => close(run, ending));
}

async function close(run: Run<OnboardingState>, ending?: Ending): Promise<OnboardingResult> {
  apply(run, (state) => ({ ...closeWait(clearAttention(state)), closing: true }));
  const completed = ending === undefined;
  if (!completed) await beforeUndo(run);
  const outcome = ending?.outcome ?? (gapsOf(run.state).length > 0 ? 'completed-with-gaps' : 'completed');
  const undone = completed
    ? { account: 'active' as const, remainder: [] }
    : await undoOnboarding(run, undoMode(run.state, outcome));
  apply(run, (state) => ({ ...state, outcome }));
  publish(run);
  await condition(allHandlersFinished);
  const { state } = run;
  const result: OnboardingResult = {
    outcome,
    ...(state.accountId === undefined ? {} : { accountId: state.accountId }),
    gaps: completed ? gapsOf(state) : [],
    members: memberProgresses(state),
    ...(ending?.reason === undefined ? {} : { reason: ending.reason }),
    account: undone.account,
  };
  return complete(result, undone.remainder);
}

function undoMode({ policy }: OnboardingState, outcome: Outcome): UndoMode {
  if (outcome === 'rejected') return 'remove';
  return outcome === 'expired' ? policy.emailVerified.atDeadline : policy.atAbort;
}
