import {
  ChildWorkflowCancellationType,
  ParentClosePolicy,
  WorkflowIdReusePolicy,
  startChild,
} from '@temporalio/workflow';
import { startOrTell } from '../engine/start-or-tell.ts';
import type { Told } from '../engine/tell.ts';
import { tellRun } from '../engine/tell.ts';
import { begun } from '../engine/beside.ts';
import { memberId } from '../../contract/ids.ts';
import type { MemberInput } from '../../contract/member.ts';
import { startAttributes } from '../../contract/search-attributes.ts';
import { memberSummary } from '../../contract/start.ts';
import { ONBOARD_MEMBER, memberAwaited, stopMember } from '../../contract/messages.ts';

/**
 * Starts the member's own run, or joins the one that an earlier run or a change has started; it may end in between, and is started then.
 * `false`: it is there and cannot be told, so nobody will hear of its end.
 */
export async function ensureMemberRun(input: MemberInput): Promise<boolean> {
  const { provider, ownerReference, member, acceptances } = input;
  const workflowId = memberId(provider, ownerReference, member.reference);
  return startOrTell(
    () => startMemberRun(input),
    () => tellRun(workflowId, (run) => run.signal(memberAwaited, { acceptances })),
  );
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
      cancellationType: ChildWorkflowCancellationType.ABANDON,
      workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
      staticSummary: memberSummary(member.reference),
      typedSearchAttributes: startAttributes(provider, 'addMember'),
    }),
  );
}

/** Tells a member's run to end. Where it takes no message any more it is cancelled, which is none: its member is taken back then too. */
export async function stopMemberRun(
  workflowId: string,
  order: { undo: 'keep' | 'remove'; reportTo?: string },
): Promise<Told> {
  const told = await tellRun(workflowId, (run) => run.signal(stopMember, order));
  return told === 'refused' && order.undo === 'remove' ? tellRun(workflowId, (run) => run.cancel()) : told;
}
