import { afterEach, describe, expect, test } from 'vitest';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { Client } from '@temporalio/client';
import type { Payload } from '@temporalio/common';
import proto from '@temporalio/proto';
import { encryptionCodec } from '../../encryption/codec.ts';
import { createDataConverter } from '../../encryption/data-converter.ts';
import { makeKey, parseKeyRing } from '../../encryption/key-ring.ts';
import { isSealed } from '../../encryption/sealed-payload.ts';
import { keys, startGateway, type Running } from '../gateway/codec-client.ts';
import { withWorker } from './temporal.ts';
import { hear, put } from './workflows.ts';

const { EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED: SIGNALED, EVENT_TYPE_WORKFLOW_TASK_FAILED: TASK_FAILED } =
  proto.temporal.api.enums.v1.EventType;

const TOKEN = 'a-token-of-more-than-32-characters';

const gateways: Running[] = [];
afterEach(async () => {
  for (const gateway of gateways.splice(0)) await gateway.close();
});

describe('a run', () => {
  test('refuses a payload that was copied from another run, and keeps waiting', async () => {
    await withWorker(converter(keys), async ({ client, naked, taskQueue }) => {
      const [victim, thief] = [await listen(client, taskQueue), await listen(client, taskQueue)];
      await victim.signal(put, 'CANARY');
      await victim.result();
      await signalRaw(naked, thief.workflowId, await signalled(naked, victim.workflowId));
      const failure = await taskFailure(naked, thief.workflowId, keys);
      expect(failure).toContain('PayloadOfOtherWorkflow');
      expect(failure).not.toContain('CANARY');
      expect((await client.workflow.getHandle(thief.workflowId).describe()).status.name).toBe('RUNNING');
      await thief.terminate();
    });
  });

  test('under a key that the worker lacks waits, and goes on when the key is there', async () => {
    const [old, next] = [makeKey(), makeKey()];
    const taskQueue = `encryption-${randomUUID()}`;
    const workflowId = await withWorker(
      converter(next),
      async ({ client, naked }) => {
        const handle = await listen(
          new Client({ connection: client.connection, dataConverter: converter(old) }),
          taskQueue,
        );
        await handle.signal(put, 'CANARY');
        expect(await taskFailure(naked, handle.workflowId, next)).toContain('KeyUnknown');
        return handle.workflowId;
      },
      taskQueue,
    );
    await withWorker(
      converter(`${next},${old}`),
      async ({ client }) => expect(await client.workflow.getHandle(workflowId).result()).toBe('heard CANARY'),
      taskQueue,
    );
  });
});

describe('the temporal command with the codec endpoint', () => {
  test('shows a run in clear text, and without it does not', async () => {
    await withWorker(converter(keys), async ({ client, taskQueue }) => {
      const run = await listen(client, taskQueue);
      await run.signal(put, 'CANARY');
      await run.result();
      const show = ['workflow', 'show', '--workflow-id', run.workflowId, '--output', 'json'];
      const clear = Buffer.from('"heard CANARY"').toString('base64');
      expect((await temporal(...show)).includes(clear)).toBe(false);
      expect((await temporal(...show, ...(await codecFlags()))).includes(clear)).toBe(true);
    });
  });

  test('sends a signal that a worker can read', async () => {
    await withWorker(converter(keys), async ({ client, naked, taskQueue }) => {
      const run = await listen(client, taskQueue);
      const signal = ['workflow', 'signal', '--workflow-id', run.workflowId, '--name', 'put', '--input', '"CANARY"'];
      await temporal(...signal, ...(await codecFlags()));
      expect(await run.result()).toBe('heard CANARY');
      expect(isSealed(await signalled(naked, run.workflowId))).toBe(true);
    });
  });
});

function converter(ring: string) {
  return createDataConverter(parseKeyRing(ring, 'test'));
}

async function listen(client: Client, taskQueue: string) {
  return client.workflow.start(hear, { workflowId: `encryption.${randomUUID()}`, taskQueue });
}

async function codecFlags(): Promise<string[]> {
  const gateway = await startGateway({ CODEC_TOKEN: TOKEN });
  gateways.push(gateway);
  return ['--codec-endpoint', `${gateway.url}/codec`, '--codec-auth', `Bearer ${TOKEN}`];
}

async function temporal(...args: string[]): Promise<string> {
  const address = ['--address', process.env.TEST_TEMPORAL_ADDRESS!];
  return (await promisify(execFile)(process.env.TEST_TEMPORAL_CLI!, [...args, ...address])).stdout;
}

async function textOf(payload: Payload, ring: string): Promise<string> {
  const [decoded] = await encryptionCodec(parseKeyRing(ring, 'test')).decode([payload]);
  return Buffer.from(decoded!.data!).toString();
}

/** The payload of the run's signal, as the server keeps it. */
async function signalled(naked: Client, workflowId: string): Promise<Payload> {
  const { events } = await naked.workflow.getHandle(workflowId).fetchHistory();
  const signal = events?.find(({ eventType }) => eventType === SIGNALED);
  return signal!.workflowExecutionSignaledEventAttributes!.input!.payloads![0]!;
}

async function signalRaw({ workflowService, options }: Client, workflowId: string, payload: Payload): Promise<void> {
  await workflowService.signalWorkflowExecution({
    namespace: options.namespace,
    workflowExecution: { workflowId },
    signalName: put.name,
    input: { payloads: [payload] },
  });
}

/** Waits until a task of the run has failed; answers with the reason that the worker wrote into the history. */
async function taskFailure(naked: Client, workflowId: string, ring: string): Promise<string> {
  for (;;) {
    const { events } = await naked.workflow.getHandle(workflowId).fetchHistory();
    const failed = events?.find(({ eventType }) => eventType === TASK_FAILED);
    const { encodedAttributes } = failed?.workflowTaskFailedEventAttributes?.failure ?? {};
    if (encodedAttributes) return textOf(encodedAttributes, ring);
  }
}
