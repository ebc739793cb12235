import { changeFault } from '../engine/change-fault.ts';
import { busyRefusal } from '../change/messages.ts';
import { startChanges } from './changes.ts';
import type { AccountChange, RequestedChange } from '../../contract/change.ts';
import { ANOTHER_CHANGE, isAnother } from '../../contract/same-change.ts';
import { refuse } from '../engine/guards.ts';
import { additionRefusal, findMember, removalRefusal, includeMember, excludeMember } from './member-messages.ts';
import * as messages from '../../contract/messages.ts';
import { onSignal, onUpdate } from '../engine/messages.ts';
import type { Run } from '../engine/run.ts';
import { apply } from '../engine/run.ts';
import type { OnboardingState } from './state.ts';
import { changeEnded, handOver, openChanges } from './state-changes.ts';

/**
 * A change that is asked for while the onboarding is open. The run of the account's changes makes it, so that there is one at a time whoever
 * asks; it tells this run what has become of it. Members are this run's own.
 */
export function handleChanges(run: Run<OnboardingState>): void {
  onUpdate(
    run,
    messages.requestChange,
    (requested) => take(run, requested),
    (requested) => {
      const refusal = changeFault(requested) ?? changeRefusal(run.state, requested);
      if (refusal) refuse(refusal);
      const known = run.state.changes.some(({ changeId }) => changeId === requested.changeId);
      const busy = known ? undefined : busyRefusal(openChanges(run.state).length, requested);
      if (busy) refuse(busy, 'Busy');
    },
  );
  onSignal(run, messages.accountChanged, (change) => apply(run, (state) => changeEnded(state, change)));
}

function changeRefusal(state: OnboardingState, requested: RequestedChange): string | undefined {
  const { changeId, change } = requested;
  if (state.outcome || state.closing) return 'The onboarding has ended; ask for the change again.';
  if (state.accountId === undefined) {
    return 'change: the account is not there yet; put the value right with `correct` instead.';
  }
  const known = state.changes.find((each) => each.changeId === changeId);
  if (known) return isAnother(known, requested) ? ANOTHER_CHANGE : undefined;
  return kindRefusal(state, change);
}

function kindRefusal(state: OnboardingState, change: AccountChange): string | undefined {
  if (change.kind === 'add-member') return additionRefusal(state, change.member);
  if (change.kind === 'remove-member') return removalRefusal(state, change.member.reference);
  if (change.kind === 'invite-member' && findMember(state, change.member.reference)?.status !== 'open') {
    return 'member: no invitation of this onboarding is open for this member.';
  }
  if (change.kind === 'delete-email') {
    return 'change: the onboarding still writes to this address; delete it when the onboarding has ended.';
  }
  return undefined;
}

async function take(run: Run<OnboardingState>, requested: RequestedChange): Promise<{ ahead: number }> {
  const { changeId, change } = requested;
  const known = run.state.changes.some((each) => each.changeId === changeId);
  if (!known) apply(run, (state) => handOver(state, requested));
  const ahead = openChanges(run.state).findIndex((each) => each.changeId === changeId);
  if (known) return { ahead: Math.max(0, ahead) };
  try {
    if (change.kind === 'add-member') await includeMember(run, change.member);
    else if (change.kind === 'remove-member') await excludeMember(run, change.member.reference);
    else {
      await startChanges(run, requested);
      return { ahead };
    }
  } catch (error) {
    apply(run, (state) => changeEnded(state, { changeId, kind: change.kind, status: 'failed' }));
    throw error;
  }
  apply(run, (state) => changeEnded(state, { changeId, kind: change.kind, status: 'done' }));
  return { ahead: 0 };
}
