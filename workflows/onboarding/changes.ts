import type { SignalDefinition } from '@temporalio/workflow';
import {
  ChildWorkflowCancellationType,
  ParentClosePolicy,
  WorkflowIdReusePolicy,
  condition,
  startChild,
} from '@temporalio/workflow';
import type { ChangeInput, RequestedChange } from '../../contract/change.ts';
import { changeRunId } from '../../contract/ids.ts';
import { startAttributes } from '../../contract/search-attributes.ts';
import { changesSummary } from '../../contract/start.ts';
import { begun } from '../engine/beside.ts';
import { refuse } from '../engine/guards.ts';
import { startOrTell } from '../engine/start-or-tell.ts';
import { hint, tellRun } from '../engine/tell.ts';
import * as messages from '../../contract/messages.ts';
import type { Run } from '../engine/run.ts';
import type { OnboardingState } from './state.ts';
import { openChanges } from './state-changes.ts';
import { limit } from '../engine/time.ts';

/** Starts the run of the account's changes, or tells the existing one. */
export async function startChanges(run: Run<OnboardingState>, requested: RequestedChange): Promise<void> {
  const handedOver = await startOrTell(
    () => startChangeRun(run, requested),
    () => tellRun(changesId(run), (changes) => changes.signal(messages.changeRequested, requested)),
  );
  if (!handedOver)
    refuse('change: the run of the account’s changes takes no more for now; ask again when it has ended.', 'Busy');
}

async function startChangeRun({ state }: Run<OnboardingState>, requested: RequestedChange): Promise<void> {
  const { request, accountId, policy } = state;
  const { provider, reference } = request;
  const { attention, undoWithin, memberAccepted, resendEvery } = policy;
  const { atDeadline: _, ...emailChanged } = policy.emailVerified;
  const input: ChangeInput = {
    provider,
    reference,
    accountId: accountId!,
    changes: [requested],
    policy: { attention, undoWithin, memberAccepted, resendEvery, emailChanged },
  };
  await begun(() =>
    startChild(messages.CHANGE_ACCOUNT, {
      workflowId: changeRunId(provider, reference),
      args: [input],
      // Outlives this run, and is cancelled only by `stopChanges`, which waits for what becomes of it.
      parentClosePolicy: ParentClosePolicy.ABANDON,
      cancellationType: ChildWorkflowCancellationType.ABANDON,
      workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
      staticSummary: changesSummary(provider),
      typedSearchAttributes: startAttributes(provider, 'findAccount'),
    }),
  );
}

/** A report about an address may be about the new one: the run that changes it looks too. */
export async function forwardToChanges(
  run: Run<OnboardingState>,
  report: SignalDefinition<[messages.OutsideEvent]>,
  event: messages.OutsideEvent,
): Promise<void> {
  await hint(run, changesId(run), report, event);
}

/** Before an account is taken back its changes are: no run goes on changing what is being undone. `false`: no report in time. */
export async function stopChanges(run: Run<OnboardingState>): Promise<boolean> {
  const ended = () => openChanges(run.state).length === 0;
  if (ended()) return true;
  // Nobody is there to go on.
  if ((await tellRun(changesId(run), (changes) => changes.cancel())) === 'gone') return true;
  const within = 2 * limit(run.state.policy.undoWithin);
  return condition(ended, within, { summary: 'changes stop' });
}

function changesId({ state: { request } }: Run<OnboardingState>): string {
  return changeRunId(request.provider, request.reference);
}
