import type { Capabilities } from '../../contract/capabilities.ts';
import type { KeptChange } from '../../contract/change.ts';
import type { Policy } from '../../contract/policy.ts';
import { resolvePolicy } from '../../contract/policy.ts';
import type { MemberStatus, Outcome, StepName } from '../../contract/progress.ts';
import { STEPS } from '../../contract/progress.ts';
import type { MemberRequest, OnboardingRequest, Person } from '../../contract/request.ts';
import type { RunState } from '../engine/state.ts';
import { isSettled, pendingSteps } from '../engine/state.ts';

export interface MemberState {
  member: MemberRequest;
  status: MemberStatus;
  code?: string | undefined;
  /** Event ids of acceptances that came before the member's child was there to take them. */
  acceptances: string[];
}

/** A change that an onboarding has handed over to the run of its account's changes. */
export interface HandedOver extends Pick<KeptChange, 'changeId' | 'kind' | 'fingerprint'> {
  open: boolean;
}

/** The whole run as plain data: what continue-as-new carries. */
export interface OnboardingState extends RunState<StepName> {
  outcome?: Outcome;
  /** The page has ended, and what it does not keep is being undone. */
  closing?: boolean;
  request: OnboardingRequest;
  policy: Policy;
  capabilities?: Capabilities;
  accountId?: string;
  /** The account may exist: set before the call that creates it. */
  accountMayExist: boolean;
  /** An answer to the creation was lost: a refusal that came later does not say that there is no account. */
  answerLost?: boolean;
  /** The address that the account was created with, once it has another one. */
  createdEmail?: string;
  /** `false`: the provider created the account as verified. */
  verificationNeeded?: boolean;
  monitoringMayBeOn: boolean;
  ssnGiven: boolean;
  members: MemberState[];
  /** Handed over to the run of the account's changes. */
  changes: HandedOver[];
  identification: { sessions: number; identificationId?: string | undefined; link?: string | undefined };
  /** Facts reported from outside so far, by kind. A wait looks again when its number has grown. */
  hints: { emailVerified: number; identification: number };
  seenEvents: string[];
  lastMailAt?: number;
}

export function newOnboarding(request: OnboardingRequest): OnboardingState {
  return {
    request,
    policy: resolvePolicy(request.policy),
    steps: pendingSteps(STEPS),
    accountMayExist: false,
    monitoringMayBeOn: false,
    ssnGiven: request.person.ssn !== undefined,
    members: (request.members ?? []).map(newMember),
    changes: [],
    identification: { sessions: 0 },
    hints: { emailVerified: 0, identification: 0 },
    seenEvents: [],
  };
}

/** The state of a run that may have begun under an older version, which knew fewer steps, no changes, and kept SSNs of members. */
export function carriedOn(state: OnboardingState): OnboardingState {
  const steps = pendingSteps(STEPS).map((step) => state.steps.find(({ name }) => name === step.name) ?? step);
  const carried = { ...state, steps, changes: (state as Partial<OnboardingState>).changes ?? [] };
  return isSettled(carried, 'createAccount') ? dropSsn(carried) : carried;
}

export function newMember(member: MemberRequest): MemberState {
  return { member, status: 'pending', acceptances: [] };
}

export function setMember(state: OnboardingState, reference: string, change: Partial<MemberState>): OnboardingState {
  return {
    ...state,
    members: state.members.map((each) => (each.member.reference === reference ? { ...each, ...change } : each)),
  };
}

/** The account has its SSN, or never will have one from us: from here on the run must not hold it. Members have theirs in `members`. */
export function dropSsn(state: OnboardingState): OnboardingState {
  const { person, members, ...request } = state.request;
  const spared = members?.map((member) => ({ ...member, person: withoutSsn(member.person) }));
  return {
    ...state,
    request: { ...request, person: withoutSsn(person), ...(spared === undefined ? {} : { members: spared }) },
  };
}

function withoutSsn(whole: Person): Person {
  const { ssn: _, ...person } = whole;
  return person;
}

/** The member's child has its person now, or nobody will; a re-invitation or removal needs no SSN. */
export function dropMemberSsn(state: OnboardingState, reference: string): OnboardingState {
  const found = state.members.find((each) => each.member.reference === reference)!;
  return setMember(state, reference, { member: { ...found.member, person: withoutSsn(found.member.person) } });
}

export function correctMemberEmail(state: OnboardingState, reference: string, email: string): OnboardingState {
  const found = state.members.find((each) => each.member.reference === reference);
  if (!found) return state;
  return setMember(state, reference, { member: { ...found.member, person: { ...found.member.person, email } } });
}

const OPEN: readonly MemberStatus[] = ['pending', 'open'];

export function openMembers(state: OnboardingState): MemberState[] {
  return state.members.filter((each) => OPEN.includes(each.status));
}
