import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { spawnGuarded, type GuardedProcess } from './guard.ts';

/** A program that runs until it is stopped. */
export interface Service {
  /** As a person reads it: "Temporal server". */
  name: string;
  command: string;
  args: string[];
  /** The whole environment; this process's own by default. */
  env?: NodeJS.ProcessEnv;
  /** File of its output. */
  log: string;
  isReady: () => Promise<boolean>;
  graceSeconds?: number;
}

const READY_WITHIN_SECONDS = 60;
const LOOK_EVERY_MS = 50;

/**
 * Starts the service and ends when it is ready. Throws with the last lines of its log when it ends or takes too long.
 * @internal
 */
export async function startService(service: Service): Promise<GuardedProcess> {
  const running = spawnService(service);
  await untilReady(service, running);
  return running;
}

export function spawnService({ command, args, log, env = process.env, graceSeconds = 10 }: Service): GuardedProcess {
  return spawnGuarded(command, args, { output: log, env, graceSeconds });
}

/** Stops the service before it throws. */
export async function untilReady(service: Service, running: GuardedProcess): Promise<void> {
  let exitCode: number | undefined;
  void running.exited.then((code) => (exitCode = code));
  const giveUpAt = Date.now() + READY_WITHIN_SECONDS * 1000;
  for (;;) {
    const isReady = await service.isReady();
    // Whatever answers after the exit is somebody else's server.
    if (isReady && exitCode === undefined) return;
    if (exitCode !== undefined || Date.now() > giveUpAt) break;
    await delay(LOOK_EVERY_MS);
  }
  await running.stop();
  const reason =
    exitCode === undefined ? `was not ready within ${READY_WITHIN_SECONDS} s` : `ended with code ${exitCode}`;
  throw new Error(`${service.name} ${reason}. Its log is ${service.log}, and ends:\n${await lastLines(service.log)}`);
}

/** Whether an HTTP GET is answered with success. */
export async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

async function lastLines(file: string): Promise<string> {
  return (await readFile(file, 'utf8')).trimEnd().split('\n').slice(-8).join('\n');
}
