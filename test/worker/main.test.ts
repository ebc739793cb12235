import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { Client } from '@temporalio/client';
import proto from '@temporalio/proto';
import { withBoundMessages } from '../../client/temporal/bound-messages.ts';
import { createDataConverter } from '../../encryption/data-converter.ts';
import { makeKey, parseKeyRing } from '../../encryption/key-ring.ts';
import type { OnboardingRequest } from '../../contract/request.ts';
import { ONBOARD_CUSTOMER } from '../../contract/messages.ts';
import { freePorts } from '../../tools/process/ports.ts';
import { WorkerProcess } from './worker-process.ts';
import { compiled } from '../setup/compiled.ts';
import { connectTo } from '../setup/connection.ts';

const { TASK_QUEUE_TYPE_WORKFLOW: WORKFLOW, TASK_QUEUE_TYPE_ACTIVITY: ACTIVITY } =
  proto.temporal.api.enums.v1.TaskQueueType;
const address = process.env.TEST_TEMPORAL_ADDRESS!;
const DEFENTRY = { DEFENTRY_BASE_URL: 'http://127.0.0.1:9', DEFENTRY_USERNAME: 'u', DEFENTRY_PASSWORD: 'p' };

const started: WorkerProcess[] = [];
afterEach(async () => {
  for (const worker of started.splice(0)) await worker.stop('SIGKILL');
});

describe('a compiled worker', () => {
  test('hosts what it is told to, serves metrics, and ends with 0 on SIGTERM', async () => {
    const [port] = await freePorts(1);
    const queue = `main-${randomUUID()}`;
    const worker = start(queue, ['workflows', 'defentry'], { ONBOARDING_METRICS_ADDRESS: `127.0.0.1:${port}` });
    expect(await worker.logged('worker ready')).toMatchObject({ role: ['workflows', 'defentry'], taskQueue: queue });
    expect(await polled(queue)).toEqual({ workflows: true, activities: false });
    expect(await polled(`${queue}-runs`)).toEqual({ workflows: false, activities: true });
    expect(await polled(`${queue}-defentry`)).toEqual({ workflows: false, activities: true });
    expect(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()).toContain('temporal_num_pollers');
    expect(await worker.stop('SIGTERM')).toBe(0);
    expect(worker.lines.at(-1)).toMatchObject({ msg: 'worker stopped' });
  });

  test('runs an onboarding: the provider’s refusal comes back, is counted by its code, and names nobody', async () => {
    const [port] = await freePorts(1);
    const [queue, keys] = [`main-${randomUUID()}`, makeKey()];
    const metrics = `127.0.0.1:${port}`;
    const env = { ONBOARDING_KEYS: keys, ONBOARDING_METRICS_ADDRESS: metrics, ONBOARDING_LOG_LEVEL: 'debug' };
    const worker = start(queue, ['workflows', 'defentry'], env);
    const result = await onboardWithoutEmail(queue, keys);
    expect(result).toMatchObject({ outcome: 'rejected', reason: { code: 'RequestRefused' } });
    const counted = /^onboarding_activity_attempts\S*activityType="checkRequest".* 1$/m;
    const text = await (await fetch(`http://${metrics}/metrics`)).text();
    expect(text).toMatch(new RegExp(`^onboarding_payloads_sealed_total\\{key="${keys.split(':')[0]!}".* [1-9]`, 'm'));
    expect(counted.exec(text)?.[0]).toContain('outcome="RequestRefused"');
    expect(await worker.stop('SIGTERM')).toBe(0);
    expect(worker.lines).toContainEqual(expect.objectContaining({ msg: 'Activity failed', codes: 'RequestRefused' }));
    expect(JSON.stringify(worker.lines) + text).not.toContain('CANARY');
  });

  test('of one role polls nothing else', async () => {
    const queue = `main-${randomUUID()}`;
    const worker = start(queue, ['defentry']);
    await worker.logged('worker ready');
    expect(await polled(`${queue}-defentry`)).toEqual({ workflows: false, activities: true });
    for (const other of [queue, `${queue}-runs`]) {
      expect(await polled(other, { once: true })).toEqual({ workflows: false, activities: false });
    }
    expect(await worker.stop('SIGINT')).toBe(0);
  });
});

