import { vi } from 'vitest';
import { connect, type Socket } from 'node:net';
import { eventually } from '../setup/eventually.ts';
import { LIMITS } from '../../gateway/limits.ts';
import { startGateway, type Gateway } from './suite.ts';

const SHORT = { headersWithin: 500, requestWithin: 700, takeWithin: 1000 };
const TEMPORAL = { TEMPORAL_ADDRESS: '127.0.0.1:9', ONBOARDING_CALL_DEADLINE: 'PT0.2S' };
const DOCUMENT = 'GET /docs/json HTTP/1.1\r\nhost: x\r\n\r\n';

let gateway: Gateway;
beforeAll(async () => {
  gateway = await startGateway({
    env: TEMPORAL,
    limits: { ...SHORT, docsPerMinute: 100_000, heldByAll: 8 * 1024 * 1024 },
  });
});
afterAll(() => gateway.close());

const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await untilOpen(gateway, 0);
});

/** One that never closes, whatever the gateway does, and reads only when told to. */
function holdOn({ url }: Gateway = gateway): Socket {
  const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1', allowHalfOpen: true });
  sockets.push(socket.pause().on('error', () => undefined));
  return socket;
}

async function openAt({ app }: Gateway): Promise<number> {
  return new Promise((resolve, reject) =>
    app.server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
  );
}

const untilOpen = (at: Gateway, count: number) =>
  eventually(`${count} connections`, async () => (await openAt(at)) === count, 8000);

const answerOf = (socket: Socket) =>
  new Promise<string>((resolve) => {
    let text = '';
    socket.on('data', (chunk) => (text += String(chunk)).includes('\r\n\r\n') && resolve(text)).resume();
  });

test.each([
  ['says nothing', ''],
  ['sends half its headers', 'GET /livez HTTP/1.1\r\nhost: x\r\n'],
  ['sends half its body', 'POST /v1/onboardings HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n{'],
  ['is no HTTP', '\u0000\u0001\r\n\r\n'],
])('who %s and never closes keeps no connection', async (_, bytes) => {
  let came = 0;
  gateway.app.server.on('connection', () => (came += 1));
  for (let n = 0; n < 50; n += 1) holdOn().write(bytes);
  await eventually('they came', async () => came === 50, 8000);
  await untilOpen(gateway, 0);
  expect((await gateway.app.inject('/livez')).statusCode).toBe(200);
});

test('requests that come in one packet are no way to the memory: beyond their number the connection ends', async () => {
  const limits = { docsPerMinute: 100_000, takeWithin: 1e9, heldByAll: Infinity };
  const patient = await startGateway({ env: TEMPORAL, limits });
  let came = 0;
  patient.app.server.on('request', () => (came += 1));
  holdOn(patient).write(DOCUMENT.repeat(1000));
  await eventually('some came', () => came > 0, 8000);
  await untilOpen(patient, 0);
  expect(await openAt(patient)).toBe(0);
  await patient.close();
});

test('who opens many connections and says nothing keeps nobody out: the oldest makes room, and who has asked goes last', async () => {
  const full = await startGateway({ env: TEMPORAL, limits: { connections: 10 } });
  const asked = holdOn(full);
  asked.write('GET /livez HTTP/1.1\r\nhost: x\r\n\r\n');
  expect(await answerOf(asked)).toMatch(/^HTTP\/1.1 200/);
  for (let n = 0; n < 30; n += 1) holdOn(full);
  await untilOpen(full, 10);
  expect((await full.call('GET', '/livez', { token: null, headers: { connection: 'close' } })).status).toBe(200);
  asked.write('GET /livez HTTP/1.1\r\nhost: x\r\n\r\n');
  expect(await answerOf(asked)).toMatch(/^HTTP\/1.1 200/);
  await full.close();
});

test('so many as are allowed are answered', async () => {
  const socket = holdOn();
  let heads = 0;
  socket.on('data', (chunk) => (heads += String(chunk).split('HTTP/1.1 200').length - 1)).resume();
  socket.write('GET /livez HTTP/1.1\r\nhost: x\r\n\r\n'.repeat(LIMITS.inFlight));
  await eventually('all answers', async () => heads === LIMITS.inFlight, 8000);
  expect(socket.destroyed).toBe(false);
});

test('who does not take its answers is cut off, and who takes them is not', async () => {
  const stalled = Array.from({ length: 20 }, () => holdOn());
  const reading = holdOn();
  reading.write(DOCUMENT);
  expect(await answerOf(reading)).toMatch(/^HTTP\/1.1 200/);
  await eventually(
    'the stalled are gone',
    async () => {
      // The kernels on both sides take some for them.
      for (const socket of stalled) socket.write(DOCUMENT.repeat(4));
      return (await openAt(gateway)) <= 1;
    },
    12_000,
  );
  reading.write('GET /livez HTTP/1.1\r\nhost: x\r\n\r\n');
  expect(await answerOf(reading)).toMatch(/./);
});

test.each([
  ['that does not go on taking its answers', { takeWithin: 1000, heldByAll: Infinity }],
  ['that holds most of what all may', { takeWithin: 1e9, heldByAll: 1000 }],
])('a connection %s is ended', async (_, limits) => {
  const one = await startGateway({ env: TEMPORAL, limits: { ...SHORT, docsPerMinute: 100_000, ...limits } });
  let at: Socket | undefined;
  one.app.server.on('connection', (socket: Socket) => (at = socket));
  const socket = holdOn(one);
  await eventually('what is not taken', () => {
    if (!at?.writableLength) socket.write(DOCUMENT.repeat(4));
    return at?.destroyed === true || (at?.writableLength ?? 0) > 0;
  });
  await untilOpen(one, 0);
  expect(at?.destroyed).toBe(true);
  await one.close();
});

test('the document is made once for all', async () => {
  const [first, second] = await Promise.all([gateway.app.inject('/docs/json'), gateway.app.inject('/docs/json')]);
  expect(first.json()).toEqual(second.json());
  expect(first.headers['content-type']).toBe('application/json; charset=utf-8');
  const made = vi.spyOn(gateway.app, 'swagger');
  await gateway.app.inject('/docs/json');
  expect(made).not.toHaveBeenCalled();
});

test('/docs has a limit of its own, and the rest of the gateway goes on', async () => {
  const strict = await startGateway({ env: TEMPORAL, limits: { docsPerMinute: 2 } });
  const ask = async (path: string) => (await strict.call('GET', path, { token: null })).status;
  expect([await ask('/docs/json'), await ask('/docs/'), await ask('/docs/json')]).toEqual([200, 200, 429]);
  expect(await ask('/nowhere')).toBe(404);
  await strict.close();
});
