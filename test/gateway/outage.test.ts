import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from '@temporalio/client';
import { onboardingId } from '../../contract/ids.ts';
import { freePorts } from '../../tools/process/ports.ts';
import type { GuardedProcess } from '../../tools/process/guard.ts';
import { startService } from '../../tools/process/service.ts';
import { devServer } from '../../tools/temporal/dev-server.ts';
import { singleRequest } from '../client/suite.ts';
import { eventually } from '../workflows/suite.ts';
import { follow, rest } from './event-source.ts';
import { startGateway, tokens, type Answer, type Gateway } from './suite.ts';
import { connectTo } from '../setup/connection.ts';

let folder: string;
let ports: number[];
let server: GuardedProcess | undefined;
let gateway: Gateway;
/** Gives up soon, for what is bound to fail. */
let impatient: Gateway;

/** A server of this file's own, with a database, so that it comes back as it went. */
async function startServer(): Promise<void> {
  const [port, httpPort] = ports;
  server = await startService(
    devServer({
      executable: process.env['TEST_TEMPORAL_CLI']!,
      log: path.join(folder, 'temporal.log'),
      port: port!,
      httpPort: httpPort!,
      database: path.join(folder, 'temporal.db'),
    }),
  );
}

async function stopServer(): Promise<void> {
  await server?.stop();
  server = undefined;
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'onboarding-outage-'));
  ports = await freePorts(2);
  const env = { TEMPORAL_ADDRESS: `127.0.0.1:${ports[0]}` };
  gateway = await startGateway({ env, limits: { look: 50, heartbeat: 100 } });
  impatient = await startGateway({ env: { ...env, ONBOARDING_CALL_DEADLINE: 'PT0.5S' } });
});
afterAll(async () => {
  await gateway.close();
  await impatient.close();
  await stopServer();
  await rm(folder, { recursive: true, force: true });
});

const start = (body: unknown) => gateway.call('POST', '/v1/onboardings', { body });
const ready = async () => (await gateway.call('GET', '/readyz', { token: null })).status;
const at = (reference: string, part = '') => `/v1/onboardings/defentry/${reference}${part}`;

function isAway({ status, headers, body }: Answer): void {
  expect([status, body.type]).toEqual([503, '/problems/temporal-unavailable']);
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
}

test('it starts without Temporal and says so, finds it when it comes, and again after each outage; nothing is lost or half started', async () => {
  isAway(await impatient.call('POST', '/v1/onboardings', { body: singleRequest() }));
  expect([await ready(), (await gateway.call('GET', '/livez', { token: null })).status]).toEqual([503, 200]);

  await startServer();
  await eventually(ready, (status) => status === 200);
  const [kept, refused] = [singleRequest(), singleRequest()];
  const first = await start(kept);
  expect(first.status).toBe(201);
  const stream = await follow(gateway.url + at(kept.reference, '/events'), tokens.read);
  expect(stream.status).toBe(200);
  const told = rest(stream);

  await stopServer();
  const beats = stream.beats();
  const account = `/v1/accounts/defentry/${kept.reference}`;
  const asked: [string, string, unknown][] = [
    ['POST', '/v1/onboardings', refused],
    ['GET', '/v1/onboardings', undefined],
    ['GET', at(kept.reference), undefined],
    ['GET', at(kept.reference, '/progress'), undefined],
    ['GET', at(kept.reference, '/events'), undefined],
    ['GET', at(kept.reference, '/result'), undefined],
    ['POST', at(kept.reference, '/email-verified'), { eventId: 'click' }],
    ['POST', at(kept.reference, '/resend-verification'), undefined],
    ['POST', at(kept.reference, '/resolve'), { step: 'createAccount', action: 'retry', reason: 'x' }],
    ['POST', at(kept.reference, '/cancel'), undefined],
    ['POST', `${account}/changes`, { changeId: 'ch-1', change: { kind: 'activate' } }],
    ['GET', `${account}/changes/ch-1/result`, undefined],
    ['POST', `${account}/offboarding`, {}],
    ['GET', `${account}/offboarding/result`, undefined],
    ['GET', account, undefined],
    ['GET', '/v1/attention', undefined],
    ['GET', '/v1/runs', undefined],
    ['GET', '/readyz', undefined],
  ];
  const answers = await Promise.all(asked.map(([method, url, body]) => impatient.call(method, url, { body })));
  for (const answer of answers) isAway(answer);
  const began = performance.now();
  const batch = await impatient.call('POST', '/v1/onboardings/batch', {
    body: { onboardings: Array.from({ length: 100 }, () => singleRequest()) },
  });
  type Answered = { problem: { type: string; errors?: object[] } };
  const said = batch.body.answers.map(({ problem: { type, errors = [] } }: Answered) => JSON.stringify([type, errors]));
  expect(new Set(said)).toEqual(new Set(['["/problems/temporal-unavailable",[]]']));
  // Each start would wait for a second or two.
  expect(performance.now() - began).toBeLessThan(30_000);
  await eventually(
    async () => stream.beats(),
    (count) => count > beats,
  );

  await startServer();
  await eventually(ready, (status) => status === 200);
  const again = await start(kept);
  expect([again.status, again.body.runId]).toEqual([200, first.body.runId]);
  expect((await gateway.call('GET', at(refused.reference))).status).toBe(404);
  expect((await start(refused)).status).toBe(201);

  const connection = await connectTo(`127.0.0.1:${ports[0]}`);
  await new Client({ connection }).workflow.getHandle(onboardingId('defentry', kept.reference)).terminate();
  expect(await told).toMatchObject([
    { event: 'problem', data: { type: '/problems/onboarding-failed', failure: 'Terminated' } },
  ]);
  await connection.close();
});

test('without a worker: what Temporal can do is done, the rest says which of the two is away', async () => {
  if (!server) await startServer();
  await eventually(ready, (status) => status === 200);
  const request = singleRequest();
  expect((await start(request)).status).toBe(201);
  expect((await gateway.call('GET', at(request.reference))).body).toMatchObject({ status: 'running' });
  const event = { body: { eventId: 'click' } };
  expect((await gateway.call('POST', at(request.reference, '/email-verified'), event)).status).toBe(202);
  for (const [method, part] of [
    ['GET', '/progress'],
    ['GET', '/eid-link'],
    ['POST', '/resend-verification'],
  ]) {
    const { status, headers, body } = await impatient.call(method!, at(request.reference, part));
    expect([part, status, body.type]).toEqual([part, 503, '/problems/worker-unavailable']);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  }
});

test('a namespace that is not there', async () => {
  if (!server) await startServer();
  const env = { TEMPORAL_ADDRESS: `127.0.0.1:${ports[0]}`, TEMPORAL_NAMESPACE: 'elsewhere' };
  const lost = await startGateway({ env });
  for (const [method, url] of [
    ['GET', '/readyz'],
    ['GET', '/v1/onboardings'],
  ]) {
    const { status, body, headers } = await lost.call(method!, url!);
    expect([url, status, body.type, headers.has('retry-after')]).toEqual([url, 503, '/problems/not-ready', true]);
  }
  await lost.close();
});
