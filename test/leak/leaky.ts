import { heartbeat } from '@temporalio/activity';
import { Client, type Connection } from '@temporalio/client';
import { ApplicationFailure, type DataConverter } from '@temporalio/common';
import { NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import type { OnboardingRequest } from '../../contract/request.ts';
import { ONBOARD_CUSTOMER } from '../../contract/messages.ts';
import type { Source } from './search.ts';
import { described } from './sources.ts';

/** A provider that tells everything it knows wherever an activity can tell something. */
const leaky = {
  async checkRequest(input: { request: OnboardingRequest }): Promise<never> {
    const all = JSON.stringify(input);
    heartbeat(input);
    throw ApplicationFailure.create({
      message: `could not check ${all}`,
      type: 'Unavailable',
      details: [input],
      cause: new Error(`because of ${all}`),
    });
  },
};

export interface Leaky {
  address: string;
  connection: Connection;
  dataConverter: DataConverter;
  workflowBundle: NonNullable<WorkerOptions['workflowBundle']>;
}

/** Runs an onboarding with that provider until it has failed twice; answers what the server says of the run meanwhile. */
export async function runLeaky(options: Leaky, request: OnboardingRequest): Promise<Source> {
  const { connection, dataConverter, workflowBundle } = options;
  const native = await NativeConnection.connect({ address: options.address });
  const common = { connection: native, dataConverter };
  const taskQueue = `leaky-${request.reference}`;
  const workers = await Promise.all([
    Worker.create({ ...common, taskQueue, workflowBundle }),
    Worker.create({ ...common, taskQueue: `${taskQueue}-defentry`, activities: leaky }),
  ]);
  const running = workers.map((worker) => worker.run());
  try {
    const { workflow } = new Client({ connection, dataConverter });
    const run = await workflow.start(ONBOARD_CUSTOMER, { workflowId: taskQueue, taskQueue, args: [request] });
    let description;
    do {
      description = await described(connection, run.workflowId);
    } while (!description.bytes.includes('"attempt":3') || !description.bytes.includes('"lastFailure"'));
    await run.terminate();
    return description;
  } finally {
    for (const worker of workers) worker.shutdown();
    await Promise.all(running);
    await native.close();
  }
}
