import type { ExternalWorkflowHandle } from '@temporalio/workflow';
import {
  ChildWorkflowCancellationType,
  ParentClosePolicy,
  WorkflowIdReusePolicy,
  getExternalWorkflowHandle,
  isCancellation,
  patched,
  startChild,
} from '@temporalio/workflow';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { begun } from '../engine/beside.ts';
import { memberId } from '../../contract/ids.ts';
import type { MemberInput } from '../../contract/member.ts';
import { PROVIDER } from '../../contract/search-attributes.ts';
import { memberSummary } from '../../contract/start.ts';
import { ONBOARD_MEMBER, memberAwaited, stopMember } from '../../contract/messages.ts';

/** Runs that are older than this patch cancelled their members' runs with themselves. */
const NOT_CANCELLED = 'member-run-not-cancelled';

/** Runs that are older than this patch failed where the member's run was there already. */
const JOINS = 'join-member-run';

/** Starts the member's own run, or joins the one that an earlier run or a change has started. It may end in between: then it is started. */
export async function ensureMemberRun(input: MemberInput): Promise<void> {
  const { provider, ownerReference, member, acceptances } = input;
  const workflowId = memberId(provider, ownerReference, member.reference);
  for (;;) {
    try {
      return await startMemberRun(input);
    } catch (error) {
      if (!isAlreadyStarted(error) || !patched(JOINS)) throw error;
    }
    if (await told(workflowId, (run) => run.signal(memberAwaited, { acceptances }))) return;
  }
}

/** Starts a member's own run. It outlives the run that starts it, and that run's cancel and continue-as-new, and reports by signal. */
export async function startMemberRun(input: MemberInput): Promise<void> {
  const { provider, ownerReference, member } = input;
  await begun(() =>
    startChild(ONBOARD_MEMBER, {
      workflowId: memberId(provider, ownerReference, member.reference),
      args: [input],
      // Outlives the run that starts it, and is ended only by `stopMemberRun`, which says what becomes of the member.
      parentClosePolicy: ParentClosePolicy.ABANDON,
      cancellationType: patched(NOT_CANCELLED)
        ? ChildWorkflowCancellationType.ABANDON
        : ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED,
      workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
      staticSummary: memberSummary(member.reference),
      typedSearchAttributes: [{ key: PROVIDER, value: provider }],
    }),
  );
}

export function isAlreadyStarted(error: unknown): boolean {
  return error instanceof WorkflowExecutionAlreadyStartedError;
}

/** Tells a member's run to end. `false`: it is not there (any more). */
export function stopMemberRun(
  workflowId: string,
  order: { undo: 'keep' | 'remove'; reportTo?: string },
): Promise<boolean> {
  return told(workflowId, (run) => run.signal(stopMember, order));
}

async function told(workflowId: string, tell: (run: ExternalWorkflowHandle) => Promise<void>): Promise<boolean> {
  try {
    await tell(getExternalWorkflowHandle(workflowId));
    return true;
  } catch (error) {
    if (isCancellation(error)) throw error;
    return false;
  }
}
