import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { createTemporal, type Temporal } from '../temporal.ts';
import { asksProvider, go, sleeper, waitsForSignal } from './workflows.ts';

const DAY = 86_400_000;
let temporal: Temporal;

beforeAll(async () => {
  const workflowsPath = fileURLToPath(new URL('./workflows.ts', import.meta.url));
  const workflowBundle = await bundleWorkflowCode({
    workflowsPath,
    workflowInterceptorModules: [path.resolve('workflows/interceptors.ts')],
    preloadModules: [path.resolve('workflows/interceptors.ts')],
    logger: new DefaultLogger('ERROR'),
  });
  temporal = await createTemporal({ workflowBundle, activities: { vendor: { answer: async () => 'here' } } });
});
afterAll(() => temporal.close());

function run(): { workflowId: string; taskQueue: string } {
  return { workflowId: randomUUID(), taskQueue: temporal.taskQueue };
}

test('a clock that skips passes two weeks in no time', async () => {
  temporal.startClock = 'skip';
  const passed = await temporal.client.workflow.execute(sleeper, { ...run(), args: [14] });
  expect(Math.floor(passed / DAY)).toBe(14);
});

test('a frozen clock waits until it is moved, and a signal in between arrives before the deadline', async () => {
  temporal.startClock = 'frozen';
  const handle = await temporal.client.workflow.start(waitsForSignal, { ...run(), args: [14] });
  const before = await temporal.virtualNow(handle.workflowId);
  await temporal.fastForward(handle.workflowId, 7 * DAY);
  expect((await temporal.virtualNow(handle.workflowId)) - before).toBeGreaterThanOrEqual(7 * DAY);
  await handle.signal(go);
  expect(await handle.result()).toBe('signal');
});

test('skipToEnd lets the deadline pass', async () => {
  temporal.startClock = 'frozen';
  const handle = await temporal.client.workflow.start(waitsForSignal, { ...run(), args: [14] });
  await temporal.skipToEnd(handle.workflowId);
  expect(await handle.result()).toBe('deadline');
});

test('a provider’s activities are hosted on a queue of their own', async () => {
  temporal.startClock = 'real';
  const queue = `${temporal.taskQueue}-vendor`;
  expect(await temporal.client.workflow.execute(asksProvider, { ...run(), args: [queue] })).toBe('here');
});
