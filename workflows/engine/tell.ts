import type { ExternalWorkflowHandle, SignalDefinition } from '@temporalio/workflow';
import { ApplicationFailure, getExternalWorkflowHandle, isCancellation, log } from '@temporalio/workflow';

import type { OutsideEvent } from '../../contract/messages.ts';
import type { Run } from './run.ts';
import type { RunState } from './state.ts';

/** What the SDK calls the failure of a message to a run that is not there or has ended. */
const NOT_OPEN = 'ExternalWorkflowExecutionNotFound';

/**
 * `gone`: the run is not there, or has ended · `refused`: it is there, and Temporal takes no more messages for it (after ten thousand): it goes on
 * all the same.
 */
export type Told = 'told' | 'gone' | 'refused';

/** Tells another run something, and what came of it: only that it is not there means that nobody goes on. */
export async function tellRun(
  workflowId: string,
  message: (run: ExternalWorkflowHandle) => Promise<void>,
): Promise<Told> {
  try {
    await message(getExternalWorkflowHandle(workflowId));
    return 'told';
  } catch (error) {
    if (isCancellation(error)) throw error;
    const code = error instanceof ApplicationFailure ? (error.type ?? 'Unknown') : 'Unknown';
    if (code === NOT_OPEN) return 'gone';
    log.warn('a run did not take a message', { run: workflowId, code });
    return 'refused';
  }
}

/**
 * Hands a hint on. While one of its kind is on the way to the same run, more would tell it nothing: it looks when that arrives, which is later
 * than now. So a flood of hints makes no flood of commands.
 */
export async function hint<State extends RunState<string>>(
  { hinting }: Run<State>,
  workflowId: string,
  signal: SignalDefinition<[OutsideEvent]>,
  event: OutsideEvent,
): Promise<void> {
  const onItsWay = `${signal.name} ${workflowId}`;
  if (hinting.has(onItsWay)) return;
  hinting.add(onItsWay);
  try {
    const told = await tellRun(workflowId, (run) => run.signal(signal, event));
    // Its own end is what counts.
    if (told === 'gone') log.info('a hint came after the run it was for had ended', { signal: signal.name });
  } finally {
    hinting.delete(onItsWay);
  }
}
