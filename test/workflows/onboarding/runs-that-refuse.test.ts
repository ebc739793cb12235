import { lookAgain, removeMember, requestChange } from '../../../contract/messages.ts';
import { startOwnServer, type OwnServer } from '../../setup/own-server.ts';
import { changesOf } from '../change/changes.ts';
import { openSuite, type Suite } from '../suite.ts';

const MOST = 5;
const anna = { reference: 'anna', person: { firstName: 'Anna', lastName: 'Test', email: 'anna@example.com' } };
let server: OwnServer;
let suite: Suite;
beforeAll(async () => {
  server = await startOwnServer({
    'history.maximumSignalsPerExecution': String(MOST),
    'frontend.WorkflowPauseEnabled': 'true',
    'frontend.WorkflowTimeSkippingEnabled': 'true',
  });
  suite = await openSuite({}, { clock: 'real', address: server.address });
});
afterAll(async () => {
  await suite.close();
  await server.stop();
});

const fill = async (handle: { signal: (signal: typeof lookAgain, event: { eventId: string }) => Promise<void> }) => {
  for (let at = 0; at < MOST; at += 1) await handle.signal(lookAgain, { eventId: `e-${at}` });
};

it('refuses a change for whose run Temporal takes no more messages, instead of asking for ever', async () => {
  const run = await suite.start();
  await run.until(({ wait }) => wait !== undefined);
  const held = suite.provider.hold('applyChange');
  const changes = changesOf(suite, { reference: run.reference });
  await changes.ask({ kind: 'activate' });
  await held.entered;
  await fill(changes.handle);
  const requested = { changeId: 'one', change: { kind: 'deactivate' }, ifBusy: 'wait' } as const;
  await expect(run.handle.executeUpdate(requestChange, { args: [requested] })).rejects.toMatchObject({
    cause: { type: 'Busy' },
  });
  held.release();
  await changes.result();
  expect((await run.handle.fetchHistory()).events!.length).toBeLessThan(60);
  await run.handle.cancel();
  await run.result().catch(() => undefined);
});

it('takes a member back whose run takes no more messages', async () => {
  const run = await suite.start({ kind: 'family', members: [anna] });
  await run.untilMember('anna', ({ wait }) => wait !== undefined);
  await fill(run.member('anna'));
  await run.handle.executeUpdate(removeMember, { args: [{ member: 'anna' }] });
  expect((await run.progress()).members).toMatchObject([{ status: 'removed' }]);
  await run.handle.cancel();
  await run.result().catch(() => undefined);
});

it('answers that a paused member has not reported, and goes on', async () => {
  const { workflowService } = suite.temporal.connection;
  const run = await suite.start({ kind: 'family', members: [anna], policy: { undoWithin: 'PT1S' } });
  await run.untilMember('anna', ({ wait }) => wait !== undefined);
  const of = { namespace: 'default', workflowId: run.member('anna').workflowId };
  await workflowService.pauseWorkflowExecution({ ...of, reason: 'an incident' });
  await expect(run.handle.executeUpdate(removeMember, { args: [{ member: 'anna' }] })).rejects.toMatchObject({
    cause: { type: 'NoReport' },
  });
  await workflowService.unpauseWorkflowExecution({ ...of, reason: 'over' });
  await run.until(({ members }) => members[0]?.status === 'removed');
  await run.handle.cancel();
  await run.result().catch(() => undefined);
});
