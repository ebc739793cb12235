import { allHandlersFinished, condition } from '@temporalio/workflow';
import type { HistoriesRecord } from '../../contract/erasure.ts';
import type { Ending } from '../engine/failure.ts';
import { beforeUndo } from '../engine/messages.ts';
import type { Run } from '../engine/run.ts';
import { apply, publish } from '../engine/run.ts';
import { clearAttention, closeWait } from '../engine/state.ts';
import type { ErasureState } from './state.ts';
import { standing, toHistoriesRecord } from './state.ts';

/** What was deleted, and what was not. There is nothing to undo. */
export async function closeErasure(run: Run<ErasureState>, ending?: Ending): Promise<HistoriesRecord> {
  const outcome = ending ? 'aborted' : standing(run.state);
  apply(run, (state) => ({ ...closeWait(clearAttention(state)), outcome }));
  if (ending) await beforeUndo(run);
  publish(run);
  await condition(allHandlersFinished);
  return toHistoriesRecord(run.state, outcome, ending?.reason);
}
