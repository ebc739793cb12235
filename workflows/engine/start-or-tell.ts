import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { sleep } from '@temporalio/workflow';
import type { Told } from './tell.ts';

/** A run that ends between the start and the telling, again and again, is a stranger's loop: its end may not become ours. */
const MOST = 10;
const FIRST_PAUSE = 1_000;

/**
 * Starts a run, or tells the existing one. That may end in between: then it is started, after a pause that doubles.
 * `false`: it is there, and cannot be told.
 */
export async function startOrTell(start: () => Promise<void>, tell: () => Promise<Told>): Promise<boolean> {
  for (let tries = 0; tries < MOST; tries += 1) {
    if (tries > 0) await sleep(FIRST_PAUSE * 2 ** (tries - 1), { summary: 'a run has ended just now: start it anew' });
    try {
      await start();
      return true;
    } catch (error) {
      if (!isAlreadyStarted(error)) throw error;
    }
    const told = await tell();
    if (told !== 'gone') return told === 'told';
  }
  return false;
}

export function isAlreadyStarted(error: unknown): boolean {
  return error instanceof WorkflowExecutionAlreadyStartedError;
}
