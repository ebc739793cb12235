import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import { cachedBinary, flawOf } from './cache.ts';
import { RELEASE, type Release } from './release.ts';
import { isAtLeast, NEEDED_SERVER, serverVersion } from './version.ts';

export type Finding = { executable: string } | { tried: string[] };

/**
 * An existing command: named by TEMPORAL_CLI_PATH, on PATH, or unaltered in the cache. The first two are the user's
 * own choice, and run as they are. A wrong TEMPORAL_CLI_PATH throws.
 */
export async function findTemporal(env: NodeJS.ProcessEnv, release: Release = RELEASE): Promise<Finding> {
  if (env.TEMPORAL_CLI_PATH) return { executable: await checkNamed(env.TEMPORAL_CLI_PATH) };
  const tried: string[] = [];
  for (const folder of (env.PATH ?? '').split(path.delimiter)) {
    const executable = path.join(folder, 'temporal');
    if (!(await isExecutable(executable))) continue;
    const version = await serverVersion(executable);
    if (version && isAtLeast(version, NEEDED_SERVER)) return { executable };
    tried.push(`PATH: ${executable} is ${describe(version)}`);
    break;
  }
  if (tried.length === 0) tried.push('PATH: no temporal command');
  const cached = await cachedBinary(env);
  const flaw = await flawOf(cached, release);
  return flaw ? { tried: [...tried, `cache: ${flaw}`] } : { executable: cached };
}

async function checkNamed(executable: string): Promise<string> {
  const version = await serverVersion(executable);
  if (version && isAtLeast(version, NEEDED_SERVER)) return executable;
  throw new Error(
    `TEMPORAL_CLI_PATH names ${executable}, which is ${describe(version)}: name a temporal command with server ${NEEDED_SERVER} or newer, or unset it.`,
  );
}

function describe(version: string | undefined): string {
  return version ? `server ${version}, and ${NEEDED_SERVER} is needed` : 'no temporal command that runs';
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
