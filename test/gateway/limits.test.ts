import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { startGateway, tokens, type Gateway } from './suite.ts';
import { WEBHOOK_ENV } from './webhook-gateway.ts';

const HEADERS_WITHIN = 1000;
const REQUEST_WITHIN = 1500;
const BODY = 10_000;
/** Node looks once a second. */
const SLACK = 10_000;

let gateway: Gateway;
beforeAll(async () => {
  const env = { TEMPORAL_ADDRESS: '127.0.0.1:9', ONBOARDING_CALL_DEADLINE: 'PT0.2S' };
  const limits = { headersWithin: HEADERS_WITHIN, requestWithin: REQUEST_WITHIN, body: BODY };
  gateway = await startGateway({ env, limits });
});
afterAll(() => gateway.close());

const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});

/** Everything that comes back on a connection of its own, until the gateway ends it. */
function raw(): { socket: Socket; answer: Promise<string> } {
  const { port } = new URL(gateway.url);
  const socket = connect(Number(port), '127.0.0.1');
  sockets.push(socket);
  let text = '';
  socket.on('data', (chunk) => (text += String(chunk))).on('error', () => undefined);
  return { socket, answer: once(socket, 'close').then(() => text) };
}

async function drip(socket: Socket, pieces: Iterable<string>): Promise<void> {
  for (const piece of pieces) {
    if (socket.destroyed || !socket.writable) return;
    socket.write(piece);
    await delay(50);
  }
}

function* forever(piece: string): Generator<string> {
  for (;;) yield piece;
}

const problem = (answer: string) => {
  const [head, body] = answer.split('\r\n\r\n');
  expect(head).toMatch(/content-type: application\/problem\+json/i);
  return [Number(/^HTTP\/1.1 (\d+)/.exec(head!)![1]), JSON.parse(body!).type];
};

test('headers that drip in are cut off', async () => {
  const began = performance.now();
  const { socket, answer } = raw();
  socket.write('GET /livez HTTP/1.1\r\nhost: x\r\nx-slow: ');
  await drip(socket, forever('a'));
  expect(problem(await answer)).toEqual([408, '/problems/request-timeout']);
  expect(performance.now() - began).toBeLessThan(HEADERS_WITHIN + SLACK);
});

test('a body that drips in is cut off', async () => {
  const began = performance.now();
  const { socket, answer } = raw();
  const head = ['POST /v1/onboardings HTTP/1.1', 'host: x', `authorization: Bearer ${tokens.all}`];
  socket.write(`${head.join('\r\n')}\r\ncontent-type: application/json\r\ncontent-length: ${BODY - 1}\r\n\r\n`);
  await drip(socket, forever(' '));
  expect(problem(await answer)).toEqual([408, '/problems/request-timeout']);
  expect(performance.now() - began).toBeLessThan(REQUEST_WITHIN + SLACK);
});

test('many of them do not keep others waiting', async () => {
  const slow = Array.from({ length: 100 }, () => raw());
  for (const { socket } of slow) socket.write('GET /livez HTTP/1.1\r\nx-slow: ');
  expect((await gateway.call('GET', '/livez', { token: null })).status).toBe(200);
  const answers = await Promise.all(slow.map(({ answer }) => answer));
  expect(new Set(answers.map((answer) => problem(answer)[0]))).toEqual(new Set([408]));
});

describe('too large', () => {
  const large = { reference: 'x'.repeat(BODY) };

  test('a body that says so is not read', async () => {
    const { status, body } = await gateway.call('POST', '/v1/onboardings', { body: large });
    expect([status, body.type]).toEqual([413, '/problems/body-too-large']);
  });

  test('a body that does not say so is cut off', async () => {
    const { socket, answer } = raw();
    const head = ['POST /v1/onboardings HTTP/1.1', 'host: x', `authorization: Bearer ${tokens.all}`];
    socket.write(`${head.join('\r\n')}\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n`);
    const chunk = `1000\r\n${'x'.repeat(0x1000)}\r\n`;
    await drip(socket, Array<string>(10).fill(chunk));
    expect((await answer).split('\r\n')[0]).toBe('HTTP/1.1 413 Payload Too Large');
  });

  test('headers', async () => {
    const { socket, answer } = raw();
    socket.write(`GET /livez HTTP/1.1\r\nhost: x\r\nx-large: ${'a'.repeat(20_000)}\r\n\r\n`);
    expect(problem(await answer)).toEqual([431, '/problems/headers-too-large']);
  });
});

test.each([
  '\u0000\u0001\u0002',
  'GET\r\n\r\n',
  'GET /livez HTTP/9.9\r\n\r\n',
  'GET /livez HTTP/1.1\r\nbad header\r\n\r\n',
])('what is no HTTP is refused: %j', async (bytes) => {
  const { socket, answer } = raw();
  socket.write(bytes);
  expect(problem(await answer)).toEqual([400, '/problems/malformed-request']);
});

