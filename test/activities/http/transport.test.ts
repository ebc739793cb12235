import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { none } from '../../../activities/http/answer.ts';
import { GET, LocalServer, POST, answer, codeOf, codes, sendTo } from './local-server.ts';

const server = new LocalServer();
beforeAll(() => server.start());
afterAll(() => server.stop());

/** Half of it is for connecting, which a busy machine takes a while for. */
const TIMEOUT_MS = 2000;
const LOST = ['Unavailable', 'UnknownOutcome'];

function portOf(listening: Server): number | undefined {
  const address = listening.address();
  return typeof address === 'object' ? address?.port : undefined;
}

describe('a lost answer is unavailable for a read and of unknown outcome for a change', () => {
  test('connection reset before any answer', async () => {
    server.handle((_, __, request) => request.socket.resetAndDestroy());
    expect(await codes(sendTo(server.url))).toEqual(LOST);
    expect(server.received).toHaveLength(2);
  });

  test('connection reset after the effect, in the middle of the body', async () => {
    server.handle((_, response, request) => {
      response.writeHead(201, { 'content-type': 'application/json', 'content-length': '100' });
      response.write('{"id":', () => request.socket.resetAndDestroy());
    });
    expect(await codes(sendTo(server.url))).toEqual(LOST);
    expect(server.received).toHaveLength(2);
  });

  test('chunked body without its end', async () => {
    server.handle((_, response, request) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"id":1}', () => request.socket.destroy());
    });
    expect(await codes(sendTo(server.url))).toEqual(LOST);
  });

  test('JSON cut short in a complete message', async () => {
    server.handle((_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":1'));
    expect(await codes(sendTo(server.url))).toEqual(LOST);
  });

  test('no answer before the deadline', async () => {
    server.handle(() => undefined);
    expect(await codes(sendTo(server.url, { timeoutMs: TIMEOUT_MS }))).toEqual(LOST);
    expect(server.received).toHaveLength(2);
  });

  test('a body that drips past the deadline', async () => {
    server.handle((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const drip = setInterval(() => response.write(' '), 10);
      response.on('close', () => clearInterval(drip));
    });
    expect(await codes(sendTo(server.url, { timeoutMs: TIMEOUT_MS }))).toEqual(LOST);
  });
});

describe('a request that was never sent is unavailable, also for a change', () => {
  test('nobody listens', async () => {
    const silent = new LocalServer();
    await silent.start();
    const { url } = silent;
    await silent.stop();
    expect(await codes(sendTo(url))).toEqual(['Unavailable', 'Unavailable']);
  });

  test('the host has no address', async () => {
    expect(await codes(sendTo('http://nowhere.invalid'))).toEqual(['Unavailable', 'Unavailable']);
  });

  test('TLS does not come to stand', async () => {
    const without = createTlsServer({}); // a certificate
    await new Promise<void>((resolve) => without.listen(0, '127.0.0.1', resolve));
    expect(await codes(sendTo(`https://127.0.0.1:${portOf(without)}`))).toEqual(['Unavailable', 'Unavailable']);
    await new Promise((resolve) => without.close(resolve));
  });

  test('a connection that ends before TLS stands', async () => {
    const plain = createServer((socket) => socket.on('data', () => socket.destroy()));
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
    expect(await codes(sendTo(`https://127.0.0.1:${portOf(plain)}`))).toEqual(['Unavailable', 'Unavailable']);
    await new Promise((resolve) => plain.close(resolve));
  });
});

test('an answer that is no HTTP leaves the outcome unknown', async () => {
  const noise = createServer((socket) => socket.on('data', () => socket.end('hello\r\n\r\n')));
  await new Promise<void>((resolve) => noise.listen(0, '127.0.0.1', resolve));
  expect(await codes(sendTo(`http://127.0.0.1:${portOf(noise)}`))).toEqual(LOST);
  await new Promise((resolve) => noise.close(resolve));
});

