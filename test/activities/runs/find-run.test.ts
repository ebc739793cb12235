import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { ApplicationFailureCategory } from '@temporalio/common';
import { createRunActivities } from '../../../activities/runs/index.ts';
import { changeRunId } from '../../../contract/ids.ts';
import { ACCOUNT } from '../../../contract/search-attributes.ts';
import { eventually } from '../../setup/eventually.ts';
import { connectTo } from '../../setup/connection.ts';

const pace = { firstPoll: 'PT1S', maxPoll: 'PT1M' };
const provider = 'defentry';
const hash = randomUUID();
const taskQueue = `unhosted-${hash}`;

let connection: Connection;
let client: Client;
beforeAll(async () => {
  connection = await connectTo(process.env.TEST_TEMPORAL_ADDRESS!);
  client = new Client({ connection });
});
afterAll(() => connection.close());

/** Nobody hosts it; that it is there is all that is asked. */
function start(workflowId: string, account?: string) {
  return client.workflow.start('any', {
    workflowId,
    taskQueue,
    ...(account !== undefined && { typedSearchAttributes: [{ key: ACCOUNT, value: account }] }),
  });
}

test('of an account none is there yet: benign, with the pace of the poll', async () => {
  const { findRun } = createRunActivities({ client, taskQueue, hashesOf: () => ['of-nobody'] });
  await expect(findRun({ provider, accountId: 'nobody', ...pace })).rejects.toMatchObject({
    type: 'NotYet',
    category: ApplicationFailureCategory.BENIGN,
    nextRetryDelay: 1000,
  });
});

test('of an account is found under any of its hashes, the open run before one that has ended', async () => {
  const { findRun } = createRunActivities({ client, taskQueue, hashesOf: () => [`${hash}-new`, `${hash}-old`] });
  const open = await start(`onboarding.defentry.${hash}-1`, `${hash}-old`);
  const ended = await start(`onboarding.defentry.${hash}-2`, `${hash}-new`);
  await ended.terminate();
  await eventually('both in the list', async () => {
    const { count } = await client.workflow.count(`${ACCOUNT.name} IN ('${hash}-new', '${hash}-old')`);
    const { count: running } = await client.workflow.count(`${ACCOUNT.name} = '${hash}-new' AND CloseTime IS NULL`);
    return count === 2 && running === 0;
  });
  expect(await findRun({ provider, accountId: 'a', ...pace })).toEqual({ workflowId: open.workflowId });
  await open.terminate();
});

test('of a reference is found without the list, also where only its changes have a run', async () => {
  const { findRun } = createRunActivities({ client, taskQueue, hashesOf: () => [] });
  const changes = await start(changeRunId(provider, hash));
  expect(await findRun({ provider, reference: hash, ...pace })).toEqual({ workflowId: changes.workflowId });
  await changes.terminate();
  await expect(findRun({ provider, reference: `${hash}-none`, ...pace })).rejects.toMatchObject({ type: 'NotYet' });
});

test('that Temporal is away is no answer and no defect', async () => {
  const away = Connection.lazy({ address: '127.0.0.1:9' });
  const { findRun } = createRunActivities({
    client: new Client({ connection: away }),
    taskQueue,
    hashesOf: () => [hash],
  });
  const asked = findRun({ provider, accountId: 'a', ...pace });
  await expect(asked).rejects.toMatchObject({ type: 'Unavailable', nextRetryDelay: 5000, nonRetryable: false });
  await away.close();
});
