import { Client } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { examine, OnboardingClient, readClientConfig } from '../../client/index.ts';
import type { CheckResult, Hanging } from '../../client/index.ts';
import { makeKey } from '../../encryption/key-ring.ts';
import { connectTo } from '../setup/connection.ts';
import { eventually } from '../workflows/suite.ts';
import { errorOf, singleRequest } from './suite.ts';

const TEMPORAL_ADDRESS = process.env['TEST_TEMPORAL_ADDRESS']!;
const taskQueue = `stuck-${process.pid}`;
const env = { TEMPORAL_ADDRESS, ONBOARDING_KEYS: makeKey(), ONBOARDING_TASK_QUEUE: taskQueue };

let connection: NativeConnection;
let worker: Worker;
let running: Promise<void>;
let client: OnboardingClient;
beforeAll(async () => {
  connection = await NativeConnection.connect({ address: TEMPORAL_ADDRESS });
  // Without the key it cannot read a run's input, so each of its workflow tasks fails.
  const workflowBundle = { codePath: process.env['TEST_WORKFLOW_BUNDLE']! };
  worker = await Worker.create({ connection, taskQueue, workflowBundle });
  running = worker.run();
  client = await OnboardingClient.connect(readClientConfig(env));
});
afterAll(async () => {
  worker.shutdown();
  await running;
  await Promise.all([connection.close(), client.close()]);
});

test('a run whose workflow tasks fail is shown by list, attention and doctor, with what to do', async () => {
  const request = singleRequest();
  const { workflowId } = await client.start(request);
  const { reference } = request;
  const run = await eventually(
    () => client.get('defentry', reference),
    ({ stuck }) => stuck === true,
    120_000,
  );
  expect(run).toMatchObject({ status: 'running', stuck: true });
  expect(await errorOf(client.progress('defentry', reference))).toMatchObject({
    code: 'RunStuck',
    message: expect.stringContaining(`--workflow-id ${workflowId} `),
  });
  const hanging: Hanging[] = [];
  for await (const one of client.operator.hanging()) if (one.run.workflowId === workflowId) hanging.push(one);
  expect(hanging).toMatchObject([{ run: { stuck: true }, problem: { code: 'RunStuck' } }]);
  const found: CheckResult[] = [];
  for await (const one of examine('defentry', env)) found.push(one);
  expect(found.find(({ check }) => check === 'stuck runs')).toEqual({
    check: 'stuck runs',
    state: 'failed',
    detail: 'the workflow tasks of 1 runs fail again and again',
    remedy: 'Look at them: onboard attention',
  });
  const temporal = await connectTo(TEMPORAL_ADDRESS);
  await new Client({ connection: temporal }).workflow.getHandle(workflowId).terminate();
  await temporal.close();
});
