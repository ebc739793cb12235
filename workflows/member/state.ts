import { onboardingId } from '../../contract/ids.ts';
import type { MemberInput } from '../../contract/member.ts';
import type { MemberRunProgress, MemberStatus, MemberStepName } from '../../contract/progress.ts';
import { MEMBER_STEPS } from '../../contract/progress.ts';
import { remember } from '../engine/hints.ts';
import type { RunState } from '../engine/state.ts';
import { pendingSteps, waitProgress } from '../engine/state.ts';

export interface MemberRunState extends RunState<MemberStepName> {
  input: MemberInput;
  policy: MemberInput['policy'];
  status: MemberStatus;
  memberId?: string;
  /** The member may exist: set before the call that adds it. */
  memberMayExist: boolean;
  /** An answer to that call was lost: the provider may have the person as it was then. */
  answerLost?: boolean;
  seenEvents: string[];
  hints: number;
  /** Set when the customer's run said stop. */
  stop?: 'keep' | 'remove';
  /** Who said stop and is none of those that hear of the end anyway. */
  reportTo?: string;
}

export function newMemberRun(input: MemberInput): MemberRunState {
  return {
    input,
    policy: input.policy,
    status: 'open',
    steps: pendingSteps(MEMBER_STEPS),
    memberMayExist: false,
    seenEvents: input.acceptances,
    hints: input.acceptances.length,
  };
}

export function takeAcceptance(state: MemberRunState, eventId: string): MemberRunState {
  const seenEvents = remember(state.seenEvents, eventId);
  return seenEvents ? { ...state, seenEvents, hints: state.hints + 1 } : state;
}

/** The onboarding has found this run there already, and hears of its end whoever started it. */
export function joined(state: MemberRunState, acceptances: string[]): MemberRunState {
  const { provider, ownerReference, reportTo } = state.input;
  const told = acceptances.reduce(takeAcceptance, state);
  return reportTo === undefined ? told : { ...told, reportTo: onboardingId(provider, ownerReference) };
}

/** The provider has the member: its SSN is of no more use here. */
export function memberAdded(state: MemberRunState, memberId: string): MemberRunState {
  const { ssn: _, ...person } = state.input.member.person;
  return { ...state, memberId, input: { ...state.input, member: { ...state.input.member, person } } };
}

export function toMemberProgress(state: MemberRunState): MemberRunProgress {
  return {
    reference: state.input.member.reference,
    status: state.status,
    steps: state.steps,
    ...(state.wait === undefined ? {} : { wait: waitProgress(state.wait) }),
    ...(state.attention === undefined ? {} : { attention: state.attention }),
  };
}
