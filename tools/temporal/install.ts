import { chmod, mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { errorMessage } from '../process/errors.ts';
import { takeLock, type Lock } from '../process/lock.ts';
import type { Report } from '../terminal/progress.ts';
import { buildTemporal } from './build.ts';
import { DOWNLOAD_ORIGIN, downloadTemporal } from './download.ts';
import { cachedBinary, findTemporal } from './find.ts';
import { NEEDED_SERVER, serverVersion } from './version.ts';

const LOOK_EVERY_MS = 500;

/**
 * Path of a `temporal` command whose server is new enough: one that is there, else downloaded, else built from source,
 * both into the user's cache. Throws with all that was tried and what to do.
 */
export async function obtainTemporal(
  env: NodeJS.ProcessEnv,
  report: Report,
  origin = DOWNLOAD_ORIGIN,
): Promise<string> {
  const first = await findTemporal(env);
  if ('executable' in first) return first.executable;
  const target = await cachedBinary(env);
  await mkdir(path.dirname(target), { recursive: true });
  const lock = await waitForLock(`${target}.lock`, report);
  try {
    // Another process may have been faster while this one waited.
    const again = await findTemporal(env);
    if ('executable' in again) return again.executable;
    await removeDrafts(target);
    const tried = [...again.tried];
    const ways = {
      download: (draft: string) => downloadTemporal(draft, report, origin),
      'build from source': (draft: string) => buildTemporal(draft, report, env),
    };
    for (const [name, make] of Object.entries(ways)) {
      try {
        await makeBinary(target, make);
        return target;
      } catch (error) {
        tried.push(`${name}: ${errorMessage(error)}`);
        report({ phase: `${name} failed (${errorMessage(error).split('\n')[0]})` });
      }
    }
    throw new Error(missing(tried));
  } finally {
    await lock.release();
  }
}

/** Makes the binary under a name of its own and renames it once it runs, so that a killed attempt leaves no half binary. */
async function makeBinary(target: string, make: (draft: string) => Promise<void>): Promise<void> {
  const draft = `${target}.draft-${process.pid}`;
  try {
    await make(draft);
    await chmod(draft, 0o755);
    if (!(await serverVersion(draft))) throw new Error('the result does not run');
    await rename(draft, target);
  } finally {
    await rm(draft, { force: true });
  }
}

async function removeDrafts(target: string): Promise<void> {
  const folder = path.dirname(target);
  const drafts = (await readdir(folder)).filter((name) => name.startsWith(`${path.basename(target)}.draft-`));
  await Promise.all(drafts.map((name) => rm(path.join(folder, name), { force: true })));
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
    `No temporal command with server ${NEEDED_SERVER} or newer could be found or made. Tried:`,
    ...tried.map((line) => `  - ${line}`),
    'Do one of these:',
    '  - install Go (https://go.dev/dl) and try again: it is then built from source, which needs the Go module proxy and some minutes;',
    '  - install the Temporal CLI (https://docs.temporal.io/cli) and have it on PATH, or name it in TEMPORAL_CLI_PATH;',
    '  - for npm start: set TEMPORAL_ADDRESS to a Temporal server that is running already.',
  ].join('\n');
}
