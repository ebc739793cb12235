import { randomUUID } from 'node:crypto';
import type { WorkflowHandle } from '@temporalio/client';
import { deliveryId } from '../../../contract/ids.ts';
import { DELIVERY, type AccountEvent, type Delivery } from '../../../contract/runs.ts';
import { OUTCOME } from '../../../contract/search-attributes.ts';
import { DELIVER_EVENT } from '../../../contract/messages.ts';
import type { Clock } from '../../setup/time-skipping.ts';
import { eventually, type Suite } from '../suite.ts';

export interface Delivering {
  handle: WorkflowHandle;
  result: () => Promise<Delivery>;
  /** The search attribute of the ended delivery. */
  outcome: () => Promise<string | undefined>;
  /** Ends when the run of the account has been looked for so many times. */
  untilLooked: (times: number) => Promise<unknown>;
}

/** Starts the delivery of an event of its own. `real` leaves Temporal's list the time it takes; `skip` lets the hour of looking pass. */
export async function deliver(
  { temporal }: Suite,
  event: Pick<AccountEvent, 'kind'> & Partial<AccountEvent>,
  clock: Clock = 'real',
): Promise<Delivering> {
  const eventId = event.eventId ?? randomUUID();
  const usual = temporal.startClock;
  temporal.startClock = clock;
  const handle = await temporal.client.workflow.start(DELIVER_EVENT, {
    workflowId: deliveryId('defentry', eventId),
    taskQueue: temporal.taskQueue,
    args: [{ provider: 'defentry', eventId, ...event } satisfies AccountEvent, { within: DELIVERY.within }],
  });
  temporal.startClock = usual;
  return {
    handle,
    result: () => handle.result() as Promise<Delivery>,
    outcome: async () => (await handle.describe()).typedSearchAttributes.get(OUTCOME),
    untilLooked: (times) => looked(handle, times),
  };
}

/** Ends when the run's poll under way has looked so many times in vain. */
export function looked(handle: WorkflowHandle, times: number): Promise<unknown> {
  return eventually(
    async () => (await handle.describe()).raw.pendingActivities?.[0]?.attempt ?? 0,
    (attempt) => attempt > times,
  );
}
