import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { permanent } from '../workflows/scripted-provider.ts';
import { eventually } from '../workflows/suite.ts';
import { cancelled, reset, singleRequest } from '../client/suite.ts';
import { follow, inStream, rest, until, type Stream } from './event-source.ts';
import { startRelay } from './relay.ts';
import { openGatewaySuite, startGateway, tokens, type GatewaySuite } from './suite.ts';

const HEARTBEAT = 100;
const STREAMS = 3;

let suite: GatewaySuite;
beforeAll(async () => {
  suite = await openGatewaySuite({ limits: { look: 25, heartbeat: HEARTBEAT, streams: STREAMS } });
});
beforeEach(() => reset(suite));
afterAll(() => suite.close());

const open: Stream[] = [];
afterEach(() => {
  for (const stream of open.splice(0)) stream.leave();
});

async function streamOf(reference: string, lastEventId?: string, { url } = suite.gateway): Promise<Stream> {
  const stream = await follow(`${url}/v1/onboardings/defentry/${reference}/events`, tokens.read, lastEventId);
  open.push(stream);
  return stream;
}

async function started(): Promise<string> {
  const { reference } = await suite.onboardings.start(singleRequest());
  return reference;
}

const streams = async () => {
  const { text } = await suite.gateway.call('GET', '/metrics');
  return Number(/^gateway_event_streams (\d+)$/m.exec(text)![1]);
};

const waits = ({ data }: { data: { wait?: { for: string } } }) => data.wait?.for === 'emailVerified';

async function letEnd(reference: string): Promise<void> {
  suite.provider.verified = true;
  await suite.onboardings.emailVerified('defentry', reference, { eventId: 'click' });
}

test('tells each change and at the end the result, and ends', async () => {
  const reference = await started();
  const stream = await streamOf(reference);
  expect([stream.status, stream.headers.get('content-type'), stream.headers.get('cache-control')]).toEqual([
    200,
    'text/event-stream',
    'no-store',
  ]);
  const { event, data } = await until(stream, waits);
  expect(event).toBe('progress');
  expect(data).toEqual(await suite.onboardings.progress('defentry', reference));
  await letEnd(reference);
  const last = (await rest(stream)).at(-1)!;
  expect([last.event, last.data]).toEqual(['result', await suite.onboardings.result('defentry', reference)]);
});

test('resumes: what the caller has is not sent again, what it missed is', async () => {
  const reference = await started();
  const first = await streamOf(reference);
  const { id } = await until(first, waits);
  first.leave();

  const second = await streamOf(reference, id);
  const next = second.events.next();
  await letEnd(reference);
  const missed = [(await next).value!, ...(await rest(second))];
  expect(missed.map((each) => each.id)).not.toContain(id);
  expect(missed.at(-1)).toMatchObject({ event: 'result', data: { outcome: 'completed' } });

  const ended = await streamOf(reference, missed.at(-1)!.id);
  expect([ended.status, await rest(ended)]).toEqual([204, []]);
  // Somebody else, who has nothing yet.
  expect((await rest(await streamOf(reference))).map(({ event }) => event)).toEqual(['progress', 'result']);
  // And all that it is told is as the document says.
  const { text } = await suite.gateway.call('GET', `/v1/onboardings/defentry/${reference}/events`);
  expect(inStream(text).map(({ event }) => event)).toEqual(['progress', 'result']);
  const headers = { 'last-event-id': missed.at(-1)!.id! };
  const none = await suite.gateway.call('GET', `/v1/onboardings/defentry/${reference}/events`, { headers });
  expect(none.status).toBe(204);
});

test('the same id is the same story', async () => {
  const reference = await started();
  const one = await until(await streamOf(reference), waits);
  const other = await until(await streamOf(reference), waits);
  expect(other).toEqual(one);
});

test('gives signs of life while nothing happens', async () => {
  const stream = await streamOf(await started());
  await until(stream, waits);
  const silent = stream.events.next();
  await eventually(
    async () => stream.beats(),
    (beats) => beats >= 3,
  );
  stream.leave();
  await expect(silent).rejects.toThrow('aborted');
});

