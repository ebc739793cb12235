import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { GuardedProcess } from '../../tools/process/guard.ts';
import { freePorts } from '../../tools/process/ports.ts';
import { startService } from '../../tools/process/service.ts';
import { devServer } from '../../tools/temporal/dev-server.ts';

export interface OwnServer {
  address: string;
  /** Ends it and starts it again, at the same address and with everything it held. */
  restart: () => Promise<void>;
  stop: () => Promise<void>;
}

/** A server for one test file, whose dynamic configuration would disturb the others on the shared one. */
export async function startOwnServer(dynamicConfig: Record<string, string>): Promise<OwnServer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'onboarding-own-server-'));
  const [port, httpPort] = await freePorts(2);
  const server = devServer({
    executable: process.env.TEST_TEMPORAL_CLI!,
    log: path.join(folder, 'temporal.log'),
    port: port!,
    httpPort: httpPort!,
    database: path.join(folder, 'temporal.db'),
    dynamicConfig,
  });
  const stopped = new WeakSet<GuardedProcess>();
  const tell = async (running: GuardedProcess): Promise<void> => {
    const code = await running.exited;
    if (stopped.has(running)) return;
    process.stderr.write(`A test file’s own server ended with ${code}:\n${await readFile(server.log, 'utf8')}`);
  };
  const start = async (): Promise<GuardedProcess> => {
    const running = await startService(server);
    void tell(running);
    return running;
  };
  const stop = (running: GuardedProcess): Promise<number> => {
    stopped.add(running);
    return running.stop();
  };
  let running = await start();
  return {
    address: `127.0.0.1:${port}`,
    restart: async () => {
      await stop(running);
      running = await start();
    },
    stop: async () => {
      await stop(running);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
