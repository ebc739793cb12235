import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Limits } from './limits.ts';

type ConnectionLimits = Pick<Limits, 'connections' | 'inFlight' | 'heldByAll' | 'takeWithin'>;

/** What a connection owes and is owed. */
interface Held {
  /** Requests whose answer is not over. */
  answers: Set<ServerResponse>;
  /** Bytes that its reader had taken at the last look that found it going on, and when that was. */
  taken: number;
  since: number;
  hasAsked: boolean;
}

/** Milliseconds between two looks at all connections. */
const LOOK = 1000;

/**
 * No connection holds more of the gateway than its share: so many requests at once, and answers that its reader does not
 * take for so long only; and when there are as many as the process has descriptors for, an idle one makes room. One that goes beyond is destroyed without an answer, as an answer is what it does not read. Must come before other hooks.
 */
export function limitConnections(app: FastifyInstance, limits: ConnectionLimits): void {
  const open = new Map<Socket, Held>();
  const most = Math.min(limits.connections, connectionsBy(descriptors()));
  app.server.on('connection', (socket: Socket) => {
    if (open.size >= most) (idlest(open) ?? socket).destroy();
    if (socket.destroyed) return;
    open.set(socket, { answers: new Set(), taken: 0, since: performance.now(), hasAsked: false });
    socket.once('close', () => open.delete(socket));
  });
  // Before the one of Fastify: what follows in the same packet is counted, too.
  app.server.prependListener('request', ({ socket }: IncomingMessage, answer: ServerResponse) => {
    const held = open.get(socket);
    if (!held) return;
    held.hasAsked = true;
    held.answers.add(answer);
    answer.once('close', () => held.answers.delete(answer));
    if (held.answers.size > limits.inFlight) socket.destroy();
  });
  // Nothing is done for a request whose connection is gone already.
  app.addHook('onRequest', (request, reply, done) => {
    if (request.raw.socket.destroyed) reply.hijack();
    else done();
  });

  const looks = setInterval(() => {
    for (const socket of [...stalled(open, limits.takeWithin), ...beyond(open, limits.heldByAll)]) socket.destroy();
  }, LOOK).unref();
  app.addHook('onClose', async () => clearInterval(looks));
}

/** The oldest that waits for no answer, first of those that have never asked: who opens many and says nothing keeps nobody out. */
function idlest(open: Map<Socket, Held>): Socket | undefined {
  const idle = [...open].filter(([socket, { answers }]) => answers.size === 0 && !socket.destroyed);
  return (idle.find(([, { hasAsked }]) => !hasAsked) ?? idle[0])?.[0];
}

/** A part is left for the way to Temporal and for files: without a descriptor no connection can even be refused. */
function connectionsBy(descriptors: number): number {
  return Math.floor(descriptors * 0.75);
}

/** How many this process may have open; Node raises the soft limit to the hard one. */
function descriptors(): number {
  const { userLimits } = process.report.getReport() as { userLimits?: { open_files?: { soft?: unknown } } };
  const most = Number(userLimits?.open_files?.soft);
  return Number.isNaN(most) ? Infinity : most;
}

/** Bytes of answers that wait for the reader: at the socket, and behind the answer whose turn it is. */
function bytesOf(socket: Socket, { answers }: Held): number {
  let bytes = socket.writableLength;
  for (const answer of answers) if (answer.socket === null) bytes += answer.writableLength;
  return bytes;
}

function stalled(open: Map<Socket, Held>, within: number): Socket[] {
  const now = performance.now();
  return [...open].flatMap(([socket, held]) => {
    const taken = socket.bytesWritten - socket.writableLength;
    if (taken !== held.taken || socket.writableLength === 0) Object.assign(held, { taken, since: now });
    return now - held.since > within ? [socket] : [];
  });
}

/** Those that hold most, until the others together hold no more than `most`. */
function beyond(open: Map<Socket, Held>, most: number): Socket[] {
  const sizes = [...open].map(([socket, held]) => ({ socket, bytes: bytesOf(socket, held) }));
  let all = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  if (all <= most) return [];
  const ended: Socket[] = [];
  for (const { socket, bytes } of sizes.sort((a, b) => b.bytes - a.bytes)) {
    if (all <= most) break;
    ended.push(socket);
    all -= bytes;
  }
  return ended;
}
