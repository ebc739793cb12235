import { getEventListeners, once } from 'node:events';
import Fastify from 'fastify';
import { closingOf } from '../../gateway/closing.ts';
import { whileWanted } from '../../gateway/when-left.ts';
import { eventually } from '../setup/eventually.ts';

const STREAMS = 50;

/** Answers that go on until the caller or the gateway ends them, over real sockets. */
async function open() {
  const app = Fastify();
  const closing = closingOf(app);
  const signals: AbortSignal[] = [];
  app.get('/', async (_, reply) => {
    const signal = whileWanted(reply, closing);
    signals.push(signal);
    await once(signal, 'abort');
    return 'ended';
  });
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  return { app, url, signals, listening: () => getEventListeners(closing, 'abort').length };
}

test('streams that have ended leave nothing at the signal of the gateway', async () => {
  const { app, url, signals, listening } = await open();
  const leave = new AbortController();
  const calls = Array.from({ length: STREAMS }, () => fetch(url, { signal: leave.signal }).catch(() => undefined));
  await eventually('all streams', () => signals.length === STREAMS);
  expect(listening()).toBe(STREAMS);
  leave.abort();
  await Promise.all(calls);
  await eventually('no listener', () => listening() === 0);
  expect(signals.every(({ aborted }) => aborted)).toBe(true);
  await app.close();
});

test('the end of the gateway ends them', async () => {
  const { app, url, signals } = await open();
  const call = fetch(url);
  await eventually('the stream', () => signals.length === 1);
  const closed = app.close();
  expect(await (await call).text()).toBe('ended');
  await closed;
});
