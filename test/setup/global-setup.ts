import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
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
};

/** One server and one workflow bundle for the whole test run, handed to the test files by environment. */
export async function setup(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'onboarding-test-'));
  const log = path.join(folder, 'temporal.log');
  const [executable, [port, httpPort]] = await Promise.all([temporalCommand(), freePorts(2)]);
  const [server] = await Promise.all([
    startService(
      devServer({
        executable,
        log,
        port: port!,
        httpPort: httpPort!,
        dynamicConfig: DYNAMIC_CONFIG,
      }),
    ),
    bundle(path.join(folder, 'workflows.js')),
  ]);
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

async function bundle(file: string): Promise<void> {
  try {
    const { code } = await bundleWorkflows(new DefaultLogger('ERROR'));
    await writeFile(file, code);
    process.env.TEST_WORKFLOW_BUNDLE = file;
  } catch (error) {
    // Suites that need no workflow still run; the others fail for want of the bundle.
    process.stderr.write(`The workflow bundle could not be built: ${String(error)}\n`);
  }
}
