import { activityInfo, heartbeat } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';

export async function echo(text: string): Promise<string> {
  return `${text} echoed`;
}

/** Fails once after a heartbeat; the second attempt answers with the details it finds. */
export async function beat(text: string): Promise<string> {
  const found: unknown = activityInfo().heartbeatDetails;
  if (activityInfo().attempt > 1) return String(found);
  heartbeat(text);
  throw ApplicationFailure.retryable('once more', 'Again');
}

export async function fail(text: string): Promise<void> {
  throw ApplicationFailure.nonRetryable(text, 'Invalid', { detail: text });
}
