import { randomUUID } from 'node:crypto';
import { Client, type Connection, type DataConverter } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker, type WorkerOptions } from '@temporalio/worker';
import { ClockControl, startWithClock, type Clock } from './time-skipping.ts';
import { forRuns } from '../../encryption/data-converter.ts';
import { withBoundMessages } from '../../client/temporal/bound-messages.ts';
import { connectTo } from './connection.ts';

// Workers warn about every failing activity, and here failing is what most of them are for.
Runtime.install({ logger: new DefaultLogger('ERROR') });

export interface TemporalOptions {
  /** Activities by provider. Each provider gets a worker on its own queue, beside the one for workflows. */
  activities?: Record<string, object>;
  /** Of the runs started from now on; `skip` by default. */
  clock?: Clock;
  dataConverter?: DataConverter;
  /** Of a server of the test's own; by default the one of the test run. */
  address?: string;
  /** A bundle other than that of `workflows/index.ts`. */
  workflowBundle?: WorkerOptions['workflowBundle'];
  /** `false`: workflows are hosted by somebody else. */
  hostWorkflows?: boolean;
  /** For each of the workers. */
  worker?: Partial<WorkerOptions>;
}

export interface Temporal extends Pick<ClockControl, 'setClock' | 'fastForward' | 'virtualNow'> {
  client: Client;
  connection: Connection;
  nativeConnection: NativeConnection;
  address: string;
  /** Of the workflows; the activities of a provider are on `<taskQueue>-<provider>`. */
  taskQueue: string;
  /** Lets the run's clock jump until its end. */
  skipToEnd(workflowId: string): Promise<void>;
  /** The clock of runs started from now on. */
  startClock: Clock;
  /** Stops the workers and closes the connections. A worker that failed throws here. */
  close(): Promise<void>;
}

/**
 * Client and running workers on the test run's server, on task queues that nobody else uses. Activities see real time;
 * workflows see the clock of their run, so compare no token expiry or event time across that border.
 */
export async function createTemporal(options: TemporalOptions = {}): Promise<Temporal> {
  const address = options.address ?? required('TEST_TEMPORAL_ADDRESS');
  const taskQueue = `tq-${randomUUID()}`;
  const connection = await connectTo(address);
  const nativeConnection = await NativeConnection.connect({ address });
  const converter = options.dataConverter ? { dataConverter: options.dataConverter } : {};
  const client = withBoundMessages(new Client({ connection, ...converter }));
  // A thread of each worker's own would load the SDK once more: a second of processor time. The limit of a workflow task's time is
  // off with it; the compiled workers of test/end-to-end have it.
  const common = { connection: nativeConnection, debugMode: true, ...converter, ...options.worker };
  const ofRuns = options.dataConverter ? { dataConverter: forRuns(options.dataConverter) } : {};
  const workflowBundle = options.workflowBundle ?? { codePath: required('TEST_WORKFLOW_BUNDLE') };
  const workers = await Promise.all([
    ...(options.hostWorkflows === false ? [] : [Worker.create({ ...common, ...ofRuns, taskQueue, workflowBundle })]),
    ...Object.entries(options.activities ?? {}).map(([provider, activities]) =>
      Worker.create({ ...common, taskQueue: `${taskQueue}-${provider}`, activities }),
    ),
  ]);
  const running = Promise.allSettled(workers.map((worker) => worker.run()));
  const clock = new ClockControl(connection.workflowService, client.options.namespace);
  const temporal: Temporal = {
    client,
    connection,
    nativeConnection,
    address,
    taskQueue,
    startClock: options.clock ?? 'skip',
    setClock: (id, to) => clock.setClock(id, to),
    fastForward: (id, ms) => clock.fastForward(id, ms),
    virtualNow: (id) => clock.virtualNow(id),
    skipToEnd: (id) => clock.setClock(id, 'skip'),
    close: async () => {
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
      const ended = await running;
      await nativeConnection.close();
      await connection.close();
      const failed = ended.find((each) => each.status === 'rejected');
      if (failed) throw failed.reason;
    },
  };
  startWithClock(connection.workflowService, () => temporal.startClock);
  return temporal;
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the test through npm test.`);
  return value;
}
