import { createHash } from 'node:crypto';
import { access, constants, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { isAtLeast, NEEDED_SERVER, serverVersion } from './version.ts';

/** The Go module that pins the command; its hash names the cached binary. */
export const MODULE = 'tools/temporal-cli';

export type Finding = { executable: string } | { tried: string[] };

/** A command that is there already: named by TEMPORAL_CLI_PATH, on PATH, or in the cache. A wrong TEMPORAL_CLI_PATH throws. */
export async function findTemporal(env: NodeJS.ProcessEnv): Promise<Finding> {
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
  if (await isExecutable(cached)) return { executable: cached };
  return { tried: [...tried, `cache: no ${cached}`] };
}

/** Where this project keeps its own build of the command, for all clones of the user. */
export async function cachedBinary(env: NodeJS.ProcessEnv): Promise<string> {
  const cache = env.XDG_CACHE_HOME || path.join(homedir(), '.cache');
  const hash = createHash('sha256').update(await readFile(path.join(MODULE, 'go.sum')));
  const name = `temporal-${hash.digest('hex').slice(0, 16)}-${process.platform}-${process.arch}`;
  return path.join(cache, 'durable-onboarding', name);
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
