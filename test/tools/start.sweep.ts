import { spawn, type ChildProcess } from 'node:child_process';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { groupIsAlive } from '../../tools/process/guard.ts';
import { eventually } from '../setup/eventually.ts';
import { checkout } from './programs.ts';

let folder: string;
let remove: () => Promise<void>;

beforeAll(async () => ({ folder, remove } = await checkout()));

const running: ChildProcess[] = [];
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  await eventually('everything is gone', async () => !(await groups()).some(groupIsAlive));
  await remove();
});

interface Run {
  child: ChildProcess;
  output: () => string;
  ended: Promise<number | null>;
}

function start(...args: string[]): Run {
  const env = { ...process.env, NO_COLOR: '1' };
  const child = spawn(process.execPath, [path.join(folder, 'tools/start.mjs'), ...args], { env, stdio: 'pipe' });
  running.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, output: () => output, ended };
}

/** Process groups of everything that was started. */
async function groups(): Promise<number[]> {
  const lock = await readFile(path.join(folder, '.onboarding/running.lock'), 'utf8').catch(() => undefined);
  return lock ? JSON.parse(lock).info.groups : [];
}

test('killed in the middle it leaves no process, started again it goes on, and the ledger proves each step', async () => {
  // By hand, so that nobody ends the onboarding before it is killed, however slow the machine.
  const first = start('--by-hand');
  await eventually('the e-mail is waited for', () => first.output().includes('E-mail verified: waiting'), 180_000);
  const second = start();
  // The command that it prints for people without a client library.
  const [, url] = /curl (http:\S+\/progress)/.exec(first.output())!;
  const told = await fetch(url!);
  expect([told.status, JSON.parse(await told.text())]).toMatchObject([200, { reference: 'family-lindqvist' }]);
  expect(await second.ended).toBe(1);
  expect(second.output()).toMatch(/npm start is running here already, as process \d+[^]*Temporal UI: http:[^]*Ctrl\+C/);

  const started = await groups();
  expect(started).toHaveLength(4);
  first.child.kill('SIGKILL');
  await eventually('everything is gone', () => !started.some(groupIsAlive));

  const third = start('--once');
  expect(await third.ended).toBe(0);
  expect(third.output()).toContain('Going on with family-lindqvist at defentry.');
  expect(third.output()).toContain('Outcome: completed, and the ledger of the sandbox proves each step.');
  expect(await groups()).toEqual([]);
  expect(await openToOthers()).toEqual([]);
});

/** Files and folders of the run that anybody but their owner may open. */
async function openToOthers(): Promise<string[]> {
  const place = path.join(folder, '.onboarding');
  const names = ['', ...(await readdir(place, { recursive: true }))];
  expect(names.length).toBeGreaterThan(5);
  const modes = await Promise.all(
    names.map(async (name) => ({ name, mode: (await stat(path.join(place, name))).mode })),
  );
  return modes.filter(({ mode }) => (mode & 0o077) !== 0).map(({ name }) => name);
}
