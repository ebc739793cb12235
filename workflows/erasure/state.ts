import type {
  ErasureInput,
  ErasureOutcome,
  ErasureProgress,
  ErasureStepName,
  HistoriesRecord,
  HistoryKind,
} from '../../contract/erasure.ts';
import { ERASURE_STEPS } from '../../contract/erasure.ts';
import type { Policy } from '../../contract/policy.ts';
import { present } from '../../contract/present.ts';
import { resolvePolicy } from '../../contract/policy.ts';
import type { Accountable } from '../../contract/progress.ts';
import type { EndReason } from '../engine/failure.ts';
import { stepsProgress } from '../onboarding/progress.ts';
import type { RunState } from '../engine/state.ts';
import { pendingSteps, recorded, stepOf } from '../engine/state.ts';
import { iso } from '../engine/time.ts';

/** The whole run as plain data. Of the person it knows nothing but the reference. */
export interface ErasureState extends RunState<ErasureStepName> {
  outcome?: ErasureOutcome;
  input: ErasureInput;
  policy: Pick<Policy, 'attention' | 'undoWithin'>;
  /** Somebody wants it done without waiting. */
  now?: boolean;
  erased: HistoriesRecord['erased'];
  /** Kinds of runs that did not end in time. */
  open: HistoryKind[];
}

export function newErasure(input: ErasureInput): ErasureState {
  const { attention, undoWithin } = resolvePolicy(input.policy);
  return { input, policy: { attention, undoWithin }, steps: pendingSteps(ERASURE_STEPS), erased: [], open: [] };
}

export function hasten(state: ErasureState, words: Accountable, at: number): ErasureState {
  return { ...recorded(state, { at: iso(at), action: 'erase', ...words }), now: true };
}

/** They are proven to be gone. */
export function noteErased(state: ErasureState, kinds: readonly HistoryKind[], at: number): ErasureState {
  const erased = [...new Set(kinds)].map((what) => {
    const before = state.erased.find((each) => each.what === what)?.count ?? 0;
    return { what, count: before + kinds.filter((kind) => kind === what).length, at: iso(at) };
  });
  const others = state.erased.filter(({ what }) => !kinds.includes(what));
  return { ...state, erased: [...others, ...erased] };
}

function remainderOf(state: ErasureState): HistoriesRecord['remainder'] {
  const { endedAt, code } = stepOf(state, 'eraseHistories');
  if (state.open.length > 0) return state.open.map((what) => ({ what, code: 'StillOpen' }));
  if (endedAt === undefined) return state.outcome === undefined ? [] : [{ what: 'histories', code: 'Cancelled' }];
  return code === undefined ? [] : [{ what: 'histories', code }];
}

export function standing(state: ErasureState): ErasureOutcome {
  return stepOf(state, 'eraseHistories').status === 'done' ? 'erased' : 'incomplete';
}

function known({ input: { provider, reference }, erased }: ErasureState) {
  return { provider, reference, erased };
}

export function toHistoriesRecord(
  state: ErasureState,
  outcome: ErasureOutcome,
  reason: EndReason | undefined,
): HistoriesRecord {
  return present<HistoriesRecord>({ ...known(state), outcome, remainder: remainderOf(state), reason });
}

export function toErasureProgress(state: ErasureState): ErasureProgress {
  return present<ErasureProgress>({
    ...known(state),
    remainder: remainderOf(state),
    ...stepsProgress(state),
  });
}
