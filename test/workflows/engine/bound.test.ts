import { randomUUID } from 'node:crypto';
import { correct, progress } from '../../../contract/messages.ts';
import { permanent } from '../scripted-provider.ts';
import { eventually, openSuite, type Suite } from '../suite.ts';
import { REPLAYS, trusting } from './bound.ts';

const attacks = Object.entries(REPLAYS);

describe.each<[string, boolean]>([
  ['refused', false],
  ['negative control: taken by workflows that do not look', true],
])('what was sealed by us and is sent again is %s', (_, taken) => {
  let suite: Suite;
  beforeAll(async () => {
    suite = await openSuite({}, { clock: 'real', ...(taken && { workflowBundle: trusting() }) });
  });
  afterAll(() => suite.close());

  test.each(attacks)('%s', async (_name, attack) => {
    expect(await attack(suite)).toBe(taken);
  });
});

test('a run that was reset takes its input, and messages as before', async () => {
  const suite = await openSuite({}, { clock: 'real' });
  suite.provider.failForever('createAccount', permanent('Invalid'));
  const run = await suite.start();
  await run.until(({ attention }) => attention !== undefined);
  const { connection, client } = suite.temporal;
  const { events } = await run.handle.fetchHistory();
  const first = events!.find((event) => event.workflowTaskCompletedEventAttributes)!;
  const { runId } = await connection.workflowService.resetWorkflowExecution({
    namespace: client.options.namespace,
    workflowExecution: { workflowId: run.id, runId: (await run.handle.describe()).runId },
    workflowTaskFinishEventId: first.eventId!,
    requestId: randomUUID(),
    reason: 'test',
  });
  const anew = client.workflow.getHandle(run.id);
  expect((await anew.describe()).runId).toBe(runId);
  await eventually(
    () => anew.query(progress),
    ({ attention }) => attention !== undefined,
  );
  await anew.executeUpdate(correct, { args: [{ path: 'person.email', value: 'anew@example.com' }] });
  await anew.cancel();
  await anew.result().catch(() => undefined); // It ends as cancelled.
  suite.provider.failForever('createAccount', undefined);
  await suite.close();
});
