import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import type { ChildProcess } from 'node:child_process';
import { takeLock } from '../../tools/process/lock.ts';
import { eventually } from '../setup/eventually.ts';
import { runTypeScript, temporaryFolder } from './programs.ts';

let folder: string;
let remove: () => Promise<void>;
beforeAll(async () => ({ folder, remove } = await temporaryFolder()));
const children: ChildProcess[] = [];
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await remove();
});

/** Another process that takes the lock and lives on. */
async function holder(file: string): Promise<ChildProcess> {
  const child = runTypeScript(`
    import { takeLock } from './tools/process/lock.ts';
    await takeLock('${file}', { what: 'runs here' });
    setInterval(() => {}, 1000);`);
  children.push(child);
  await eventually('the lock is taken', () => readFile(file, 'utf8').catch(() => undefined));
  return child;
}

async function killed(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await eventually('the holder is gone', () => child.exitCode !== null || child.signalCode !== null);
}

test('a lock that a living process holds is refused, with what that process says', async () => {
  const file = path.join(folder, 'held');
  const child = await holder(file);
  expect(await takeLock(file, null)).toEqual({
    holder: expect.objectContaining({ pid: child.pid, info: { what: 'runs here' } }),
  });
  await killed(child);
});

test('a holder that is stopped still holds', async () => {
  const file = path.join(folder, 'stopped');
  const child = await holder(file);
  child.kill('SIGSTOP');
  expect(await takeLock(file, null)).toHaveProperty('holder.pid', child.pid);
  await killed(child);
});

test('the lock of a killed process is taken over, with what it left', async () => {
  const file = path.join(folder, 'stale');
  await killed(await holder(file));
  const taken = await takeLock(file, null);
  expect(taken).toHaveProperty('previous', { what: 'runs here' });
  if ('lock' in taken) await taken.lock.release();
  await expect(readFile(file)).rejects.toThrow('ENOENT');
});

test('another program with the holder’s process id and port holds nothing', async () => {
  const file = path.join(folder, 'reused');
  const stranger = createServer((socket) => socket.end('220 mail.example.com ready'));
  await new Promise<void>((listening) => stranger.listen(0, '127.0.0.1', listening));
  const address = stranger.address();
  const port = typeof address === 'object' ? address?.port : 0;
  await writeFile(file, JSON.stringify({ pid: process.pid, port, token: 'x', info: null }));
  expect(await takeLock(file, null)).toHaveProperty('lock');
  stranger.close();
});

test('a lock file that is no lock file is taken over', async () => {
  const file = path.join(folder, 'garbage');
  await writeFile(file, '{"pid":');
  expect(await takeLock(file, null)).toHaveProperty('lock');
});

test('of many at once exactly one gets the lock, also when a stale one lies there', async () => {
  const file = path.join(folder, 'race');
  await writeFile(file, JSON.stringify({ pid: 1, port: 1, token: 'x', info: null }));
  const taken = await Promise.all(Array.from({ length: 20 }, () => takeLock(file, null)));
  expect(taken.filter((each) => 'lock' in each)).toHaveLength(1);
});

test('a released lock is free, and what its holder wrote is seen until then', async () => {
  const file = path.join(folder, 'released');
  const first = await takeLock(file, 'first');
  if (!('lock' in first)) throw new Error('not taken');
  await first.lock.write('second');
  expect(await takeLock(file, null)).toHaveProperty('holder.info', 'second');
  await first.lock.release();
  expect(await takeLock(file, null)).toHaveProperty('lock');
});
