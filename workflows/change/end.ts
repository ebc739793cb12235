import { CancellationScope, log } from '@temporalio/workflow';
import { CANCELLED, done, undone } from './undo.ts';
import { onboardingId } from '../../contract/ids.ts';
import type { Ending } from '../engine/failure.ts';
import { accountChanged } from '../../contract/messages.ts';
import { beforeUndo } from '../engine/messages.ts';
import type { Run } from '../engine/run.ts';
import { apply, publish } from '../engine/run.ts';
import { tellRun } from '../engine/tell.ts';
import type { ChangeEnd, ChangeState } from './state.ts';
import { endChange, findChange, openChanges, running } from './state.ts';
import { toChangeProgress } from './progress.ts';
import { clearAttention, closeWait, stepOf } from '../engine/state.ts';
import { now } from '../engine/time.ts';

/** Ends the change under way: undone where that is possible, told to the onboarding it came from. */
export async function closeChange(run: Run<ChangeState>, ending?: Ending): Promise<void> {
  const { changeId } = running(run.state)!;
  const current = run.state.current!;
  const { code } = stepOf(run.state, 'proveChange');
  apply(run, (state) => closeWait(clearAttention(state)));
  if (ending && !ending.reason) apply(run, (state) => ({ ...state, closing: true }));
  if (ending) await beforeUndo(run);
  const end = ending ? await undone(run, current, ending) : done(code);
  await ended(run, changeId, end, addressAfter(run.state, end));
}

/** A cancelled run begins nothing more, also not what an onboarding hands over meanwhile. */
export async function abortQueued(run: Run<ChangeState>): Promise<void> {
  apply(run, (state) => ({ ...state, closing: true }));
  for (;;) {
    const next = openChanges(run.state)[0];
    if (!next) return;
    await ended(run, next.changeId, CANCELLED, {});
  }
}

/** The address that the account has now, for an onboarding that goes on with it. One that could not be set back may stand. */
function addressAfter({ capabilities, current }: ChangeState, { status }: ChangeEnd) {
  const { change, applied, oldEmailBack } = current!;
  if (change.kind !== 'change-email') return {};
  if (status === 'failed' && !oldEmailBack) return { email: change.email };
  if (status !== 'done') return {};
  return {
    email: change.email,
    emailVerified: applied?.verificationNeeded === true && capabilities?.emailVerified !== 'none',
  };
}

async function ended(
  run: Run<ChangeState>,
  changeId: string,
  end: ChangeEnd,
  address: { email?: string; emailVerified?: boolean },
): Promise<void> {
  apply(run, (state) => endChange(state, changeId, end, now()));
  publish(run);
  const change = findChange(run.state, changeId)!;
  if (!change.handedOver) return;
  const { provider, reference } = run.state.account;
  const report = { ...toChangeProgress(change), ...address };
  const told = await CancellationScope.nonCancellable(() =>
    tellRun(onboardingId(provider, reference), (onboarding) => onboarding.signal(accountChanged, report)),
  );
  if (told === 'gone') log.info('the onboarding had ended before the change it asked for', { changeId });
}