describe('a compiled worker that cannot start says why and ends with 1', () => {
  test.each<[string, string[], Record<string, string>, string]>([
    ['no key', ['workflows'], { ONBOARDING_KEYS: '' }, 'KeyMissing'],
    ['no such role', ['wrkflows'], {}, 'ConfigInvalid'],
    ['no such namespace', ['workflows'], { TEMPORAL_NAMESPACE: 'nowhere' }, 'NamespaceMissing'],
    ['no server', ['workflows'], { TEMPORAL_ADDRESS: '127.0.0.1:9' }, 'ServerUnreachable'],
    ['an address with http://', ['workflows'], { TEMPORAL_ADDRESS: `http://${address}` }, 'ConfigInvalid'],
    ['an address with a line break', ['workflows'], { TEMPORAL_ADDRESS: `${address}\n` }, 'ConfigInvalid'],
    ['a metrics port in use', ['workflows'], { ONBOARDING_METRICS_ADDRESS: address }, 'ConfigInvalid'],
  ])('%s', async (_, roles, env, code) => {
    const worker = start('unused', roles, env);
    expect(await worker.exit()).toBe(1);
    expect(worker.lines).toEqual([
      expect.objectContaining({ msg: 'worker failed', codes: code, message: expect.any(String) }),
    ]);
  });
});

describe('a server that takes the connection and says nothing', () => {
  const silent = createServer();
  let env: Record<string, string>;
  beforeAll(async () => {
    const [port] = await freePorts(1);
    await new Promise<void>((resolve) => silent.listen(port, '127.0.0.1', resolve));
    env = { TEMPORAL_ADDRESS: `127.0.0.1:${port}`, ONBOARDING_LOG_LEVEL: 'debug' };
  });
  afterAll(() => silent.close());

  test('is waited for no longer than a bound', async () => {
    const worker = start('unused', ['workflows'], env);
    expect(await worker.exit()).toBe(1);
    expect(worker.lines.at(-1)).toMatchObject({ msg: 'worker failed', codes: 'ServerUnreachable' });
  });

  test.each(['SIGTERM', 'SIGINT'] as const)('does not keep the worker from ending on %s', async (signal) => {
    const asked = once(silent, 'connection');
    const worker = start('unused', ['workflows'], env);
    await asked;
    expect(await worker.stop(signal)).toBe(0);
  });
});

function start(taskQueue: string, roles: string[], env: Record<string, string> = {}): WorkerProcess {
  const own = { TEMPORAL_ADDRESS: address, ONBOARDING_KEYS: makeKey(), ONBOARDING_TASK_QUEUE: taskQueue };
  const worker = new WorkerProcess(compiled('worker/main.js'), roles, { ...own, ...DEFENTRY, ...env });
  started.push(worker);
  return worker;
}

async function onboardWithoutEmail(taskQueue: string, keys: string): Promise<unknown> {
  const connection = await connectTo(address);
  const client = withBoundMessages(
    new Client({ connection, dataConverter: createDataConverter(parseKeyRing(keys, 'test')) }),
  );
  const person = { firstName: 'CANARY', lastName: 'CANARY', phone: 'CANARY' };
  const request: OnboardingRequest = { provider: 'defentry', reference: 'c-1', kind: 'single', person };
  try {
    return await client.workflow.execute(ONBOARD_CUSTOMER, { workflowId: taskQueue, taskQueue, args: [request] });
  } finally {
    await connection.close();
  }
}

/** Which kinds of tasks of the queue have a poller. Waits for the first, or looks `once`. */
async function polled(name: string, { once = false } = {}): Promise<{ workflows: boolean; activities: boolean }> {
  const connection = await connectTo(address);
  try {
    const has = async (taskQueueType: typeof WORKFLOW | typeof ACTIVITY) => {
      const request = { namespace: 'default', taskQueue: { name }, taskQueueType };
      return ((await connection.workflowService.describeTaskQueue(request)).pollers ?? []).length > 0;
    };
    for (;;) {
      const found = { workflows: await has(WORKFLOW), activities: await has(ACTIVITY) };
      if (once || found.workflows || found.activities) return found;
    }
  } finally {
    await connection.close();
  }
}
