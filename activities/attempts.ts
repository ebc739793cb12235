import { asyncLocalStorage } from '@temporalio/activity';
import type { Context } from '@temporalio/activity';
import type { Known } from '../contract/account.ts';
import { ANSWER_LOST, NOTHING_SENT } from '../contract/failures.ts';

/**
 * What the attempts of one activity tell each other by heartbeat details, where the attempt's number says too little: an earlier attempt may
 * have failed before it sent anything. A worker that is killed may take the detail with it, so that without one nothing is known.
 */

const sending = new WeakSet<Context>();
const idle = new WeakSet<Context>();

/** Whether an attempt before this one may have made the call. */
export function wasSent(): Known {
  const info = asyncLocalStorage.getStore()?.info;
  if (info?.heartbeatDetails === ANSWER_LOST) return 'yes';
  const first = info === undefined || info.attempt === 1;
  return first || info.heartbeatDetails === nothingSentUntil(info.attempt - 1) ? 'no' : 'unknown';
}

/** Whether one of two may have made the call. */
export function either(one: Known, other: Known): Known {
  return [one, other].includes('yes') ? 'yes' : [one, other].includes('unknown') ? 'unknown' : 'no';
}

/** Tells the attempts after this one that the call may have been made: said before it is. */
export function isSending(): void {
  const context = asyncLocalStorage.getStore();
  if (!context) return;
  sending.add(context);
  context.heartbeat(ANSWER_LOST);
}

/** The answer says for certain that the call was not executed. */
export function wasNotExecuted(): void {
  const context = asyncLocalStorage.getStore();
  if (context) sending.delete(context);
}

/** For a heartbeat that has nothing else to say: it must not overwrite what was told. */
export function lostSoFar(context: Context): typeof ANSWER_LOST | undefined {
  return sending.has(context) || context.info.heartbeatDetails === ANSWER_LOST ? ANSWER_LOST : undefined;
}

/** What the failure of this attempt tells a run about all attempts so far, where it tells anything. */
export function toldByFailure(context: Context): typeof ANSWER_LOST | typeof NOTHING_SENT | undefined {
  if (context.info.heartbeatDetails === ANSWER_LOST) return ANSWER_LOST;
  return idle.has(context) ? NOTHING_SENT : undefined;
}

/** An attempt that fails tells the next one what is known, also that nothing was sent. */
export async function tellingNext<T>(attempt: () => Promise<T>): Promise<T> {
  const context = asyncLocalStorage.getStore();
  if (!context) return attempt();
  const before = wasSent();
  try {
    return await attempt();
  } catch (error) {
    const lost = lostSoFar(context);
    if (lost === undefined && before === 'no') idle.add(context);
    context.heartbeat(lost ?? (idle.has(context) ? nothingSentUntil(context.info.attempt) : undefined));
    throw error;
  }
}

/** With the number of the attempt, so that one which is killed before it tells anything is not covered by the one before. */
function nothingSentUntil(attempt: number): string {
  return `NothingSentUntil${attempt}`;
}