test.each([
  ['GET', '/nowhere', {}, 404, 'not-found'],
  ['DELETE', '/v1/onboardings', {}, 405, 'method-not-allowed'],
  ['GET', '/v1/onboardings/batch', {}, 405, 'method-not-allowed'],
  ['GET', '/%E0%A4%A', {}, 400, 'malformed-request'],
  ['GET', `/v1/onboardings/defentry/${'x'.repeat(300)}`, {}, 400, 'malformed-request'],
  ['POST', '/v1/onboardings', { body: '{"a":' }, 400, 'malformed-body'],
  ['POST', '/v1/onboardings', { body: '{"__proto__":{}}' }, 400, 'invalid-request'],
  [
    'POST',
    '/v1/onboardings',
    { body: 'a=b', headers: { 'content-type': 'text/plain' } },
    415,
    'unsupported-media-type',
  ],
  ['POST', '/v1/onboardings', { body: '<a/>', headers: { 'content-type': 'no type' } }, 415, 'unsupported-media-type'],
  // A route that wants no body, and an address that is not there.
  ['POST', '/v1/onboardings/defentry/c-1/cancel', { body: '{' }, 400, 'malformed-body'],
  [
    'POST',
    '/v1/onboardings/defentry/c-1/cancel',
    { body: 'a=b', headers: { 'content-type': 'text/plain' } },
    415,
    'unsupported-media-type',
  ],
  ['POST', '/nowhere', { body: 'a=b', headers: { 'content-type': 'no type' } }, 415, 'unsupported-media-type'],
  ['POST', '/v1/onboardings', {}, 400, 'invalid-request'],
  ['POST', '/v1/onboardings', { body: '[]' }, 400, 'invalid-request'],
])('%s %s %j is a problem document', async (method, path, options, status, type) => {
  const answer = await gateway.call(method, path, options);
  expect([answer.status, answer.body.type]).toEqual([status, `/problems/${type}`]);
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(Object.keys(answer.body)).not.toContain('stack');
  expect(answer.headers.has('allow')).toBe(status === 405);
});

test('security headers are on every answer', async () => {
  for (const path of ['/livez', '/nowhere', '/v1/providers']) {
    const { headers } = await gateway.call('GET', path, { token: null });
    expect(headers.get('content-security-policy')).toBe("default-src 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('strict-transport-security')).toMatch(/^max-age=/);
    expect(headers.get('access-control-allow-origin')).toBeNull();
  }
});

test.each([
  ['GET', '/livez'],
  ['GET', '/nowhere'],
  ['GET', '/v1/providers'],
  ['GET', '/v1/onboardings/defentry/c-1'],
  ['POST', '/v1/onboardings'],
  ['POST', '/codec/decode'],
  ['POST', '/codec/encode'],
  ['GET', '/metrics'],
])('nothing on the way keeps an answer: %s %s', async (method, at) => {
  const { headers } = await gateway.call(method, at, method === 'POST' ? { body: {} } : {});
  expect(headers.get('cache-control')).toBe('no-store');
});

describe('requests per minute', () => {
  let strict: Gateway;
  beforeEach(async () => {
    strict = await startGateway({ env: { GATEWAY_REQUESTS_PER_MINUTE: '3', TEMPORAL_ADDRESS: '127.0.0.1:9' } });
  });
  afterEach(() => strict.close());

  const times = async (count: number, token: string | null, path = '/v1/onboardings?limit=x') => {
    const answers = [];
    for (let n = 0; n < count; n += 1) answers.push(await strict.call('GET', path, { token }));
    return answers;
  };

  test('are counted by caller: one at its limit does not keep others out', async () => {
    const answers = await times(4, tokens.read);
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 429]);
    const { headers, body } = answers[3]!;
    expect([body.type, Number(headers.get('retry-after')) > 0]).toEqual(['/problems/rate-limited', true]);
    expect((await times(1, tokens.all))[0]!.status).toBe(400);
  });

  test('guessing is limited too, by address, and so is looking for addresses', async () => {
    expect((await times(4, 'guess')).map(({ status }) => status)).toEqual([401, 401, 401, 429]);
    expect((await times(1, null, '/nowhere'))[0]!.status).toBe(429);
    expect((await times(1, tokens.read))[0]!.status).toBe(400);
  });

  test.each([
    ['DELETE', '/v1/onboardings', 405],
    ['POST', `/webhooks/tulo-payway/${'guess'.repeat(8)}`, 404],
    ['POST', '/webhooks/generic', 401],
  ])('refusals are limited: %s %s', async (method, path, status) => {
    const env = { ...WEBHOOK_ENV, GATEWAY_REQUESTS_PER_MINUTE: '3', TEMPORAL_ADDRESS: '127.0.0.1:9' };
    const guarded = await startGateway({ env });
    const statuses: number[] = [];
    for (let n = 0; n < 4; n += 1) statuses.push((await guarded.call(method, path, { token: null })).status);
    await guarded.close();
    expect(statuses).toEqual([status, status, status, 429]);
  });

  test('of callers behind a load balancer that is trusted, each is counted by its own address; of another one, nothing is believed', async () => {
    const from = (gateway: Gateway, address: string) =>
      gateway.call('GET', '/v1/providers', { token: null, headers: { 'x-forwarded-for': address } });
    const env = { GATEWAY_REQUESTS_PER_MINUTE: '1', TEMPORAL_ADDRESS: '127.0.0.1:9' };
    const trusting = await startGateway({ env: { ...env, GATEWAY_TRUSTED_PROXIES: '127.0.0.1' } });
    const other = await startGateway({ env });
    for (const [gateway, second] of [
      [trusting, 401],
      [other, 429],
    ] as const) {
      expect((await from(gateway, '192.0.2.1')).status).toBe(401);
      expect((await from(gateway, '192.0.2.2')).status).toBe(second);
      expect((await from(gateway, '192.0.2.1')).status).toBe(429);
      await gateway.close();
    }
  });

  test('an orchestrator is not limited', async () => {
    expect(new Set((await times(10, null, '/livez')).map(({ status }) => status))).toEqual(new Set([200]));
  });
});
