import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { connect } from 'node:net';
import { none } from '../../../activities/http/answer.ts';
import { GET, LocalServer, POST, answer, codeOf, codes, sendTo } from './local-server.ts';

const server = new LocalServer();
/** Tunnels to the server whatever host is asked for, or refuses to. */
const asked: string[] = [];
let refuses = false;
const tunnels = new Set<Socket>();
const proxy = createServer().on('connect', (request, client: Socket) => {
  asked.push(request.url ?? '');
  if (refuses) {
    client.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    return;
  }
  const target = connect(Number(new URL(server.url).port), '127.0.0.1', () => {
    client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    target.pipe(client).pipe(target);
  });
  for (const socket of [client, target]) tunnels.add(socket.on('error', () => undefined));
});

const NAMES = ['HTTP_PROXY', 'NO_PROXY'] as const;
const before = NAMES.map((name) => [name, process.env[name]] as const);

beforeAll(async () => {
  await server.start();
  server.handle((_, response) => answer(response, 200, {}));
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  process.env['HTTP_PROXY'] = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  process.env['NO_PROXY'] = 'inside.example';
});
beforeEach(() => {
  asked.length = 0;
  refuses = false;
});
afterAll(async () => {
  for (const [name, value] of before) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  for (const tunnel of tunnels) tunnel.destroy();
  await new Promise((resolve) => proxy.close(resolve));
  await server.stop();
});

test('calls go through the proxy that the environment names', async () => {
  expect(await codeOf(sendTo('http://vendor.example')(GET, none))).toBe('done');
  expect(asked).toEqual(['vendor.example:80']);
});

test('but not those to hosts that NO_PROXY names, nor to this machine', async () => {
  await codeOf(sendTo('http://inside.example', { timeoutMs: 2_000 })(GET, none));
  expect(await codeOf(sendTo(server.url)(GET, none))).toBe('done');
  expect(asked).toEqual([]);
});

test('a proxy that refuses leaves a change unsent', async () => {
  refuses = true;
  server.received.length = 0;
  expect(await codes(sendTo('http://vendor.example'))).toEqual(['Unavailable', 'Unavailable']);
  expect(await codeOf(sendTo('http://vendor.example')(POST, none, { body: {} }))).toBe('Unavailable');
  expect(server.received).toEqual([]);
});
