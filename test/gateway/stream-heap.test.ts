import { request, Agent } from 'node:http';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { queryObjects } from 'node:v8';
import Fastify from 'fastify';
import { TemporalUnavailable } from '../../client/errors.ts';
import { watch } from '../../client/temporal/watch.ts';
import { closingOf } from '../../gateway/closing.ts';
import { eventStream } from '../../gateway/routes/event-stream.ts';
import { whileWanted } from '../../gateway/when-left.ts';
import { eventually } from '../setup/eventually.ts';

const STREAMS = 100;
/** What others in this process may make meanwhile. */
const NOISE = STREAMS / 5;
const OPTIONS = { lastEventId: undefined, lastId: async () => 'end', failed: () => undefined, isOver: () => false };
/** A look that is never answered well: the streams go on until their callers leave. */
const away = async () => Promise.reject(new TemporalUnavailable());

/** Counts after a full collection. */
const signalsInMemory = () => queryObjects(AbortSignal, { format: 'count' });

async function openStreams(keep: (signal: AbortSignal) => void) {
  const app = Fastify();
  const closing = closingOf(app);
  app.get('/', (_, reply) => {
    const signal = whileWanted(reply, closing);
    keep(signal);
    const stories = watch<never, never>({ look: away, progress: away, result: away }, { signal, every: 1 });
    return reply.send(Readable.from(eventStream(stories, { ...OPTIONS, heartbeat: 1 })));
  });
  const port = Number(new URL(await app.listen({ port: 0, host: '127.0.0.1' })).port);
  return { app, port };
}

/** Each is left after some signs of life. */
async function followAndLeave(port: number): Promise<void> {
  const agent = new Agent({ maxSockets: Infinity });
  await Promise.all(
    Array.from({ length: STREAMS }, async () => {
      const call = request({ port, host: '127.0.0.1', agent });
      const [answer] = (await once(call.end(), 'response')) as [Readable];
      for (let chunks = 0; chunks < 5; chunks += 1) await once(answer, 'data');
      answer.on('error', () => undefined).destroy();
    }),
  );
  agent.destroy();
}

test('event streams that have ended leave no signal in memory, while the gateway goes on', async () => {
  const { app, port } = await openStreams(() => undefined);
  const before = signalsInMemory();
  await followAndLeave(port);
  await eventually('the memory as before', () => signalsInMemory() < before + NOISE, 20_000);
  expect(signalsInMemory()).toBeLessThan(before + NOISE);
  await app.close();
});

test('the count sees what is kept', async () => {
  const kept: AbortSignal[] = [];
  const { app, port } = await openStreams((signal) => kept.push(signal));
  const before = signalsInMemory();
  await followAndLeave(port);
  await eventually('all have ended', () => kept.length === STREAMS && kept.every(({ aborted }) => aborted));
  expect(signalsInMemory()).toBeGreaterThanOrEqual(before + STREAMS - NOISE);
  await app.close();
});
