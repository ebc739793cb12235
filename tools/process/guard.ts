import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { Duplex } from 'node:stream';

/** Ends the command when this process dies, see there. POSIX only. */
const GUARD = path.resolve('tools/process/guard.sh');

export interface GuardedProcess {
  /** Process group of the command and all its descendants. */
  readonly group: number;
  /** Settles with the exit code (128 + n after signal n) once the command and its watcher are gone. */
  readonly exited: Promise<number>;
  /** SIGTERM, after the grace time SIGKILL; settles as `exited` does. */
  stop(): Promise<number>;
}

export interface GuardOptions {
  /** A file that takes the command's output, appended, or a function that takes it line by line. */
  output: string | ((line: string) => void);
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  /** Seconds between SIGTERM and SIGKILL. */
  graceSeconds?: number;
}

/** Starts a command that dies with this process. Ctrl+C in the terminal reaches only this process, which decides the order. */
export function spawnGuarded(command: string, args: string[], options: GuardOptions): GuardedProcess {
  const { output, graceSeconds = 10 } = options;
  const sink = typeof output === 'string' ? openSync(output, 'a') : 'pipe';
  const child = spawn('/bin/sh', [GUARD, command, ...args], {
    cwd: options.cwd,
    env: { ...(options.env ?? process.env), GUARD_GRACE_TENTHS: String(graceSeconds * 10) },
    stdio: ['ignore', sink, sink, 'pipe'],
    detached: true,
  });
  if (typeof sink === 'number') closeSync(sink);
  if (typeof output === 'function') {
    for (const stream of [child.stdout, child.stderr])
      if (stream) createInterface({ input: stream }).on('line', output);
  }
  const leash = child.stdio[3];
  if (!(leash instanceof Duplex) || child.pid === undefined) throw new Error('/bin/sh could not be started.');
  leash.on('error', () => leash.destroy());
  leash.resume();
  // The shell itself may be killed while the command lives on: letting go of the leash makes the watcher end it.
  child.once('exit', () => leash.end());
  const exited = new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? 137)));
  return {
    group: child.pid,
    exited,
    stop: () => {
      leash.end();
      return exited;
    },
  };
}

/** Whether any process of the group is alive. */
export function groupIsAlive(group: number): boolean {
  try {
    process.kill(-group, 0);
    return true;
  } catch {
    return false;
  }
}
