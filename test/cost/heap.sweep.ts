import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { createDataConverter, failureConverterPath } from '../../encryption/data-converter.ts';
import { makeKey, parseKeyRing } from '../../encryption/key-ring.ts';
import { eventually, openSuite, type Suite } from '../workflows/suite.ts';

const BAR = 50 * 1024;
const WARM_UP = 100;
const PARKED = 200;
const BATCH = 20;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'onboarding-heap-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Heap in use per run that waits for its e-mail, in a process that does nothing but host workflows. */
async function heapPerParkedRun(bundle: string): Promise<number> {
  const key = makeKey();
  const dataConverter = createDataConverter(parseKeyRing(key, 'test'));
  const suite = await openSuite({}, { clock: 'real', hostWorkflows: false, dataConverter });
  const { address, taskQueue } = suite.temporal;
  const worker = fork(path.resolve('test/cost/parked-worker.ts'), [address, taskQueue, bundle], {
    execArgv: ['--expose-gc', '--import', './test/setup/ends-with-parent.mjs', '--import', 'tsx'],
    env: { ...process.env, ONBOARDING_KEYS: key },
  });
  try {
    await once(worker, 'message');
    await park(suite, WARM_UP);
    const before = await heapOf(worker);
    await park(suite, PARKED);
    return ((await heapOf(worker)) - before) / PARKED;
  } finally {
    worker.kill('SIGKILL');
    await suite.close();
  }
}

async function heapOf(worker: ChildProcess): Promise<number> {
  worker.send('heap');
  const [bytes] = (await once(worker, 'message')) as [number];
  return bytes;
}

async function park({ provider, start }: Suite, count: number): Promise<void> {
  const looks = () => provider.attempts.filter((name) => name === 'awaitEmailVerified').length;
  for (let parked = 0; parked < count; parked += BATCH) {
    const wanted = looks() + BATCH;
    await Promise.all(Array.from({ length: BATCH }, () => start()));
    await eventually(
      async () => looks(),
      (seen) => seen >= wanted,
    );
  }
}

async function floorBundle(): Promise<string> {
  const { code } = await bundleWorkflowCode({
    workflowsPath: path.resolve('test/cost/floor.ts'),
    failureConverterPath,
    preloadModules: [failureConverterPath],
    logger: new DefaultLogger('ERROR'),
  });
  const file = path.join(folder, 'floor.js');
  await writeFile(file, code);
  return file;
}

it(`adds at most ${BAR / 1024} KiB of heap per parked onboarding to what the SDK itself holds`, async () => {
  const floor = await heapPerParkedRun(await floorBundle());
  const ours = await heapPerParkedRun(process.env.TEST_WORKFLOW_BUNDLE!);
  const kib = (bytes: number) => `${(bytes / 1024).toFixed(1)} KiB`;
  process.stdout.write(`heap per parked onboarding: ${kib(ours)}, of which the SDK ${kib(floor)}\n`);
  expect(ours - floor).toBeLessThanOrEqual(BAR);
});
