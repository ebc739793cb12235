import type { Capabilities } from '../../contract/capabilities.ts';
import type {
  ErasureRecord,
  OffboardingOutcome,
  OffboardingProgress,
  OffboardingRequest,
  OffboardingStepName,
  Removal,
} from '../../contract/offboarding.ts';
import type { KnownAccount } from '../../contract/account.ts';
import { OFFBOARDING_STEPS, DEFAULT_KEEP_FOR } from '../../contract/offboarding.ts';
import { DEFAULT_ERASE_AFTER } from '../../contract/erasure.ts';
import type { IsoDuration } from '../../contract/duration.ts';
import type { Policy } from '../../contract/policy.ts';
import { present } from '../../contract/present.ts';
import { resolvePolicy } from '../../contract/policy.ts';
import type { Accountable, MemberProgress } from '../../contract/progress.ts';
import type { EndReason } from '../engine/failure.ts';
import { iso } from '../engine/time.ts';
import { stepsProgress } from '../onboarding/progress.ts';
import type { RunState } from '../engine/state.ts';
import { pendingSteps, stepOf } from '../engine/state.ts';

/** The whole run as plain data: what continue-as-new carries. Of the person it knows nothing but the reference. */
export interface OffboardingState extends RunState<OffboardingStepName> {
  outcome?: OffboardingOutcome;
  account: KnownAccount;
  policy: Pick<Policy, 'attention' | 'undoWithin'>;
  keepFor: IsoDuration;
  eraseAfter: IsoDuration;
  /** Who asked for it, and why. */
  asked: Accountable;
  /** This run holds nothing of what was read of the account: the runs before did that. */
  fresh?: boolean;
  histories?: ErasureRecord['histories'];
  accountId?: string;
  capabilities?: Capabilities;
  removed: Removal[];
  /** Members' own runs that were told to end, and how they have. */
  memberRuns?: { member: string; ended?: MemberProgress }[];
}

export function newOffboarding(request: OffboardingRequest): OffboardingState {
  const { provider, reference, accountId, keepFor = DEFAULT_KEEP_FOR, policy, by, reason } = request;
  const { attention, undoWithin } = resolvePolicy(policy);
  return {
    account: { provider, reference, ...(accountId === undefined ? {} : { accountId }) },
    policy: { attention, undoWithin },
    keepFor,
    eraseAfter: policy?.eraseAfter ?? DEFAULT_ERASE_AFTER,
    asked: { ...(by === undefined ? {} : { by }), ...(reason === undefined ? {} : { reason }) },
    steps: pendingSteps(OFFBOARDING_STEPS),
    removed: [],
  };
}

/** One or more of the kind are gone; the instant is that of the last. */
export function noteRemoved(state: OffboardingState, what: Removal['what'], at: number, count = 1): OffboardingState {
  const before = state.removed.find((each) => each.what === what);
  const noted: Removal = { what, count: (before?.count ?? 0) + count, at: iso(at) };
  return { ...state, removed: [...state.removed.filter((each) => each !== before), noted] };
}

export function openMemberRuns({ memberRuns = [] }: OffboardingState) {
  return memberRuns.filter(({ ended }) => ended === undefined);
}

/** The first word counts: a report may come before the refusal of the order. */
export function memberRunEnded(state: OffboardingState, ended: MemberProgress): OffboardingState {
  const { memberRuns = [] } = state;
  const told = memberRuns.map((each) => (each.member === ended.reference ? { ended, ...each } : each));
  return { ...state, memberRuns: told };
}

/** How the account stands once the page has reached its last line. */
export function standing(state: OffboardingState): OffboardingOutcome {
  if (state.accountId === undefined) return 'nothing-there';
  if (stepOf(state, 'proveRemoval').status === 'done') return 'removed';
  return stepOf(state, 'deactivateAccount').status === 'done' ? 'deactivated' : 'kept';
}

/** They are about what hangs on the account and goes with it. A member may be an account of its own. */
const GONE_WITH_ACCOUNT: readonly OffboardingStepName[] = [
  'deactivateAccount',
  'removeWatchlistItems',
  'disableSsnMonitoring',
];

/**
 * A settled step that has a code left something, or something unproven.
 * @internal
 */
export function remainderOf(state: OffboardingState): ErasureRecord['remainder'] {
  const isGone = stepOf(state, 'proveRemoval').status === 'done';
  return state.steps.flatMap(({ name, endedAt, code }) => {
    if (endedAt === undefined || code === undefined) return [];
    return isGone && code === 'StillThere' && GONE_WITH_ACCOUNT.includes(name) ? [] : [{ step: name, code }];
  });
}

function known({ account, accountId, removed }: OffboardingState) {
  const { provider, reference } = account;
  return { provider, reference, accountId, removed };
}

export function toErasureRecord(
  state: OffboardingState,
  outcome: OffboardingOutcome,
  reason: EndReason | undefined,
): ErasureRecord {
  return present<ErasureRecord>({
    ...known(state),
    outcome,
    remainder: remainderOf(state),
    histories: state.histories,
    reason,
  });
}

export function toOffboardingProgress(state: OffboardingState): OffboardingProgress {
  return present<OffboardingProgress>({
    ...known(state),
    remainder: remainderOf(state),
    ...stepsProgress(state),
  });
}
