import { randomUUID } from 'node:crypto';
import { DELIVER_EVENT } from '../../../contract/messages.ts';
import type { AccountEvent } from '../../../contract/runs.ts';
import { createTemporal } from '../../setup/temporal.ts';
import { permanent } from '../scripted-provider.ts';
import { dataConverter } from '../suite.ts';

it('a delivery ends as failed when its run could not be looked for, look after look', async () => {
  let looks = 0;
  const findRun = () => {
    looks += 1;
    throw permanent('Forbidden');
  };
  const temporal = await createTemporal({ dataConverter, clock: 'real', activities: { runs: { findRun } } });
  const event: AccountEvent = { provider: 'defentry', eventId: 'e', kind: 'accountChanged', accountId: 'nobody' };
  const handle = await temporal.client.workflow.start(DELIVER_EVENT, {
    workflowId: `event.${randomUUID()}`,
    taskQueue: temporal.taskQueue,
    args: [event, { within: 'PT1H' }],
  });
  await expect(handle.result()).rejects.toMatchObject({ cause: { type: 'Forbidden' } });
  expect(looks).toBe(24);
  await temporal.close();
});
