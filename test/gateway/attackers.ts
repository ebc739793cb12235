import { connect, type Socket } from 'node:net';

/** Not the address of those who are measured, whom limits by address are not to meet. */
const FROM = '127.0.0.2';
const DOCUMENT = 'GET /docs/json HTTP/1.1\r\nhost: x\r\n\r\n';
const GUESS = 'POST /v1/onboardings HTTP/1.1\r\nhost: x\r\nauthorization: Bearer x\r\ncontent-length: 2\r\n\r\n{}';
const PAUSE = 25;

export interface Attack {
  /** Connections, each of which is opened anew when it is closed. */
  sockets: number;
  /** What a connection does once it is open. */
  begin: (socket: Socket) => void;
}

export const ATTACKS: Record<string, Attack> = {
  'silent sockets': { sockets: 600, begin: (socket) => socket.pause() },
  'half a request': { sockets: 600, begin: (socket) => socket.pause().write('GET /livez HTTP/1.1\r\nhost: x\r\n') },
  'stalled readers': { sockets: 100, begin: (socket) => socket.pause().write(DOCUMENT.repeat(4)) },
  pipelining: { sockets: 10, begin: (socket) => socket.pause().write(DOCUMENT.repeat(5000)) },
  'a flood of guesses': {
    sockets: 20,
    begin: (socket) => socket.on('data', () => socket.write(GUESS)).write(GUESS),
  },
};

/** Goes on until it is told to stop; answers how many connections were opened. */
export function attack(port: number, { sockets, begin }: Attack): () => number {
  const open = new Set<Socket>();
  let opened = 0;
  let isOver = false;
  const one = (): void => {
    if (isOver) return;
    const socket = connect({ port, host: '127.0.0.1', localAddress: FROM, allowHalfOpen: true });
    open.add(socket);
    socket.on('error', () => undefined).on('end', () => socket.destroy());
    socket.on('connect', () => {
      opened += 1;
      begin(socket);
    });
    socket.on('close', () => {
      open.delete(socket);
      setTimeout(one, PAUSE);
    });
  };
  for (let n = 0; n < sockets; n += 1) one();
  return () => {
    isOver = true;
    for (const socket of open) socket.destroy();
    return opened;
  };
}
