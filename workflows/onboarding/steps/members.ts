import { condition } from '@temporalio/workflow';
import { memberId } from '../../../contract/ids.ts';
import type { MemberRequest } from '../../../contract/request.ts';
import type { Provider } from '../../engine/provider.ts';
import type { MemberInput } from '../../../contract/member.ts';
import { ensureMemberRun, stopMemberRun } from '../../member/run.ts';
import { together } from '../../engine/beside.ts';
import type { Run } from '../../engine/run.ts';
import { apply, checkpoint, isTimeForNew, publish } from '../../engine/run.ts';
import { step } from '../../engine/step.ts';
import type { MemberState, OnboardingState } from '../state.ts';
import { dropMemberSsn, openMembers, setMember } from '../state.ts';
import { stepOf } from '../../engine/state.ts';
import { instantOf, milliseconds, now } from '../../engine/time.ts';

/** Starts a child for each member that has none; they go on beside the page. */
export function startMembers(run: Run<OnboardingState>): Promise<void> {
  return step(run, 'startMembers', () => startAll(run), { needed: hasMembers });
}

/** Until the step has ended, `addMember` leaves its member to it. */
async function startAll(run: Run<OnboardingState>): Promise<void> {
  do await startPending(run);
  while (pendingMembers(run).length > 0);
}

export async function startPending(run: Run<OnboardingState>): Promise<void> {
  const pending = pendingMembers(run);
  // Marked before the first await: a concurrent `addMember` must not start the same child.
  for (const { member } of pending) {
    apply(run, (state) => setMember(state, member.reference, { status: 'open' }));
  }
  await together(pending.map((each) => startMember(run, each)));
}

function pendingMembers({ state }: Run<OnboardingState>): MemberState[] {
  return state.members.filter(({ status }) => status === 'pending');
}

async function startMember(run: Run<OnboardingState>, { member, acceptances }: MemberState): Promise<void> {
  const { request, accountId, policy, capabilities } = run.state;
  const input: MemberInput = {
    provider: request.provider,
    ownerReference: request.reference,
    accountId: accountId!,
    member,
    policy: { memberAccepted: policy.memberAccepted, attention: policy.attention, undoWithin: policy.undoWithin },
    evidence: capabilities!.members,
    canRemove: capabilities!.removeMember,
    acceptances,
  };
  const joined = await ensureMemberRun(input);
  apply(run, (state) => dropMemberSsn(state, member.reference));
  if (!joined) apply(run, (state) => setMember(state, member.reference, { status: 'failed', code: 'NoReport' }));
}

/** Waits for every member to end: each does within its own deadlines; one that was terminated from outside is listed. */
export function awaitMembers(run: Run<OnboardingState>): Promise<void> {
  return step(run, 'members', () => untilMembersEnd(run), { needed: hasMembers });
}

async function untilMembersEnd(run: Run<OnboardingState>): Promise<void> {
  const { memberAccepted, attention, undoWithin } = run.state.policy;
  const longest = [memberAccepted.deadline, attention.deadline, attention.deadline, undoWithin].map(milliseconds);
  const begun = instantOf(stepOf(run.state, 'members').startedAt!);
  const until = longest.reduce((sum, each) => sum + each, begun);
  const settled = () => openMembers(run.state).length === 0;
  while (!settled()) {
    publish(run);
    await checkpoint(run);
    const inTime = await condition(() => settled() || isTimeForNew(), Math.max(1, until - now()), {
      summary: 'members accept',
    });
    if (inTime) continue;
    for (const { member } of openMembers(run.state)) {
      apply(run, (state) => setMember(state, member.reference, { status: 'failed', code: 'NoReport' }));
    }
  }
}

function hasMembers({ members }: OnboardingState): boolean {
  return members.length > 0;
}

/** Tells the member's child to end. A child that is not there (any more) is marked, not waited for. */
export async function stopChild(run: Run<OnboardingState>, reference: string, undo: 'keep' | 'remove'): Promise<void> {
  const statusNow = () => run.state.members.find(({ member }) => member.reference === reference)?.status;
  if (statusNow() === 'pending') {
    apply(run, (state) => dropMemberSsn(setMember(state, reference, { status: 'removed' }), reference));
    return;
  }
  const told = await stopMemberRun(childId(run, reference), { undo });
  // Its report may have come before the refusal.
  if (told === 'gone' && statusNow() === 'open') {
    apply(run, (state) => setMember(state, reference, { status: 'failed', code: 'NoRun' }));
  }
}

export function childId(run: Run<OnboardingState>, member: string): string {
  const { provider, reference } = run.state.request;
  return memberId(provider, reference, member);
}

/** Takes a member back at the provider whose child has ended. */
export async function removeMember(
  run: Run<OnboardingState>,
  member: MemberRequest,
  patience: Provider['act'],
): Promise<void> {
  const { accountId, request } = run.state;
  await patience(`Remove member ${member.reference}`).removeMember({
    accountId: accountId!,
    ownerReference: request.reference,
    member,
  });
  apply(run, (state) => setMember(state, member.reference, { status: 'removed', code: undefined }));
}
