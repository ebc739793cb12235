import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { createDataConverter } from '../../encryption/data-converter.ts';
import { keyRingFrom } from '../../encryption/key-source.ts';

/** A workflow worker alone in its process. To each message on its channel it answers its heap in use after a collection. */
const [address, taskQueue, codePath] = process.argv.slice(2);
Runtime.install({ logger: new DefaultLogger('ERROR') });
const worker = await Worker.create({
  connection: await NativeConnection.connect({ address: address! }),
  taskQueue: taskQueue!,
  dataConverter: createDataConverter(keyRingFrom(process.env)),
  workflowBundle: { codePath: codePath! },
  maxCachedWorkflows: 2000,
  // Runs workflows in this very isolate, where their heap can be seen.
  debugMode: true,
});
process.on('message', () => {
  globalThis.gc!();
  globalThis.gc!();
  process.send!(process.memoryUsage().heapUsed);
});
process.on('disconnect', () => worker.shutdown());
const running = worker.run();
process.send!('ready');
await running;
