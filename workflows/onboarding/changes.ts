import type { SignalDefinition } from '@temporalio/workflow';
import {
  ChildWorkflowCancellationType,
  ParentClosePolicy,
  WorkflowIdReusePolicy,
  condition,
  getExternalWorkflowHandle,
  isCancellation,
  log,
  startChild,
} from '@temporalio/workflow';
import type { ChangeInput, RequestedChange } from '../../contract/change.ts';
import { changeRunId } from '../../contract/ids.ts';
import { PROVIDER } from '../../contract/search-attributes.ts';
import { changesSummary } from '../../contract/start.ts';
import { begun } from '../engine/beside.ts';
import { isAlreadyStarted } from '../member/run.ts';
import * as messages from '../../contract/messages.ts';
import type { Run } from '../engine/run.ts';
import type { OnboardingState } from './state.ts';
import { openChanges } from './state-changes.ts';
import { milliseconds } from '../engine/time.ts';

/** Starts the run of the account's changes with this one, or tells the run that is there. It may end in between: then it is started. */
export async function startChanges(run: Run<OnboardingState>, requested: RequestedChange): Promise<void> {
  for (;;) {
    try {
      return await startChangeRun(run, requested);
    } catch (error) {
      if (!isAlreadyStarted(error)) throw error;
    }
    try {
      return await changesOf(run).signal(messages.changeRequested, requested);
    } catch (error) {
      if (isCancellation(error)) throw error;
    }
  }
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
      typedSearchAttributes: [{ key: PROVIDER, value: provider }],
    }),
  );
}

/** A report about an address may be about the new one: the run that changes it looks too. */
export async function forwardToChanges(
  run: Run<OnboardingState>,
  report: SignalDefinition<[messages.OutsideEvent]>,
  event: messages.OutsideEvent,
): Promise<void> {
  try {
    await changesOf(run).signal(report, event);
  } catch {
    log.info('the change had ended before a report about the address came');
  }
}

/** Before an account is taken back its changes are: no run goes on changing what is being undone. `false`: no report in time. */
export async function stopChanges(run: Run<OnboardingState>): Promise<boolean> {
  const ended = () => openChanges(run.state).length === 0;
  if (ended()) return true;
  try {
    await changesOf(run).cancel();
  } catch {
    return true; // Nobody is there to go on.
  }
  const within = 2 * milliseconds(run.state.policy.undoWithin);
  return condition(ended, within, { summary: 'changes stop' });
}

function changesOf({ state: { request } }: Run<OnboardingState>) {
  return getExternalWorkflowHandle(changeRunId(request.provider, request.reference));
}
