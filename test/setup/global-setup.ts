import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DefaultLogger } from '@temporalio/worker';
import { freePorts } from '../../tools/process/ports.ts';
import { startService } from '../../tools/process/service.ts';
import { devServer } from '../../tools/temporal/dev-server.ts';
import { findTemporal } from '../../tools/temporal/find.ts';
import { bundleWorkflows } from '../../worker/bundle.ts';

/** Time skipping, and a server that is quick where it would be patient by default. */
const DYNAMIC_CONFIG = {
  'frontend.WorkflowTimeSkippingEnabled': 'true',
  'frontend.WorkflowTimeSkippingMaxSkipPerSession': '10000',
  // By default each skip costs a second of real time.
  'history.timerProcessorMaxTimeShift': '"10ms"',
  // By default a continue-as-new under a skipped clock jumps extra days.
  'history.workflowIdReuseMinimalInterval': '"0s"',
  // By default a task whose workers are killed again and again is given up to ten minutes more before it comes back.
  'history.workflowTaskRetryMaxInterval': '"1s"',
  // By default a run that has ended just now is deleted half a minute after the order.
  'history.transferProcessorUpdateAckInterval': '"1s"',
  'history.visibilityProcessorUpdateAckInterval': '"1s"',
  // By default a run is listed as stuck after five failed tasks.
  'system.numConsecutiveWorkflowTaskProblemsToTriggerSearchAttribute': '2',
};

/** One server and one workflow bundle for the whole test run, handed to the test files by environment. */
export async function setup(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'onboarding-test-'));
  const log = path.join(folder, 'temporal.log');
  const [executable, [port, httpPort]] = await Promise.all([temporalCommand(), freePorts(2)]);
  const [server, workflowBundle] = await Promise.all([
    startService({
      ...devServer({
        executable,
        log,
        port: port!,
        httpPort: httpPort!,
        dynamicConfig: DYNAMIC_CONFIG,
      }),
      // Collects its garbage four times less often: a tenth of its processor time, for memory that is there.
      env: { ...process.env, GOGC: '400' },
    }),
    bundle(),
  ]);
  if (workflowBundle) process.env.TEST_WORKFLOW_BUNDLE = workflowBundle;
  process.env.TEST_RUN_FOLDER = folder;
  process.env.TEST_TEMPORAL_ADDRESS = `127.0.0.1:${port}`;
  process.env.TEST_TEMPORAL_CLI = executable;
  let stopping = false;
  void (async () => {
    const code = await server.exited;
    if (stopping) return;
    // Every test that follows would only find out that nobody answers.
    process.stderr.write(`The Temporal server of the tests ended with ${code}:\n${await readFile(log, 'utf8')}`);
    process.exit(1);
  })();
  return async () => {
    stopping = true;
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}

async function temporalCommand(): Promise<string> {
  const finding = await findTemporal(process.env);
  if ('executable' in finding) return finding.executable;
  throw new Error(`No Temporal server to test on (${finding.tried.join('; ')}): run npm test once, it gets one.`);
}

/** Path of the workflow bundle, made anew when anything that goes into it has changed. */
async function bundle(): Promise<string | undefined> {
  const file = path.resolve(`node_modules/.cache/onboarding/workflows-${await sourcesHash()}.js`);
  if (existsSync(file)) return file;
  try {
    const { code } = await bundleWorkflows(new DefaultLogger('ERROR'));
    await mkdir(path.dirname(file), { recursive: true });
    const draft = `${file}.${process.pid}`;
    await writeFile(draft, code);
    await rename(draft, file);
    return file;
  } catch (error) {
    // Suites that need no workflow still run; the others fail for want of the bundle.
    process.stderr.write(`The workflow bundle could not be built: ${String(error)}\n`);
    return undefined;
  }
}

async function sourcesHash(): Promise<string> {
  const hash = createHash('sha256');
  for (const folder of ['workflows', 'contract', 'encryption']) {
    for (const name of (await readdir(folder, { recursive: true })).toSorted()) {
      if (name.endsWith('.ts')) hash.update(name).update(await readFile(path.join(folder, name)));
    }
  }
  for (const file of ['worker/bundle.ts', 'package-lock.json']) hash.update(await readFile(file));
  return hash.digest('hex').slice(0, 16);
}
