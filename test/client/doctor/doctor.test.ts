import { Client, type Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { NativeConnection, Worker } from '@temporalio/worker';
import { examine } from '../../../client/doctor/doctor.ts';
import { keyUseOf } from '../../../client/doctor/key-use.ts';
import { type CheckResult } from '../../../client/doctor/check-result.ts';
import { OnboardingClient, readClientConfig } from '../../../client/index.ts';
import { makeKey } from '../../../encryption/key-ring.ts';
import { eventually } from '../../workflows/suite.ts';
import { singleRequest } from '../suite.ts';
import { connectTo } from '../../setup/connection.ts';

const TEMPORAL_ADDRESS = process.env['TEST_TEMPORAL_ADDRESS']!;
const ONBOARDING_KEYS = makeKey();
const NAMESPACE = `doctor-${process.pid}`;
const queue = 'doctor';
const env = { TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE: NAMESPACE, ONBOARDING_KEYS, ONBOARDING_TASK_QUEUE: queue };

let connection: Connection;
beforeAll(async () => {
  connection = await connectTo(TEMPORAL_ADDRESS);
  const workflowExecutionRetentionPeriod = msToTs(86_400_000);
  await connection.workflowService.registerNamespace({ namespace: NAMESPACE, workflowExecutionRetentionPeriod });
});
afterAll(() => connection.close());

async function findings(changes: NodeJS.ProcessEnv = {}): Promise<CheckResult[]> {
  const found: CheckResult[] = [];
  for await (const finding of examine('defentry', { ...env, ...changes })) found.push(finding);
  return found;
}

const states = (found: CheckResult[]) => found.map(({ check, state }) => `${check} ${state}`);
const of = (found: CheckResult[], check: CheckResult['check']) => found.find((finding) => finding.check === check);

test('a bare namespace: names what is missing and the command that adds it', async () => {
  const found = await findings();
  expect(states(found)).toEqual([
    'settings ok',
    'key ok',
    'server ok',
    'namespace ok',
    'retention warning',
    'search attributes failed',
    'stored runs skipped',
    'key use ok',
    'stuck runs ok',
    'workers failed',
    'workers failed',
    'provider login skipped',
  ]);
  expect(of(found, 'search attributes')?.remedy).toContain(
    `temporal operator search-attribute create --namespace ${NAMESPACE} --name OnboardingStage --type Keyword`,
  );
  expect(of(found, 'workers')).toMatchObject({
    detail: 'none on queue doctor',
    remedy: 'Start one: onboard worker --role workflows',
  });
});

test.each([
  [1000, 'ok'],
  [30_000_000, 'warning'],
])('%d runs of one key: %s', (runs, state) => {
  const found = keyUseOf(runs);
  expect(found).toMatchObject({ state, detail: expect.stringContaining(`at most about ${runs * 100} payloads`) });
  expect(found.remedy === undefined).toBe(state === 'ok');
});

test('a worker that polls is seen, of the workflows and of the provider alike', async () => {
  const worker = { connection: await NativeConnection.connect({ address: TEMPORAL_ADDRESS }), namespace: NAMESPACE };
  const codePath = process.env['TEST_WORKFLOW_BUNDLE']!;
  const workflows = await Worker.create({ ...worker, taskQueue: queue, workflowBundle: { codePath } });
  const activities = await Worker.create({
    ...worker,
    taskQueue: `${queue}-defentry`,
    activities: { readAccount: async () => ({}) },
  });
  const both = (found: CheckResult[]) =>
    found.filter(({ check, state }) => check === 'workers' && state === 'ok').length === 2;
  const found = await workflows.runUntil(activities.runUntil(eventually(findings, both)));
  expect(found.filter(({ check }) => check === 'workers').map(({ detail }) => detail)).toEqual([
    '1 on queue doctor',
    '1 on queue doctor-defentry',
  ]);
  await worker.connection.close();
});

test('a stored run of another key is a failed check with its remedy', async () => {
  const own = { ...env, TEMPORAL_NAMESPACE: 'default', ONBOARDING_TASK_QUEUE: `doctor-${process.pid}` };
  const config = readClientConfig(own);
  const client = await OnboardingClient.connect(config);
  const temporal = new Client({ connection, namespace: 'default' });
  const request = singleRequest();
  const { workflowId } = await client.start(request);
  // The newest run of the queue is this one as soon as the list has caught up.
  const query = `WorkflowId = '${workflowId}'`;
  await eventually(
    () => temporal.workflow.count(query),
    ({ count }) => count === 1,
  );
  const found = await findings({ ...own, ONBOARDING_KEYS: makeKey() });
  expect(of(found, 'search attributes')?.state).toBe('ok');
  expect(of(found, 'stored runs')).toEqual({
    check: 'stored runs',
    state: 'failed',
    detail: 'A payload was written with a key that is not in the key ring',
    remedy: 'Add the key that its metadata "key-id" names.',
  });
  await client.cancel('defentry', request.reference);
  await client.close();
});

test('runs of another provider than the one asked about, which no worker serves, are a failed check', async () => {
  const own = { ...env, TEMPORAL_NAMESPACE: 'default', ONBOARDING_TASK_QUEUE: `doctor-other-${process.pid}` };
  const client = await OnboardingClient.connect(readClientConfig(own));
  const request = singleRequest({ provider: 'facilioo' });
  await client.start(request);
  const found = await eventually(
    () => findings(own),
    (all) => all.filter(({ check }) => check === 'workers').length > 2,
  );
  expect(found).toContainEqual({
    check: 'workers',
    state: 'failed',
    detail: 'No worker serves facilioo, so its runs wait',
    remedy: 'Start one with "onboard worker --role facilioo".',
  });
  await client.cancel('facilioo', request.reference);
  await client.close();
});

test.each([
  [{ ONBOARDING_KEYS: '' }, ['settings failed']],
  [{ TEMPORAL_ADDRESS: '127.0.0.1:9', ONBOARDING_CALL_DEADLINE: 'PT1S' }, ['settings ok', 'key ok', 'server failed']],
  [{ TEMPORAL_NAMESPACE: 'nowhere' }, ['settings ok', 'key ok', 'server ok', 'namespace failed']],
])('ends where the rest makes no sense: %#', async (changes, expected) => {
  const found = await findings(changes);
  expect(states(found)).toEqual(expected);
  expect(found.at(-1)?.remedy).toBeDefined();
});
