import { ApplicationFailure, condition } from '@temporalio/workflow';
import type { MemberRequest } from '../../contract/request.ts';
import { sameMember } from '../../contract/same-change.ts';
import { answered } from '../engine/failure.ts';
import { isMemberRequest, refuse } from '../engine/guards.ts';
import { remember } from '../engine/hints.ts';
import * as messages from '../../contract/messages.ts';
import { onSignal, onUpdate } from '../engine/messages.ts';
import type { Run } from '../engine/run.ts';
import { hint } from '../engine/tell.ts';
import { apply } from '../engine/run.ts';
import type { MemberState, OnboardingState } from './state.ts';
import { correctMemberEmail, newMember, openMembers, setMember } from './state.ts';
import { isSettled } from '../engine/state.ts';
import { limit } from '../engine/time.ts';
import { childId, removeMember, startPending, stopChild } from './steps/members.ts';

/** What the members' runs report, and who is taken in and out while the onboarding is open. */
export function handleMembers(run: Run<OnboardingState>): void {
  onSignal(run, messages.memberChanged, ({ reference, status, code }) => {
    apply(run, (state) => setMember(state, reference, { status, code }));
  });
  onSignal(run, messages.memberCorrected, ({ reference, email }) => {
    apply(run, (state) => correctMemberEmail(state, reference, email));
  });
  onSignal(run, messages.memberAccepted, ({ eventId, member }) => {
    const found = findMember(run.state, member);
    const acceptances = found?.status === 'pending' ? remember(found.acceptances, eventId) : undefined;
    if (acceptances) apply(run, (state) => setMember(state, member, { acceptances }));
    return found?.status === 'open'
      ? () => hint(run, childId(run, member), messages.acceptanceReported, { eventId })
      : undefined;
  });
  onUpdate(
    run,
    messages.addMember,
    (member) => includeMember(run, member),
    (member) => {
      const refusal = additionRefusal(run.state, member);
      if (refusal) refuse(refusal);
    },
  );
  onUpdate(
    run,
    messages.removeMember,
    ({ member }) => excludeMember(run, member),
    ({ member }) => {
      const refusal = removalRefusal(run.state, member);
      if (refusal) refuse(refusal);
    },
  );
}

export function findMember({ members }: OnboardingState, reference: string): MemberState | undefined {
  return members.find(({ member }) => member.reference === reference);
}

export function additionRefusal(state: OnboardingState, member: unknown): string | undefined {
  if (!isMemberRequest(member)) return 'member: must have a reference ([A-Za-z0-9_-]) and a person with names.';
  if (state.capabilities?.members === 'none') return 'The provider has no members.';
  const found = findMember(state, member.reference);
  if (found && isThere(found, member)) return undefined;
  if (found) return 'member.reference: is in use in this onboarding; choose another.';
  return isEnding(state) || isSettled(state, 'members') ? ENDED : undefined;
}

const ENDED = 'The onboarding has ended.';

/** Nothing would undo, or wait for, what comes now. */
function isEnding({ closing, outcome }: OnboardingState): boolean {
  return closing === true || outcome !== undefined;
}

/** The answer was lost, and the caller has sent the member again: under another reference it would be brought in twice. */
function isThere({ member, status }: MemberState, sent: MemberRequest): boolean {
  return status !== 'removed' && sameMember(member, sent);
}

/** Whoever is there already stays as they are. */
export async function includeMember(run: Run<OnboardingState>, member: MemberRequest): Promise<void> {
  if (findMember(run.state, member.reference)) return;
  apply(run, (state) => ({ ...state, members: [...state.members, newMember(member)] }));
  if (isSettled(run.state, 'startMembers')) await startPending(run);
}

export function removalRefusal(state: OnboardingState, reference: string): string | undefined {
  const found = findMember(state, reference);
  if (!found || found.status === 'removed') return 'member: this onboarding has no such member.';
  if (isEnding(state)) return ENDED;
  const removable = found.status === 'pending' || state.capabilities?.removeMember;
  return removable ? undefined : 'The provider cannot remove a member.';
}

function noReport(): ApplicationFailure {
  const sentence = 'The member’s own run has not answered in time: it may be paused; look at it, and ask again.';
  return ApplicationFailure.nonRetryable(sentence, 'NoReport');
}

/** The member's own run takes it back. From here, when that has ended before, or did not succeed. */
export async function excludeMember(run: Run<OnboardingState>, reference: string): Promise<void> {
  const isOpen = () => openMembers(run.state).some(({ member }) => member.reference === reference);
  if (isOpen()) {
    await stopChild(run, reference, 'remove');
    // Twice the time that it has for its own undo.
    const within = 2 * limit(run.state.policy.undoWithin);
    if (!(await condition(() => !isOpen(), within, { summary: 'the member stops' }))) throw noReport();
    if (findMember(run.state, reference)!.status === 'removed') return;
  }
  const { member } = findMember(run.state, reference)!;
  await answered(() => removeMember(run, member, run.provider.act));
}
