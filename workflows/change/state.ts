import type { Known, KnownAccount } from '../../contract/account.ts';
import type { AppliedChange } from '../../contract/management.ts';
import type { Capabilities } from '../../contract/capabilities.ts';
import type {
  AccountChange,
  ChangeInput,
  ChangePolicy,
  ChangeProgress,
  ChangeStatus,
  ChangeStepName,
  KeptChange,
  RequestedChange,
} from '../../contract/change.ts';
import { CHANGE_STEPS, resolveChangePolicy } from '../../contract/change.ts';
import type { MemberProgress } from '../../contract/progress.ts';
import { isAnother, sameChange, withoutSsn } from '../../contract/same-change.ts';
import { iso } from '../engine/time.ts';
import type { RunState } from '../engine/state.ts';
import { pendingSteps } from '../engine/state.ts';

export interface Change extends KeptChange {
  /** As it was asked for. Gone with the end of the change: it may be personal data. */
  asked?: AccountChange;
  /** An onboarding handed it over and hears of its end. */
  handedOver: boolean;
}

/** What is known of the change under way, and of no other. */
export interface Current {
  /** In the provider's own forms. */
  change: AccountChange;
  /** The account's address before the change; `null`: it had none, absent: the provider does not show it. */
  emailBefore?: string | null;
  /** Whether the account was active before the change. */
  activeBefore?: Known;
  /** The provider may have taken it: set before the call. */
  mayBeApplied: boolean;
  /** An answer to the change was lost: what a later one says is not all that has happened. */
  answerLost?: boolean;
  applied?: AppliedChange;
  /** Undone: the account has the address from before again. */
  oldEmailBack?: boolean;
  /** How the member's own run fares, as far as it has told. */
  member?: 'invited' | MemberProgress;
}

/** All changes of an account as plain data: what continue-as-new carries. */
export interface ChangeState extends RunState<ChangeStepName> {
  account: KnownAccount;
  policy: ChangePolicy;
  /** In the order of asking. */
  changes: Change[];
  current?: Current | undefined;
  accountId?: string;
  capabilities?: Capabilities;
  hints: { emailVerified: number };
  seenEvents: string[];
  lastMailAt?: number;
  /** Cancelled: takes no more changes. */
  closing?: boolean;
}

/** How many ended changes a run remembers: the same change asked for again comes soon, not after this many others. */
const REMEMBERED = 200;

const OPEN: readonly ChangeStatus[] = ['queued', 'running'];

export function newChangeRun({ provider, reference, accountId, policy, changes = [] }: ChangeInput): ChangeState {
  const state: ChangeState = {
    account: { provider, reference, ...(accountId === undefined ? {} : { accountId }) },
    policy: resolveChangePolicy(policy),
    steps: pendingSteps(CHANGE_STEPS),
    changes: [],
    hints: { emailVerified: 0 },
    seenEvents: [],
  };
  return changes.reduce((before, change) => enqueue(before, change, true), state);
}

/** One more change at the end of the queue; one that is in the queue already changes nothing. */
export function enqueue(state: ChangeState, requested: RequestedChange, handedOver = false): ChangeState {
  const { changeId, change, fingerprint } = requested;
  if (findChange(state, changeId)) return state;
  const queued: Change = {
    changeId,
    kind: change.kind,
    status: 'queued',
    asked: change,
    handedOver,
    ...(fingerprint !== undefined && { fingerprint }),
  };
  return { ...state, changes: [...state.changes, queued] };
}

export function findChange({ changes }: ChangeState, changeId: string): Change | undefined {
  return changes.find((each) => each.changeId === changeId);
}

export function openChanges({ changes }: ChangeState): Change[] {
  return changes.filter(({ status }) => OPEN.includes(status));
}

/** Changes that come before this one. */
export function ahead(state: ChangeState, changeId: string): number {
  return Math.max(
    0,
    openChanges(state).findIndex((each) => each.changeId === changeId),
  );
}

/** Whether the id is taken by another change. Of one that has ended, what was asked for is not left to compare. */
export function differs(known: Change, requested: RequestedChange): boolean {
  return known.asked ? !sameChange(known.asked, requested.change) : isAnother(known, requested);
}

/** The first of the queue. Nothing of the change before is left: not its steps, nor what was reported for it. */
export function beginNext(state: ChangeState, at: number): ChangeState {
  const next = openChanges(state)[0]!;
  return {
    ...withChange(state, next.changeId, { status: 'running', startedAt: iso(at) }),
    steps: pendingSteps(CHANGE_STEPS),
    current: { change: next.asked!, mayBeApplied: false },
    hints: { emailVerified: 0 },
  };
}

export function running({ changes }: ChangeState): Change | undefined {
  return changes.find(({ status }) => status === 'running');
}

export type ChangeEnd = Pick<ChangeProgress, 'status' | 'code' | 'sentence'>;

export function endChange(state: ChangeState, changeId: string, end: ChangeEnd, at: number): ChangeState {
  const changes = state.changes.map((each) => (each.changeId === changeId ? ended(each, end, at) : each));
  const forgotten = changes.filter(({ status }) => !OPEN.includes(status)).slice(0, -REMEMBERED);
  const wasCurrent = running(state)?.changeId === changeId;
  return {
    ...state,
    changes: changes.filter((each) => !forgotten.includes(each)),
    ...(wasCurrent ? { current: undefined } : {}),
  };
}

function ended(change: Change, end: ChangeEnd, at: number): Change {
  const { asked: _, ...kept } = change;
  return { ...kept, ...end, endedAt: iso(at) };
}

/** The member's own run has the SSN now. */
export function withoutCurrentSsn(state: ChangeState): ChangeState {
  const { changeId, asked } = running(state)!;
  const spared = withChange(state, changeId, { asked: withoutSsn(asked!) });
  return withCurrent(spared, { change: withoutSsn(state.current!.change) });
}

/** What a member's own run has told, if the change under way is about that member. */
export function memberReported(state: ChangeState, reference: string, member: 'invited' | MemberProgress): ChangeState {
  const { change, member: before } = state.current ?? {};
  if (!change || !('member' in change) || change.member.reference !== reference) return state;
  return typeof before === 'object' ? state : withCurrent(state, { member });
}

export function withCurrent(state: ChangeState, change: Partial<Current>): ChangeState {
  return state.current ? { ...state, current: { ...state.current, ...change } } : state;
}

function withChange(state: ChangeState, changeId: string, change: Partial<Change>): ChangeState {
  return {
    ...state,
    changes: state.changes.map((each) => (each.changeId === changeId ? { ...each, ...change } : each)),
  };
}
