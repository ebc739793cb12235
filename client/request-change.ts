import { WithStartWorkflowOperation, type Workflow } from '@temporalio/client';
import type { ChangeInput, ChangeKind, RequestedChange } from '../contract/change.ts';
import type { RunAddress } from '../contract/ids.ts';
import { ANOTHER_CHANGE, isAnother } from '../contract/same-change.ts';
import { startAttributes } from '../contract/search-attributes.ts';
import { changesSummary } from '../contract/start.ts';
import * as messages from '../contract/messages.ts';
import type { Caller, Target } from './temporal/caller.ts';
import type { ChangeRequest } from './requests/change.ts';
import { endedChange } from './changes-result.ts';
import { OnboardingEnded, OnboardingNotFound, UpdateRefused } from './errors.ts';
import { changeFingerprint } from './temporal/fingerprint.ts';
import { refuseWhileOpen } from './temporal/while-open.ts';

/** Where a change is. */
export interface ChangeTaken {
  provider: string;
  reference: string;
  changeId: string;
  /** The run that has taken it: the customer's onboarding while that is open, else the run of the account's changes. */
  workflowId: string;
  /** Changes of the account that come before it. */
  ahead: number;
  /** Of a member while the onboarding is open: that makes the change itself, and tells of it under `members` of its progress alone. */
  takenBy?: 'onboarding';
}

/** An open onboarding hands every other kind to the run of the account's changes. */
const MADE_BY_ONBOARDING: readonly ChangeKind[] = ['add-member', 'remove-member'];

/** Hands the checked change to the open onboarding, else to the run of the account's changes, started where none is open. */
export async function requestChange(caller: Caller, asked: ChangeRequest): Promise<ChangeTaken> {
  const { provider, reference, changeId, change, ifBusy = 'wait', by, reason } = asked;
  const requested: RequestedChange = {
    changeId,
    change,
    ifBusy,
    fingerprint: changeFingerprint(change),
    ...(by !== undefined && { by }),
    ...(reason !== undefined && { reason }),
  };
  const onboarding: RunAddress = { type: 'onboarding', provider, reference };
  const giveUpAt = Date.now() + caller.within;
  for (;;) {
    await refuseWhileOpen(caller, { type: 'offboarding', provider, reference });
    try {
      const taken =
        (await caller.find(onboarding))?.status === 'running'
          ? await tellOnboarding(caller, caller.to(onboarding), requested)
          : await tellChanges(caller, asked, requested);
      return { provider, reference, changeId, ...taken };
    } catch (error) {
      // Ended between the look and the request: the next look says who takes it now.
      const wasQuicker = error instanceof OnboardingEnded || error instanceof OnboardingNotFound || isOfOtherRun(error);
      if (!wasQuicker || Date.now() > giveUpAt) throw error;
    }
  }
}

/** Another run was there, or began, before this one could: told anew it is told to that one. */
function isOfOtherRun(error: unknown): boolean {
  return error instanceof UpdateRefused && error.reason === 'OtherRun';
}

type Taken = Pick<ChangeTaken, 'workflowId' | 'ahead' | 'takenBy'>;

async function tellOnboarding(caller: Caller, target: Target, requested: RequestedChange): Promise<Taken> {
  const taken = await tell(caller, target, requested);
  return MADE_BY_ONBOARDING.includes(requested.change.kind) ? { ...taken, takenBy: 'onboarding' } : taken;
}

async function tell(caller: Caller, target: Target, requested: RequestedChange): Promise<Taken> {
  const { ahead } = await caller.update(target, (run) =>
    run.executeUpdate(messages.requestChange, { args: [requested] }),
  );
  return { workflowId: target.workflowId, ahead };
}

/**
 * A run that is open is only told and not started anew should it end meanwhile: it may be this very change that ended it, and the next look
 * finds that.
 */
async function tellChanges(caller: Caller, asked: ChangeRequest, requested: RequestedChange): Promise<Taken> {
  const { provider, reference } = asked;
  const target = caller.to({ type: 'change', provider, reference });
  const isOpen = (await caller.newest(target))?.status === 'running';
  const ended = await endedChange(caller, target, requested.changeId);
  if (ended && isAnother(ended, requested)) throw new UpdateRefused(ANOTHER_CHANGE, 'UpdateRefused');
  if (ended) return { workflowId: target.workflowId, ahead: 0 };
  return isOpen ? tell(caller, target, requested) : startChanges(caller, target, asked, requested);
}

async function startChanges(
  caller: Caller,
  target: Target,
  { provider, reference, accountId, policy }: ChangeRequest,
  requested: RequestedChange,
): Promise<Taken> {
  const input: ChangeInput = {
    provider,
    reference,
    ...(accountId !== undefined && { accountId }),
    ...(policy !== undefined && { policy }),
  };
  const { temporal, taskQueue } = caller;
  const start = () =>
    new WithStartWorkflowOperation<Workflow>(messages.CHANGE_ACCOUNT, {
      workflowId: target.workflowId,
      taskQueue,
      args: [input],
      workflowIdConflictPolicy: 'USE_EXISTING',
      staticSummary: changesSummary(provider),
      typedSearchAttributes: startAttributes(provider, 'findAccount'),
      priority: { priorityKey: 2 },
    });
  const { ahead } = await caller.update(target, () =>
    temporal.workflow.executeUpdateWithStart(messages.requestChange, {
      args: [requested],
      startWorkflowOperation: start(),
    }),
  );
  return { workflowId: target.workflowId, ahead };
}
