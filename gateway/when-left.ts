import type { FastifyReply } from 'fastify';

/**
 * Calls `left` once: when the answer is over, or when the caller is gone. Of requests that a caller sends one behind the other over one
 * connection only the first one's answer hears of the connection's end, so each listens to the connection, too.
 */
export function whenLeft({ raw, request }: FastifyReply, left: () => void): void {
  const { socket } = request.raw;
  let isOver = false;
  const over = (): void => {
    // A listener that is taken off while its event is told hears of it all the same.
    if (isOver) return;
    isOver = true;
    raw.off('close', over);
    socket.off('close', over);
    left();
  };
  raw.on('close', over);
  socket.on('close', over);
}

/**
 * Aborts when nobody waits for the answer any more, or the gateway closes. Not `AbortSignal.any`: a signal that lives as long as the
 * gateway keeps something of each that was made of it.
 */
export function whileWanted(reply: FastifyReply, closing: AbortSignal): AbortSignal {
  const wanted = new AbortController();
  const end = (): void => wanted.abort();
  if (closing.aborted) end();
  closing.addEventListener('abort', end);
  whenLeft(reply, () => {
    closing.removeEventListener('abort', end);
    end();
  });
  return wanted.signal;
}
