import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TelemetryOptions } from '@temporalio/worker';
import { freePorts } from '../../tools/process/ports.ts';
import { answers, startService, type Service } from '../../tools/process/service.ts';
import type { GuardedProcess } from '../../tools/process/guard.ts';
import { devServer } from '../../tools/temporal/dev-server.ts';

export interface TemporalServer {
  address: string;
  metrics: string;
  database: string;
  log: string;
  folder: string;
  stop(): Promise<void>;
}

/** What the SDK's core has to say goes to the logger, and not to the output of the test. */
export const FORWARDED: TelemetryOptions = { logging: { forward: {}, filter: { core: 'WARN', other: 'ERROR' } } };

/** A server with a database file, at its most talkative. */
export async function startTemporal(): Promise<TemporalServer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'onboarding-leak-'));
  const [port, httpPort, metricsPort] = await freePorts(3);
  const [database, log] = [path.join(folder, 'temporal.db'), path.join(folder, 'temporal.log')];
  const service = devServer({
    executable: process.env.TEST_TEMPORAL_CLI!,
    log,
    port: port!,
    httpPort: httpPort!,
    database,
    // By default a timer may be a second late.
    dynamicConfig: {
      'history.timerProcessorMaxTimeShift': '"10ms"',
      // By default a run that has ended just now is deleted half a minute after the order.
      'history.transferProcessorUpdateAckInterval': '"1s"',
      'history.visibilityProcessorUpdateAckInterval': '"1s"',
    },
  });
  const args = [...service.args.filter((arg) => !arg.startsWith('--log-level')), '--log-level=debug'];
  const running = await startService({ ...service, args: [...args, `--metrics-port=${metricsPort}`] });
  return {
    address: `127.0.0.1:${port}`,
    metrics: `http://127.0.0.1:${metricsPort}/metrics`,
    database,
    log,
    folder,
    stop: async () => void (await running.stop()),
  };
}

export async function removeFolder({ folder }: TemporalServer): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

export type Environment = Record<string, string>;

/** A program of the project as a process; both its outputs are in its log. */
export async function startProgram(
  main: string,
  env: Environment,
  log: string,
  ready: string,
): Promise<GuardedProcess> {
  const { PATH = '' } = process.env;
  const service: Service = {
    name: path.basename(path.dirname(main)),
    command: process.execPath,
    args: [main],
    env: { PATH, ...env },
    log,
    isReady: () => answers(ready),
  };
  return startService(service);
}

/** As the machine's owner or the kernel does it: no handler runs. */
export async function kill(running: GuardedProcess): Promise<void> {
  process.kill(-running.group, 'SIGKILL');
  await running.exited;
}
