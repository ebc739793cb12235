import type { Client } from '@temporalio/client';
import { tsToMs } from '@temporalio/common/lib/time.js';
import proto from '@temporalio/proto';
import { activityQueue } from '../../contract/queues.ts';

const { TASK_QUEUE_TYPE_ACTIVITY, TASK_QUEUE_TYPE_WORKFLOW } = proto.temporal.api.enums.v1.TaskQueueType;

/** A worker polls for a minute at a time; who has not come back since then is gone. */
const POLL_WITHIN_MS = 70_000;

/** The queue of the workflows, or with a provider that of its activities, and how many workers poll it. */
export async function pollersOf(
  { connection, options: { namespace } }: Client,
  workflowQueue: string,
  provider?: string,
): Promise<{ queue: string; workers: number }> {
  const queue = provider === undefined ? workflowQueue : activityQueue(workflowQueue, provider);
  const { pollers } = await connection.workflowService.describeTaskQueue({
    namespace,
    taskQueue: { name: queue },
    taskQueueType: provider === undefined ? TASK_QUEUE_TYPE_WORKFLOW : TASK_QUEUE_TYPE_ACTIVITY,
  });
  const fresh = pollers?.filter(
    ({ lastAccessTime }) => lastAccessTime && Date.now() - tsToMs(lastAccessTime) < POLL_WITHIN_MS,
  );
  return { queue, workers: new Set(fresh?.map(({ identity }) => identity)).size };
}
