import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

const HOST = '127.0.0.1';

/** A port that a service listens on: what it is for, its usual number, and the variable by which a person sets it. */
export interface PortWish {
  name: string;
  usual: number;
  variable: string;
}

/**
 * A port for each wish: the one the environment sets, else the usual one, else a free one, which is said.
 * Throws when a port that was set is none or is taken.
 */
export async function choosePort(
  { name, usual, variable }: PortWish,
  env: NodeJS.ProcessEnv,
  say: (line: string) => void,
): Promise<number> {
  const set = env[variable];
  if (set) {
    const port = Number(set);
    if (!Number.isInteger(port) || port < 1 || port > 65_535)
      throw new Error(`${variable} must be a port from 1 to 65535.`);
    if (await isFree(port)) return port;
    throw new Error(
      `Port ${port}, set by ${variable}, is taken: stop the program that listens there, or set another port.`,
    );
  }
  if (await isFree(usual)) return usual;
  const [free] = await freePorts(1);
  say(`Port ${usual} is taken, so ${name} is on ${free} (set ${variable} to choose).`);
  return free!;
}

/** Below what Linux and macOS give to outgoing connections, one of which could take a port before the service that it is meant for. */
const FREE = { from: 20_000, to: 32_000 };
const TRIES = 1000;

/** Different free ports of 127.0.0.1. Nothing reserves them: use them at once. */
export async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  for (let tries = 0; tries < TRIES && ports.size < count; tries += 1) {
    const port = randomInt(FREE.from, FREE.to);
    if (await isFree(port)) ports.add(port);
  }
  if (ports.size < count) throw new Error('No free port on 127.0.0.1: close programs that listen there.');
  return [...ports];
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: HOST, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