test('a run that leaves no result ends with the problem, once', async () => {
  suite.provider.failForever('removeAccount', permanent('Forbidden'));
  const reference = await started();
  const stream = await streamOf(reference);
  await until(stream, waits);
  await cancelled(suite.onboardings, reference);
  const last = (await rest(stream)).at(-1)!;
  expect(last).toMatchObject({
    event: 'problem',
    data: { type: '/problems/onboarding-failed', failure: 'UndoIncomplete' },
  });
  expect((await streamOf(reference, last.id)).status).toBe(204);
});

test('a caller may have so many, and one that is left makes room', async () => {
  const reference = await started();
  const all: Stream[] = [];
  while (all.length < STREAMS) all.push(await streamOf(reference));
  const refused = await streamOf(reference);
  expect(refused.status).toBe(429);
  expect(await streams()).toBe(STREAMS);
  all[0]!.leave();
  const again = await eventually(
    () => streamOf(reference),
    ({ status }) => status === 200,
  );
  expect(again.status).toBe(200);
});

test('a stream that is left is not followed any longer', async () => {
  const stream = await streamOf(await started());
  await until(stream, waits);
  expect(await streams()).toBeGreaterThan(0);
  stream.leave();
  expect(await eventually(streams, (count) => count === 0)).toBe(0);
});

test('streams that were asked for one behind the other over one connection are not followed when that is gone', async () => {
  const { port } = new URL(suite.gateway.url);
  const socket = connect(Number(port), '127.0.0.1').on('error', () => undefined);
  const path = `/v1/onboardings/defentry/${await started()}/events`;
  socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${tokens.read}\r\n\r\n`.repeat(STREAMS));
  expect(await eventually(streams, (count) => count === STREAMS)).toBe(STREAMS);
  socket.destroy();
  expect(await eventually(streams, (count) => count === 0)).toBe(0);
});

test('a caller that leaves before its stream has begun takes no room', async () => {
  const { address, taskQueue } = suite.temporal;
  const relay = await startRelay(address);
  const env = { TEMPORAL_ADDRESS: relay.address, ONBOARDING_TASK_QUEUE: taskQueue };
  const slow = await startGateway({ env, limits: { look: 25, streams: 1 } });
  const path = `/v1/onboardings/defentry/${await started()}`;
  expect((await slow.call('GET', path)).status).toBe(200);

  relay.hold();
  const arrived = once(slow.app.server, 'request') as Promise<[IncomingMessage]>;
  const leaving = new AbortController();
  const headers = { authorization: `Bearer ${tokens.read}` };
  const asked = fetch(`${slow.url}${path}/events`, { headers, signal: leaving.signal }).catch(() => 'left');
  const [{ socket }] = await arrived;
  const left = once(socket, 'close');
  leaving.abort();
  expect(await asked).toBe('left');
  await left;
  relay.release();
  // Temporal answers in the order asked.
  expect((await slow.call('GET', path)).status).toBe(200);

  const stream = await follow(`${slow.url}${path}/events`, tokens.read);
  open.push(stream);
  expect(stream.status).toBe(200);
  expect((await slow.call('GET', '/metrics')).text).toMatch(/^gateway_event_streams 1$/m);
  await until(stream, waits);
  stream.leave();
  await slow.close();
  await relay.close();
});

test('a gateway that closes ends its streams, and a caller goes on at the next one', async () => {
  const { address, taskQueue } = suite.temporal;
  const env = { TEMPORAL_ADDRESS: address, ONBOARDING_TASK_QUEUE: taskQueue };
  const reference = await started();
  const closing = await startGateway({ env, limits: { look: 25 } });
  const stream = await streamOf(reference, undefined, closing);
  const { id } = await until(stream, waits);
  const [events] = await Promise.all([rest(stream), closing.close()]);
  expect(events).toEqual([]);
  await letEnd(reference);
  expect((await rest(await streamOf(reference, id))).at(-1)).toMatchObject({ event: 'result' });
});
