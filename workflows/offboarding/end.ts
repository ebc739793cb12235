import { allHandlersFinished, condition } from '@temporalio/workflow';
import type { ErasureRecord, OffboardingOutcome } from '../../contract/offboarding.ts';
import { complete } from '../engine/end.ts';
import type { Ending } from '../engine/failure.ts';
import { failureCode } from '../engine/failure.ts';
import { beforeUndo } from '../engine/messages.ts';
import type { Run } from '../engine/run.ts';
import { apply, publish } from '../engine/run.ts';
import type { OffboardingState } from './state.ts';
import { standing, toErasureRecord } from './state.ts';
import { clearAttention, closeWait, endStep, stepOf } from '../engine/state.ts';
import { now } from '../engine/time.ts';

/**
 * The record of an offboarding. What the provider cannot do, and what an operator has left out, is a known remainder and part of the result.
 * Only an undo that fails is a technical end, as in an onboarding: the account was to live again and does not (`UndoIncomplete`).
 */
export async function closeOffboarding(run: Run<OffboardingState>, ending?: Ending): Promise<ErasureRecord> {
  apply(run, (state) => interrupted(closeWait(clearAttention(state))));
  if (ending) await beforeUndo(run);
  const { outcome, failure } = ending ? await endedEarly(run, ending) : { outcome: standing(run.state) };
  apply(run, (state) => ({ ...state, outcome }));
  publish(run);
  await condition(allHandlersFinished);
  const record = toErasureRecord(run.state, outcome, ending?.reason);
  return complete(record, failure === undefined ? [] : [...record.remainder, { step: 'keepAccount', code: failure }]);
}

interface EndedEarly {
  outcome: OffboardingOutcome;
  failure?: string;
}

const UNDER_WAY = ['running', 'attention'];

/** The step that a cancel came into, or the proof of a removal that it came after: nobody can say whether there has been the effect. */
function interrupted(state: OffboardingState): OffboardingState {
  const open =
    state.steps.find(({ name, status }) => name !== 'keepAccount' && UNDER_WAY.includes(status)) ??
    (stepOf(state, 'removeAccount').status === 'done' ? stepOf(state, 'proveRemoval') : undefined);
  return open && open.endedAt === undefined ? endStep(state, open.name, 'failed', now(), 'Cancelled') : state;
}

async function endedEarly(run: Run<OffboardingState>, { outcome }: Ending): Promise<EndedEarly> {
  if (outcome === 'rejected' && run.state.accountId === undefined) return { outcome: 'nothing-there' };
  const kept = ['waiting', ...UNDER_WAY].includes(stepOf(run.state, 'keepAccount').status);
  const { capabilities, removed } = run.state;
  if (!kept || !removed.some(({ what }) => what === 'access')) return { outcome: 'aborted' };
  if (!capabilities!.changes.includes('activate')) {
    apply(run, (state) => endStep(state, 'keepAccount', 'gap', now(), 'NotSupported'));
    return { outcome: 'aborted' };
  }
  return bringBack(run);
}

async function bringBack(run: Run<OffboardingState>): Promise<EndedEarly> {
  const { account, accountId } = run.state;
  let proven = false;
  const failure = await failureCode(async () => {
    ({ proven } = await run.provider.undo('Undo: activate the account again').applyChange({
      accountId: accountId!,
      ownerReference: account.reference,
      change: { kind: 'activate' },
    }));
  });
  if (failure !== undefined) return { outcome: 'aborted', failure };
  apply(run, (state) => ({
    ...endStep(state, 'keepAccount', 'skipped', now(), proven ? undefined : 'NotReadable'),
    removed: state.removed.filter(({ what }) => what !== 'access'),
  }));
  return { outcome: 'brought-back' };
}
