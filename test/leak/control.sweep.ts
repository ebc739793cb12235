import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { Client, type Connection } from '@temporalio/client';
import {
  bundleWorkflowCode,
  DefaultLogger,
  NativeConnection,
  Runtime,
  Worker,
  type WorkflowBundle,
} from '@temporalio/worker';
import { createDefentry } from '../../activities/defentry/provider.ts';
import { createRunActivities } from '../../activities/runs/index.ts';
import { createDefentrySandbox, type DefentrySandbox } from '../../sandbox/defentry/index.ts';
import { onboardingId } from '../../contract/ids.ts';
import { activityQueue, RUNS } from '../../contract/queues.ts';
import { ONBOARD_CUSTOMER } from '../../contract/messages.ts';
import { WATCHLISTS, configFor } from '../activities/defentry/settings.ts';
import { Canaries } from './canaries.ts';
import { FORWARDED, removeFolder, startTemporal, type TemporalServer } from './programs.ts';
import { runLeaky } from './leaky.ts';
import { changeAndEnd, type Later } from './plain.ts';
import { everything, referenceOf, single } from './requests.ts';
import { searchFor, type Finding, type Source } from './search.ts';
import { databaseSources, temporalSources, text } from './sources.ts';
import { connectTo } from '../setup/connection.ts';

// The same product with encryption and redaction switched off, which only a test can do: every search must find here what
// it must not find in the leak test.

const workflowsPath = fileURLToPath(new URL('../../workflows/index.ts', import.meta.url));
const PLAIN = {};
const PATH = 'control';
const ENROLLED = 'later.watched: watched e-mail';
const RUN = onboardingId('defentry', referenceOf(PATH));

const canaries = new Canaries();
const logged: string[] = [];
Runtime.install({
  logger: new DefaultLogger('DEBUG', (entry) => logged.push(inspect(entry, { depth: 10 }))),
  telemetryOptions: FORWARDED,
});

let temporal: TemporalServer;
let found: Finding[];
let later: Later;

beforeAll(async () => {
  const workflowBundle = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') });
  const sandbox = createDefentrySandbox({ playAfterMs: 100 });
  const { activities } = createDefentry(configFor(await sandbox.listen(), WATCHLISTS));
  temporal = await startTemporal();
  const { address } = temporal;
  const connection = await connectTo(address);
  const sources: Source[] = [];
  try {
    await onboard({ address, connection, workflowBundle, activities, sandbox });
    const plain = { address, connection, dataConverter: PLAIN, workflowBundle };
    sources.push(await runLeaky(plain, single(canaries, 'leaky')));
    sources.push(...(await temporalSources(connection)));
  } finally {
    await connection.close();
    await temporal.stop();
    await sandbox.close();
  }
  sources.push(text('log of the worker', logged.join('\n')), ...(await databaseSources(temporal)));
  found = sources.flatMap(searchFor(canaries.all));
});

afterAll(() => removeFolder(temporal));

describe('without encryption', () => {
  test.each(['database', 'write-ahead log of the database', 'table history_node', `history of ${RUN}`])(
    'each field of the request is found in: %s',
    (source) => {
      const planted = canaries.all.map(({ name }) => name).filter((name) => name.startsWith(PATH));
      expect([...namesIn(source)]).toEqual(expect.arrayContaining(planted));
    },
  );

  test('each field of a change and each word of an operator is found, in the run’s history and in the database', () => {
    const planted = canaries.all.map(({ name }) => name).filter((name) => name.startsWith('later'));
    expect(planted).toContain('later: reason');
    for (const source of [`history of ${later.changes}`, 'database', 'table history_node']) {
      // Of all watched values one is enrolled.
      const expected = planted.filter((name) => !name.startsWith('later.watched: ') || name === ENROLLED);
      expect([...namesIn(source)]).toEqual(expect.arrayContaining(expected));
    }
  });

  test('what an offboarding is told of the account is found in its history', () => {
    expect(namesIn(`history of ${later.offboarding}`)).toContain('ended: account');
  });

  test('what a failing activity told is found in the description of the run and in its history', () => {
    expect(namesIn('description of leaky-c-leaky')).toContain('leaky: SSN');
    expect(namesIn('history of leaky-c-leaky')).toContain('leaky: SSN');
  });

  test('what a failing activity told is found in the worker’s log', () => {
    expect(namesIn('log of the worker')).toContain('leaky: SSN');
  });
});

interface Plain {
  address: string;
  connection: Connection;
  workflowBundle: WorkflowBundle;
  activities: object;
  sandbox: DefentrySandbox;
}

/** One customer with everything that can be asked for, from start to the end of the account. */
async function onboard({ address, connection, workflowBundle, activities, sandbox }: Plain): Promise<void> {
  const native = await NativeConnection.connect({ address });
  const client = new Client({ connection });
  const runs = createRunActivities({ client, taskQueue: PATH, hashesOf: () => [] });
  const workers = await Promise.all([
    Worker.create({ connection: native, taskQueue: PATH, workflowBundle }),
    Worker.create({ connection: native, taskQueue: activityQueue(PATH, 'defentry'), activities }),
    Worker.create({ connection: native, taskQueue: activityQueue(PATH, RUNS), activities: runs }),
  ]);
  const running = workers.map((worker) => worker.run());
  try {
    const { workflow } = client;
    const options = { workflowId: RUN, taskQueue: PATH, args: [everything(canaries, PATH)] };
    const result: unknown = await workflow.execute(ONBOARD_CUSTOMER, { ...options, workflowRunTimeout: '5m' });
    expect(result).toMatchObject({ outcome: 'completed' });
    later = await changeAndEnd({ workflow, taskQueue: PATH, sandbox }, canaries, referenceOf(PATH));
  } finally {
    for (const worker of workers) worker.shutdown();
    await Promise.all(running);
    await native.close();
  }
}

function namesIn(source: string): Set<string> {
  return new Set(found.filter((finding) => finding.source === source).map(({ canary }) => canary));
}
