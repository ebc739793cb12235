import { asyncLocalStorage } from '@temporalio/activity';

/**
 * What the looks of one wait tell each other, by heartbeat details: since when none of them could tell anything. A wait that can only ever be
 * told nothing would end at its deadline as if the answer had been no.
 */

const LEAST_LOOKS = 3;
const BLIND = /^Blind (\d+) looks since (\d+)$/;

/** This look says nothing. Answers whether so many in a row, for at least so many milliseconds, have done so that a person must look. */
export function staysBlind(longestMs: number): boolean {
  const context = asyncLocalStorage.getStore();
  if (!context) return false;
  const { heartbeatDetails, currentAttemptScheduledTimestampMs: now } = context.info;
  const [, before = '0', told] = BLIND.exec(String(heartbeatDetails)) ?? [];
  const looks = Number(before) + 1;
  const since = told === undefined ? now : Number(told);
  context.heartbeat(`Blind ${looks} looks since ${since}`);
  return looks >= LEAST_LOOKS && now - since >= longestMs;
}

/** This look says something, if only that it has not happened yet. */
export function sees(): void {
  const context = asyncLocalStorage.getStore();
  if (context && BLIND.test(String(context.info.heartbeatDetails))) context.heartbeat();
}
