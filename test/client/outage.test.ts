import { Client, Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { connectionOptions } from '../../client/temporal/connection-options.ts';
import { NamespaceNotReady, OnboardingClient, readClientConfig } from '../../client/index.ts';
import { createDataConverter } from '../../encryption/data-converter.ts';
import { makeKey, parseKeyRing } from '../../encryption/key-ring.ts';
import { dataConverter, eventually } from '../workflows/suite.ts';
import { singleRequest } from './suite.ts';

/** Long enough for a busy server, short enough to be waited for. */
const DEADLINE = 5000;
const open: Connection[] = [];
afterAll(async () => {
  await Promise.all(open.map((connection) => connection.close()));
});

async function clientAt(
  address: string,
  options: ConstructorParameters<typeof Client>[0] = {},
  deadline = DEADLINE,
): Promise<OnboardingClient> {
  const connection = Connection.lazy(connectionOptions({ connection: { address }, deadline }));
  open.push(connection);
  const temporal = new Client({ connection, dataConverter, ...options });
  return new OnboardingClient(temporal, { taskQueue: `nobody-${Date.now()}`, deadline });
}

const server = () => process.env['TEST_TEMPORAL_ADDRESS']!;
const NOWHERE = '127.0.0.1:9';

describe('without a worker', () => {
  test('start, get, signals and cancel work; what needs a worker says so within its deadline', async () => {
    const client = await clientAt(server());
    const { reference } = singleRequest();
    await client.start(singleRequest({ reference }));
    await client.emailVerified('defentry', reference, { eventId: 'early' });
    expect(await client.get('defentry', reference)).toMatchObject({ status: 'running', stage: 'checkRequest' });
    const asked = await Promise.allSettled([
      client.progress('defentry', reference),
      client.eidLink('defentry', reference),
      client.resendVerification('defentry', reference),
      client.confirmEmail('defentry', reference, { code: '1' }),
    ]);
    for (const { reason } of asked as PromiseRejectedResult[]) {
      expect(reason).toMatchObject({
        code: 'WorkerUnavailable',
        message:
          'No worker answered within 5 s; start one with "onboard worker", or look for what keeps it busy with "onboard doctor".',
      });
    }
    await client.cancel('defentry', reference);
  });

  test('the wait for a result ends at its own deadline', async () => {
    const client = await clientAt(server());
    const { reference } = singleRequest();
    await client.start(singleRequest({ reference }));
    await expect(client.result('defentry', reference, { within: 500 })).rejects.toMatchObject({
      code: 'DeadlineExceeded',
    });
    await client.cancel('defentry', reference);
  });

  test('watch tells of the interruption and goes on', async () => {
    const client = await clientAt(server());
    const { reference } = singleRequest();
    await client.start(singleRequest({ reference }));
    const letGo = new AbortController();
    const interruptions: string[] = [];
    const changes = client.watch('defentry', reference, {
      every: 10,
      signal: letGo.signal,
      onInterruption: ({ code }) => interruptions.push(code) === 2 && letGo.abort(),
    });
    expect(await changes.next()).toEqual({ done: true, value: undefined });
    expect(interruptions).toEqual(['WorkerUnavailable', 'WorkerUnavailable']);
    await client.cancel('defentry', reference);
  });
});

test('a run that was terminated before a worker took it has ended without a story', async () => {
  const client = await clientAt(server());
  const { reference, workflowId } = await client.start(singleRequest());
  await client.temporal.workflow.getHandle(workflowId).terminate();
  await expect(client.progress('defentry', reference)).rejects.toMatchObject({ code: 'OnboardingEnded' });
  await expect(client.watch('defentry', reference).next()).rejects.toMatchObject({
    code: 'OnboardingFailed',
    failure: 'Terminated',
  });
});

describe('letting go', () => {
  test('ends a watch at once, also while it waits for a worker', async () => {
    const client = await clientAt(server(), {}, 120_000);
    const { reference } = await client.start(singleRequest());
    const began = performance.now();
    const signal = AbortSignal.timeout(100);
    expect(await client.watch('defentry', reference, { signal }).next()).toEqual({ done: true, value: undefined });
    expect(performance.now() - began).toBeLessThan(60_000);
    await client.cancel('defentry', reference);
  });
});

describe('without Temporal', () => {
  const unavailable = {
    code: 'TemporalUnavailable',
    message: 'Temporal cannot be reached; check TEMPORAL_ADDRESS, TLS and whether the server runs, then try again.',
  };

  test('every call says so', async () => {
    const client = await clientAt(NOWHERE);
    const calls = [
      client.start(singleRequest()),
      client.progress('defentry', 'c-1'),
      client.emailVerified('defentry', 'c-1', { eventId: 'e' }),
      client.resendVerification('defentry', 'c-1'),
      client.list().next(),
    ];
    for (const result of await Promise.allSettled(calls)) expect(result).toMatchObject({ reason: unavailable });
  });

  test('connect says so', async () => {
    const env = { TEMPORAL_ADDRESS: NOWHERE, ONBOARDING_KEYS: makeKey(), ONBOARDING_CALL_DEADLINE: 'PT1S' };
    await expect(OnboardingClient.connect(readClientConfig(env))).rejects.toMatchObject(unavailable);
  });
});

test('a namespace that does not exist', async () => {
  const client = await clientAt(server(), { namespace: 'elsewhere' });
  const missing = { code: 'NamespaceNotReady' };
  await expect(client.start(singleRequest())).rejects.toMatchObject(missing);
  await expect(client.get('defentry', 'c-1')).rejects.toMatchObject(missing);
});

test('a namespace without our search attributes', async () => {
  const { temporal } = await clientAt(server());
  const namespace = `bare-${process.pid}`;
  const workflowExecutionRetentionPeriod = msToTs(86_400_000);
  await temporal.connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod });
  const client = await clientAt(server(), { namespace });
  const refusal = () => client.start(singleRequest()).catch((error: unknown) => error);
  // The server takes a moment to know the namespace everywhere.
  const error = await eventually(refusal, (one) => one instanceof NamespaceNotReady && one.message.includes('search'));
  expect(error).toMatchObject({
    message:
      'The namespace lacks a search attribute of this product; "onboard doctor" prints the command that adds it.',
  });
});

test('a run that was written with another key', async () => {
  const client = await clientAt(server());
  const request = singleRequest();
  await client.start(request);
  const stranger = await clientAt(server(), { dataConverter: createDataConverter(parseKeyRing(makeKey(), 'test')) });
  await expect(stranger.start(request)).rejects.toMatchObject({ code: 'KeyMismatch' });
  // What needs no key still works: the rest of the list is not hidden by it.
  expect(await stranger.get('defentry', request.reference)).toMatchObject({ status: 'running' });
  await client.cancel('defentry', request.reference);
});

test('a client that does not encrypt is refused', () => {
  const temporal = new Client({ connection: Connection.lazy({ address: NOWHERE }) });
  expect(() => new OnboardingClient(temporal)).toThrow('The Temporal client does not encrypt;');
});
