import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { z } from 'zod';
import { errorCode } from './errors.ts';

/** What the file holds. The holder listens on `port` and answers `token`: a dead holder, or another program with its pid, does not. */
const CLAIM = z.object({ pid: z.int(), port: z.int(), token: z.string(), info: z.unknown() });
type Claim = z.infer<typeof CLAIM>;

export interface Lock {
  /** What the holder tells about itself to those who find the lock taken, and to its successor if it dies. */
  write(info: unknown): Promise<void>;
  release(): Promise<void>;
}

/** `previous` is what a holder that died without releasing has left. */
export type Taken = { lock: Lock; previous?: unknown } | { holder: { pid: number; info: unknown } };

const ANSWER_WITHIN_MS = 2000;

/** Takes the lock of a file, over from a dead holder if need be, or says who holds it. It ends with the process at the latest. */
export async function takeLock(file: string, info: unknown): Promise<Taken> {
  const token = randomUUID();
  const server = await answer(token);
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const write = async (next: unknown, place: (draft: string) => Promise<void>): Promise<void> => {
    const draft = `${file}.${process.pid}.${token}`;
    const claim: Claim = { pid: process.pid, port, token, info: next };
    await writeFile(draft, JSON.stringify(claim), { mode: 0o600 });
    try {
      await place(draft);
    } finally {
      await rm(draft, { force: true });
    }
  };
  let previous: Claim | undefined;
  for (;;) {
    try {
      await write(info, (draft) => link(draft, file));
      break;
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
    const claim = await readClaim(file);
    if (claim && (await isHeld(claim))) {
      server.close();
      return { holder: claim };
    }
    previous = claim ?? previous;
    await discard(file, claim?.token);
  }
  const lock: Lock = {
    write: (next) => write(next, (draft) => rename(draft, file)),
    release: async () => {
      server.close();
      if ((await readClaim(file))?.token === token) await rm(file, { force: true });
    },
  };
  return { lock, ...(previous ? { previous: previous.info } : {}) };
}

/** Removes a stale claim, and puts back what it took by mistake because another process was faster. */
async function discard(file: string, token: string | undefined): Promise<void> {
  const aside = `${file}.${process.pid}.stale`;
  try {
    await rename(file, aside);
    const taken = await readClaim(aside);
    if (taken?.token !== token) await link(aside, file);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT' && errorCode(error) !== 'EEXIST') throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

async function readClaim(file: string): Promise<Claim | undefined> {
  try {
    return CLAIM.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
}

/** A holder that is stopped (Ctrl+Z) accepts the connection and says nothing: then its pid decides. */
async function isHeld({ pid, port, token }: Claim): Promise<boolean> {
  const said = await new Promise<string | undefined>((resolve) => {
    let text = '';
    const socket = connect(port, '127.0.0.1');
    socket.setTimeout(ANSWER_WITHIN_MS, () => socket.destroy());
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.on('error', () => resolve(undefined));
    socket.on('close', () => resolve(text));
  });
  if (said === undefined) return false;
  return said === '' ? isAlive(pid) : said === token;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

function answer(token: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.on('error', () => socket.destroy()).end(token));
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(server.unref()));
  });
}
