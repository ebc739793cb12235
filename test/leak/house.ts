import type { Connection } from '@temporalio/client';
import { OnboardingClient, readClientConfig } from '../../client/index.ts';
import { freePorts } from '../../tools/process/ports.ts';
import type { GuardedProcess } from '../../tools/process/guard.ts';
import { makeKey, parseKeyRing } from '../../encryption/key-ring.ts';
import type { Canaries } from './canaries.ts';
import { kill, removeFolder, startProgram, startTemporal, type Environment, type TemporalServer } from './programs.ts';
import { openProviders, type Providers } from './providers.ts';
import { compiled } from '../setup/compiled.ts';
import { page } from './sources.ts';
import type { Source } from './search.ts';
import { connectTo } from '../setup/connection.ts';

/** Everything of the product as it runs in production, with vendors that cannot be trusted. */
export interface House {
  temporal: TemporalServer;
  connection: Connection;
  client: OnboardingClient;
  providers: Providers;
  /** As the command line and the gateway get it. */
  env: Environment;
  workerLog: string;
  gatewayLog: string;
  workerMetrics: () => Promise<Source>;
  killWorker: () => Promise<void>;
  startWorker: () => Promise<void>;
  /** Stops what writes, the first time it is called; what was written stays. */
  stop: () => Promise<void>;
  remove: () => Promise<void>;
}

export async function openHouse(canaries: Canaries): Promise<House> {
  const keys = makeKey();
  plantKeys(canaries, keys);
  const [temporal, providers, [metricsPort]] = await Promise.all([
    startTemporal(),
    openProviders(canaries),
    freePorts(1),
  ]);
  const env: Environment = { TEMPORAL_ADDRESS: temporal.address, ONBOARDING_KEYS: keys };
  const metrics = `http://127.0.0.1:${metricsPort}/metrics`;
  const workerLog = `${temporal.folder}/worker.log`;
  const workerEnv = { ...env, ...providers.env, ONBOARDING_LOG_LEVEL: 'trace' };
  const startWorker = async () => {
    const own = { ...workerEnv, ONBOARDING_METRICS_ADDRESS: new URL(metrics).host };
    worker = await startProgram(compiled('worker/main.js'), own, workerLog, metrics);
  };
  let worker: GuardedProcess | undefined;
  let stopped: Promise<void> | undefined;
  const stop = async () => {
    await client.close();
    await connection.close();
    await worker?.stop();
    await temporal.stop();
    await providers.close();
  };
  await startWorker();
  const [connection, client] = await Promise.all([
    connectTo(temporal.address),
    OnboardingClient.connect(readClientConfig(env)),
  ]);
  return {
    temporal,
    connection,
    client,
    providers,
    env,
    workerLog,
    gatewayLog: `${temporal.folder}/gateway.log`,
    workerMetrics: () => page('metrics of the worker', metrics),
    startWorker,
    killWorker: () => kill(worker!),
    stop: () => (stopped ??= stop()),
    remove: () => removeFolder(temporal),
  };
}

function plantKeys(canaries: Canaries, keys: string): void {
  for (const key of parseKeyRing(keys, 'test').keys.values()) {
    canaries.plant('encryption key', key.export());
  }
}
