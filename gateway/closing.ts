import { setMaxListeners } from 'node:events';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** Aborts when the gateway begins to close, so that what could go on for ever ends. */
export function closingOf(app: FastifyInstance): AbortSignal {
  const closing = new AbortController();
  // One for each stream and each call that waits; Node warns of a leak at the eleventh.
  setMaxListeners(0, closing.signal);
  // Node would wait for a connection that has not sent a request yet; browsers and load balancers open such ones in advance.
  const unused = new Set<Socket>();
  app.server.on('connection', (socket: Socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  app.server.on('request', ({ socket }) => unused.delete(socket));
  app.addHook('preClose', async () => {
    closing.abort();
    for (const socket of unused) socket.destroy();
  });
  return closing.signal;
}
