import { setTimeout } from 'node:timers/promises';
import { Client } from '@temporalio/client';
import type { Logger } from '@temporalio/common';
import { NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { createRunActivities } from '../activities/runs/index.ts';
import { activityQueue, RUNS } from '../contract/queues.ts';
import { workflowBundle } from './bundle.ts';
import type { WorkerConfig } from './config.ts';
import { accountHashes } from '../encryption/account-hash.ts';
import { createDataConverter, forRuns } from '../encryption/data-converter.ts';
import { StartRefused } from './errors.ts';
import { beatWhileRunning } from './heartbeat.ts';
import { bindAddressOf, countOutcomes, countSealed, prometheus } from './metrics.ts';
import { prepareNamespace } from './namespace.ts';
import { withSearchableAccount } from './searchable-account.ts';
import { TURN } from './turn.ts';

/** After the grace an activity is told to stop; one that does not listen is left behind this much later. */
const FORCE_AFTER = 10_000;

/** Milliseconds that Temporal may take for each answer before the workers run. */
const ANSWER_WITHIN = 10_000;

/**
 * Hosts the roles until SIGTERM or SIGINT, then lets what is under way end. Fails when one of its workers fails. `onRunning`: from
 * now on the signals are listened to here.
 */
export async function hostRoles(config: WorkerConfig, log: Logger, onRunning: () => void): Promise<void> {
  await installRuntime(config, log);
  const connection = await answered(NativeConnection.connect(config.connection));
  try {
    await answered(prepareNamespace(connection, config.namespace, log));
    await runAll(await createWorkers(config, connection, log), () => {
      const role = [
        ...(config.roles.workflows ? ['workflows'] : []),
        ...config.roles.providers.map(({ name }) => name),
      ];
      onRunning();
      log.info('worker ready', { role, namespace: config.namespace, taskQueue: config.taskQueue });
    });
    log.info('worker stopped');
  } finally {
    await connection.close();
  }
}

async function installRuntime({ metricsAddress }: WorkerConfig, log: Logger): Promise<void> {
  try {
    const runtime = Runtime.install({
      logger: log,
      telemetryOptions: {
        logging: { forward: {}, filter: { core: 'WARN', other: 'ERROR' } },
        ...(metricsAddress !== undefined && { metrics: prometheus(await bindAddressOf(metricsAddress)) }),
      },
    });
    if (metricsAddress !== undefined) countSealed(runtime.metricMeter);
  } catch (error) {
    if (metricsAddress === undefined) throw error;
    throw new StartRefused(
      'ConfigInvalid',
      'ONBOARDING_METRICS_ADDRESS cannot be listened on; name a free port of this machine, or leave it out.',
    );
  }
}

/** Fails when Temporal cannot be reached, or takes the connection and says nothing. */
async function answered<T>(asked: Promise<T>): Promise<T> {
  const limit = new AbortController();
  try {
    return await Promise.race([
      asked,
      setTimeout(ANSWER_WITHIN, undefined, limit).then(() => Promise.reject(new Error('no answer'))),
    ]);
  } catch (error) {
    if (error instanceof StartRefused) throw error;
    throw new StartRefused(
      'ServerUnreachable',
      'No Temporal server answers at TEMPORAL_ADDRESS; start it, or correct TEMPORAL_ADDRESS, TEMPORAL_TLS and TEMPORAL_API_KEY.',
    );
  } finally {
    limit.abort();
  }
}

async function createWorkers(config: WorkerConfig, connection: NativeConnection, log: Logger): Promise<Worker[]> {
  const { taskQueue, namespace, identity, keyRing, roles } = config;
  const dataConverter = createDataConverter(keyRing);
  const common = {
    connection,
    namespace,
    identity,
    dataConverter,
    shutdownGraceTime: config.shutdownGrace,
    shutdownForceTime: config.shutdownGrace + FORCE_AFTER,
    // An eager activity goes past its queue, and so past the provider's rate limit.
    maxEagerActivityReservationsPerWorkflowTask: 0,
  };
  const workflows = async () =>
    Worker.create({
      ...common,
      dataConverter: forRuns(dataConverter),
      taskQueue,
      workflowBundle: await workflowBundle(log),
      maxCachedWorkflows: config.maxCachedWorkflows,
      maxConcurrentWorkflowTaskExecutions: config.workflowTasks,
      ...(config.deployment !== undefined && { workerDeploymentOptions: config.deployment }),
      ...TURN,
    });
  const activitiesOf = (name: string, activities: object, perSecond?: number) =>
    Worker.create({
      ...common,
      taskQueue: activityQueue(taskQueue, name),
      activities,
      maxConcurrentActivityTaskExecutions: config.calls,
      interceptors: { activity: [countOutcomes, beatWhileRunning] },
      ...(perSecond !== undefined && { maxTaskQueueActivitiesPerSecond: perSecond }),
    });
  const runs = () => {
    const client = new Client({ connection, namespace, dataConverter });
    const hashesOf = (account: { provider: string; accountId: string }) => accountHashes(keyRing, account);
    return activitiesOf(RUNS, createRunActivities({ client, taskQueue, hashesOf }));
  };
  const providers = roles.providers.map(({ name, activities, perSecond }) =>
    activitiesOf(name, withSearchableAccount(name, activities, keyRing), perSecond),
  );
  return Promise.all([...(roles.workflows ? [workflows(), runs()] : []), ...providers]);
}

/** One that fails takes the others down in order, so that an orchestrator sees the process end and starts it again. */
async function runAll(workers: Worker[], onRunning: () => void): Promise<void> {
  const running = workers.map(async (worker) => {
    try {
      await worker.run();
    } catch (error) {
      for (const other of workers) if (other.getState() === 'RUNNING') other.shutdown();
      throw error;
    }
  });
  onRunning();
  const ended = await Promise.allSettled(running);
  const failed = ended.find((each) => each.status === 'rejected');
  if (failed) throw failed.reason;
}
