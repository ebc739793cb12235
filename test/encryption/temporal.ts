import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Client } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import {
  bundleWorkflowCode,
  DefaultLogger,
  NativeConnection,
  Worker,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';
import * as activities from './activities.ts';
import { connectTo } from '../setup/connection.ts';

const address = process.env.TEST_TEMPORAL_ADDRESS!;

export interface Encrypted {
  client: Client;
  /** Without the codec: sees what the server keeps. */
  naked: Client;
  taskQueue: string;
}

/** Runs `use` while a worker with the workflows of this folder works, on a queue of its own by default. */
export async function withWorker<T>(
  dataConverter: DataConverter,
  use: (env: Encrypted) => Promise<T>,
  taskQueue = `encryption-${randomUUID()}`,
): Promise<T> {
  const connection = await connectTo(address);
  const nativeConnection = await NativeConnection.connect({ address });
  try {
    const worker = await Worker.create({
      connection: nativeConnection,
      taskQueue,
      dataConverter,
      activities,
      workflowBundle: await bundleFor(dataConverter),
      // Tasks that a stopped worker had cached go to the next one without a wait of ten seconds.
      stickyQueueScheduleToStartTimeout: '500ms',
    });
    const client = new Client({ connection, dataConverter });
    return await worker.runUntil(use({ client, naked: new Client({ connection }), taskQueue }));
  } finally {
    await nativeConnection.close();
    await connection.close();
  }
}

const workflowsPath = fileURLToPath(new URL('./workflows.ts', import.meta.url));
const bundles = new Map<string | undefined, Promise<WorkflowBundleWithSourceMap>>();

function bundleFor({ failureConverterPath }: DataConverter): Promise<WorkflowBundleWithSourceMap> {
  const made = bundles.get(failureConverterPath);
  if (made) return made;
  const logger = new DefaultLogger('ERROR');
  const bundle = bundleWorkflowCode({
    workflowsPath,
    logger,
    ...(failureConverterPath !== undefined && { failureConverterPath }),
  });
  bundles.set(failureConverterPath, bundle);
  return bundle;
}
