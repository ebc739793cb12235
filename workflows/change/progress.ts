import type { ChangeProgress, ChangesProgress, KeptChange } from '../../contract/change.ts';
import type { Change, ChangeState } from './state.ts';
import { openChanges, running } from './state.ts';
import { situation } from '../onboarding/progress.ts';
import { waitProgress } from '../engine/state.ts';

export function toChangesProgress(state: ChangeState): ChangesProgress<KeptChange> {
  const { provider, reference } = state.account;
  return {
    provider,
    reference,
    ...(state.accountId === undefined ? {} : { accountId: state.accountId }),
    changes: state.changes.map(toKeptChange),
    steps: state.steps,
    ...(state.wait === undefined ? {} : { wait: waitProgress(state.wait) }),
    ...(state.attention === undefined ? {} : { attention: state.attention }),
    next: changeSentence(state),
  };
}

/** Without what was asked for. */
export function toKeptChange(change: Change): KeptChange {
  const { asked: _, handedOver: __, ...kept } = change;
  return kept;
}

/** For the onboarding that has handed it over, and kept the fingerprint itself. */
export function toChangeProgress(change: Change): ChangeProgress {
  const { fingerprint: _, ...progress } = toKeptChange(change);
  return progress;
}

export function changeSentence(state: ChangeState): string {
  const current = running(state);
  const waiting = openChanges(state).length - (current ? 1 : 0);
  const more = waiting === 0 ? '' : ` ${waiting} more to come.`;
  return current ? `${current.kind}: ${situation(state)}${more}` : `No change is under way.${more}`;
}
