import { Worker } from '@temporalio/worker';
import { emailVerified } from '../../../contract/messages.ts';
import { forRuns } from '../../../encryption/data-converter.ts';
import { TURN } from '../../../worker/turn.ts';
import { dataConverter, eventually, openSuite, type Onboarding, type Suite } from '../suite.ts';

const AT_ONCE = 50;

export interface Flooded {
  suite: Suite;
  run: Onboarding;
  close: () => Promise<void>;
}

/** A run that is sent so many different hints while no worker hosts it; then one comes. */
export async function flooded(hints: number): Promise<Flooded> {
  const suite = await openSuite({}, { clock: 'real', hostWorkflows: false });
  const { nativeConnection, taskQueue } = suite.temporal;
  const run = await suite.start();
  for (let sent = 0; sent < hints; sent += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, hints - sent) }, (_, at) => `event-${sent + at}`);
    await Promise.all(some.map((eventId) => run.handle.signal(emailVerified, { eventId })));
  }
  const worker = await Worker.create({
    connection: nativeConnection,
    taskQueue,
    workflowBundle: { codePath: process.env.TEST_WORKFLOW_BUNDLE! },
    dataConverter: forRuns(dataConverter),
    ...TURN,
  });
  const running = worker.run();
  const close = async () => {
    worker.shutdown();
    await running;
    await suite.close();
  };
  await eventually(run.progress, ({ wait }) => wait !== undefined, 120_000);
  return { suite, run, close };
}
