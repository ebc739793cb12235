import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to a server on which answers can be held up. */
export interface Relay {
  address: string;
  /** What the server says from now on waits. */
  hold: () => void;
  /** The same from the moment on when somebody has sent this text. */
  holdAfter: (text: string) => void;
  release: () => void;
  close: () => Promise<void>;
}

export async function startRelay(to: string): Promise<Relay> {
  const [host, port] = to.split(':');
  const ways: { here: Socket; there: Socket }[] = [];
  const server = createServer((here) => {
    const there = connect(Number(port), host);
    ways.push({ here, there });
    for (const [one, other] of [
      [here, there],
      [there, here],
    ] as const) {
      one.pipe(other);
      one.on('error', () => other.destroy()).on('close', () => other.destroy());
    }
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const hold = () => {
    for (const { here, there } of ways) there.unpipe(here).pause();
  };
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    hold,
    holdAfter: (text) => {
      for (const { here } of ways) here.on('data', (sent: Buffer) => void (sent.includes(text) && hold()));
    },
    release: () => {
      for (const { here, there } of ways) there.pipe(here);
    },
    close: async () => {
      for (const { here } of ways) here.destroy();
      await once(server.close(), 'close');
    },
  };
}
