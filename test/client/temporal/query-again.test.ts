import { Client, Connection, ServiceError } from '@temporalio/client';
import { untilAnswered } from '../../../client/temporal/call.ts';

let connection: Connection;
let temporal: Client;
beforeAll(async () => {
  connection = await Connection.connect({ address: process.env['TEST_TEMPORAL_ADDRESS']! });
  temporal = new Client({ connection });
});
afterAll(() => connection.close());

/** What Temporal answers to a query of a run whose workflow task has failed three times. */
function failedTask(): ServiceError {
  const details = 'Unable to query workflow due to Workflow Task in failed state.';
  const cause = Object.assign(new Error(details), { code: 9, details, metadata: {} });
  return new ServiceError('Failed to query Workflow', { cause });
}

test('a run whose workflow task has failed by chance is asked again until it answers', async () => {
  let asked = 0;
  const ask = () => (++asked < 3 ? Promise.reject(failedTask()) : Promise.resolve('answer'));
  expect(await untilAnswered(temporal, 10_000, ask, () => Promise.resolve(false))).toBe('answer');
});

test('a run that Temporal reports as stuck is asked once', async () => {
  let asked = 0;
  const ask = () => {
    asked += 1;
    return Promise.reject(failedTask());
  };
  const answer = untilAnswered(temporal, 10_000, ask, () => Promise.resolve(true));
  await expect(answer).rejects.toThrow('Failed to query Workflow');
  expect(asked).toBe(1);
});

test('a run that goes on failing is given up before the deadline, with the reason', async () => {
  const answer = untilAnswered(
    temporal,
    1000,
    () => Promise.reject(failedTask()),
    () => Promise.resolve(false),
  );
  await expect(answer).rejects.toThrow('Failed to query Workflow');
});