describe('the size of an answer', () => {
  test.each([
    ['announced', true],
    ['found out while reading', false],
  ])('too large, %s, is a contract violation and ends the connection', async (_, announced) => {
    let closed: Promise<unknown> = Promise.resolve();
    server.handle((__, response) => {
      closed = new Promise((resolve) => response.on('close', resolve));
      const length = announced ? { 'content-length': '1000000' } : {};
      response.writeHead(200, { 'content-type': 'application/json', ...length });
      response.write(`"${'x'.repeat(2_000)}`);
    });
    expect(await codeOf(sendTo(server.url)(GET, none))).toBe('ContractViolation');
    await closed;
  });

  test('of an error does not change its meaning', async () => {
    server.handle((_, response) => answer(response, 422, 'x'.repeat(2_000)));
    expect(await codeOf(sendTo(server.url)(POST, none))).toBe('Invalid');
  });
});

describe('a cancelled call', () => {
  test('ends with the canceller’s reason and closes the connection', async () => {
    const canceller = new AbortController();
    const reason = new Error('cancelled by the test');
    let closed: Promise<unknown> = Promise.resolve();
    server.handle((_, response) => {
      closed = new Promise((resolve) => response.on('close', resolve));
      canceller.abort(reason);
    });
    const send = sendTo(server.url, { cancellation: () => canceller.signal });
    await expect(send(GET, none)).rejects.toBe(reason);
    await closed;
    expect(server.received).toHaveLength(1);
  });

  test('that changes something is waited for once it is under way, so that what it did is known', async () => {
    const canceller = new AbortController();
    server.handle((_, response) => {
      canceller.abort(new Error('cancelled by the test'));
      answer(response, 201, {});
    });
    const send = sendTo(server.url, { cancellation: () => canceller.signal });
    await expect(send(POST, none)).resolves.toBeUndefined();
  });

  test('that was cancelled before sends nothing', async () => {
    server.handle((_, response) => answer(response, 200, {}));
    const reason = new Error('cancelled by the test');
    const send = sendTo(server.url, { cancellation: () => AbortSignal.abort(reason) });
    await expect(send(POST, none)).rejects.toBe(reason);
    expect(server.received).toHaveLength(0);
  });
});

test('a redirect is not followed, so the token stays here', async () => {
  const elsewhere = new LocalServer();
  await elsewhere.start();
  server.handle((_, response) => answer(response, 302, undefined, { location: elsewhere.url }));
  const auth = { token: async () => 'secret', reject: () => undefined };
  expect(await codeOf(sendTo(server.url)(GET, none, { auth }))).toBe('Unavailable');
  expect(elsewhere.received).toHaveLength(0);
  await elsewhere.stop();
});

test('a form is sent encoded, under its own content type, also where each call has another', async () => {
  server.handle((_, response) => answer(response, 200));
  const headers = { 'content-type': 'application/json' };
  await sendTo(server.url, { headers })(POST, none, { form: { scope: '/a/r /b/w', secret: 'ä&b=c' } });
  expect(server.received[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
  expect(server.received[0]?.body).toEqual({ scope: '/a/r /b/w', secret: 'ä&b=c' });
});

test('a call names us, and asks for no compression', async () => {
  server.handle((_, response) => answer(response, 200));
  await sendTo(server.url)(GET, none);
  expect(server.received[0]?.headers['user-agent']).toMatch(/^durable-onboarding\/\d+\.\d+\.\d+$/);
  expect(server.received[0]?.headers['accept-encoding']).toBe('identity');
});

test('each call is measured by its documented route and its result, and nothing of the customer', async () => {
  const measured: unknown[] = [];
  const send = sendTo(server.url, { measure: (call, seconds) => void measured.push({ ...call, took: seconds > 0 }) });
  server.handle((_, response) => answer(response, 503));
  await codeOf(send(GET, none));
  server.handle((_, response) => answer(response, 200, {}));
  await codeOf(send(GET, none));
  const route = 'GET /things/{id}';
  expect(measured).toEqual([
    { route, result: 'Unavailable', took: true },
    { route, result: 'done', took: true },
  ]);
});
