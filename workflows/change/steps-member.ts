import { condition, workflowInfo } from '@temporalio/workflow';
import { isRejectedCode } from '../../contract/failures.ts';
import { memberId } from '../../contract/ids.ts';
import type { AppliedChange } from '../../contract/management.ts';
import type { MemberProgress } from '../../contract/progress.ts';
import type { MemberRequest } from '../../contract/request.ts';
import { End } from '../engine/failure.ts';
import { isAlreadyStarted } from '../engine/start-or-tell.ts';
import { startMemberRun, stopMemberRun } from '../member/run.ts';
import type { Run } from '../engine/run.ts';
import { apply, checkpoint, isTimeForNew, publish } from '../engine/run.ts';
import type { Call, StepEnd } from '../engine/step.ts';
import type { ChangeState } from './state.ts';
import { withoutCurrentSsn } from './state.ts';
import { stepOf } from '../engine/state.ts';
import { instantOf, limit, milliseconds, now } from '../engine/time.ts';

/** The member's own run adds and invites it, and goes on beside this one until the invitation is accepted. */
export async function addMember(run: Run<ChangeState>, member: MemberRequest): Promise<AppliedChange> {
  const { account, accountId, capabilities, policy } = run.state;
  const { memberAccepted, attention, undoWithin } = policy;
  try {
    await startMemberRun({
      provider: account.provider,
      ownerReference: account.reference,
      accountId: accountId!,
      member,
      policy: { memberAccepted, attention, undoWithin },
      evidence: capabilities!.members,
      canRemove: capabilities!.removeMember,
      reportTo: workflowInfo().workflowId,
      acceptances: [],
    });
  } catch (error) {
    if (isAlreadyStarted(error)) throw new End('rejected', BEING_ADDED);
    throw error;
  }
  apply(run, withoutCurrentSsn);
  return { proven: true };
}

const BEING_ADDED = {
  code: 'RequestRefused',
  sentence: 'member.reference: a run of its own is bringing this member in; wait for its end, or remove the member.',
};

/** Until the member is invited. Without any report from its run, until the sum of that run's own limits. */
export async function memberInvited(run: Run<ChangeState>): Promise<StepEnd> {
  const { attention, undoWithin } = run.state.policy;
  const begun = instantOf(stepOf(run.state, 'proveChange').startedAt!);
  const until = begun + 2 * milliseconds(attention.deadline) + milliseconds(undoWithin);
  const told = () => run.state.current!.member;
  while (told() === undefined) {
    publish(run);
    await checkpoint(run);
    const inTime = await condition(() => told() !== undefined || isTimeForNew(), Math.max(1, until - now()), {
      summary: 'the member is invited',
    });
    if (!inTime) throw new End('aborted', { code: 'NoReport' });
  }
  const ended = told();
  if (typeof ended !== 'object' || ended.status === 'accepted') return { status: 'done' };
  const code = ended.code ?? ended.status;
  throw new End(isRejectedCode(code) ? 'rejected' : 'aborted', { code });
}

/** Ends the member's own run, if there is one, so that it does not bring back what is removed here. */
export async function removeMember(run: Run<ChangeState>, call: Call, member: MemberRequest): Promise<AppliedChange> {
  const { account, accountId } = run.state;
  await stopMember(run, member);
  await call((act) =>
    act(`Remove member ${member.reference}`).removeMember({
      accountId: accountId!,
      ownerReference: account.reference,
      member,
    }),
  );
  return { proven: false };
}

/** How the member's run has ended, or `undefined` where none was there or none reports in time. */
export async function stopMember(
  run: Run<ChangeState>,
  { reference }: MemberRequest,
): Promise<MemberProgress | undefined> {
  const { provider, reference: owner } = run.state.account;
  const order = { undo: 'remove', reportTo: workflowInfo().workflowId } as const;
  const ended = () => {
    const { member } = run.state.current!;
    return typeof member === 'object' ? member : undefined;
  };
  if (ended() === undefined && (await stopMemberRun(memberId(provider, owner, reference), order)) !== 'gone') {
    publish(run);
    await condition(() => ended() !== undefined, 2 * limit(run.state.policy.undoWithin), {
      summary: 'the member stops',
    });
  }
  return ended();
}

export async function memberGone(run: Run<ChangeState>, call: Call, { reference }: MemberRequest): Promise<StepEnd> {
  const { accountId, account } = run.state;
  const { members } = await call((act) =>
    act('Read back that the member is gone').readHoldings({
      accountId: accountId!,
      ownerReference: account.reference,
      lists: ['members'],
    }),
  );
  if (members?.some((member) => member.reference === reference)) throw new End('aborted', { code: 'StillThere' });
  const readable = members?.every((member) => member.reference !== undefined);
  return { status: 'done', ...(readable ? {} : { code: 'NotReadable' }) };
}

/** The provider's own look-up answers with the member that is there; one whose invitation has lapsed with it is added anew. */
export async function inviteMember(run: Run<ChangeState>, call: Call, member: MemberRequest): Promise<AppliedChange> {
  const { account, accountId } = run.state;
  const of = { accountId: accountId!, member };
  const { memberId: found } = await call((act) =>
    act(`Find member ${member.reference}, or add it anew`).addMember({ ...of, ownerReference: account.reference }),
  );
  await call((act) =>
    act(`Invite member ${member.reference} once more`).inviteMember({ ...of, memberId: found, again: true }),
  );
  return { proven: true };
}
