import { vi } from 'vitest';
import { Runtime } from '@temporalio/worker';
import { startOwnServer, type OwnServer } from '../../setup/own-server.ts';
import { deliver, looked } from './deliveries.ts';
import { openSuite, type Suite } from '../suite.ts';

const NEVER = { firstPoll: 'P5D', maxPoll: 'P5D' };

// The runtime logs errors only; what workers tell it is seen all the same.
const told = vi.spyOn(Runtime.instance().logger, 'log');
const refused = () =>
  told.mock.calls
    .filter(([, message]) => message === 'a run did not take a message')
    .map(([level, , meta]) => [level, meta?.['run'], meta?.['code']]);

let server: OwnServer;
let suite: Suite;
beforeAll(async () => {
  server = await startOwnServer({ 'history.maximumSignalsPerExecution': '1' });
  suite = await openSuite({}, { clock: 'real', address: server.address });
});
afterAll(async () => {
  await suite.close();
  await server.stop();
});

test('a run that is open and takes no more signals is told apart from one that is not there', async () => {
  const { handle, reference, id } = await suite.start({ policy: { emailVerified: NEVER } });
  await looked(handle, 1);
  const taken = await deliver(suite, { kind: 'emailVerified', reference });
  expect(await taken.result()).toEqual({ delivered: true, workflowId: id });
  expect(refused()).toEqual([]);

  const late = await deliver(suite, { kind: 'emailVerified', reference });
  expect(await late.result()).toEqual({ delivered: false, reason: 'ended' });
  // Before the run is looked for, and after; the run of the account's changes, which is not there, is no news.
  expect(refused()).toEqual(Array.from({ length: 2 }, () => ['WARN', id, 'SignalCountLimitExceeded']));
});
