import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, constants, readFile, rename, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { PLATFORM, type Release } from './release.ts';

/** The Go module that pins the program's version; its hash names the cached program. */
export const MODULE = 'tools/temporal-cli';

/** Where this project keeps its own program, for all clones of the user. */
export async function cachedBinary(env: NodeJS.ProcessEnv): Promise<string> {
  const cache = env.XDG_CACHE_HOME || path.join(homedir(), '.cache');
  const hash = createHash('sha256').update(await readFile(path.join(MODULE, 'go.sum')));
  return path.join(cache, 'durable-onboarding', `temporal-${hash.digest('hex').slice(0, 16)}-${PLATFORM}`);
}

/** Moves a program that was checked into the cache. Its SHA-256 is there first: without it no built one is run. */
export async function keep(program: string, cached: string): Promise<void> {
  await writeFile(hashFile(cached), `${await sha256(program)}\n`);
  await rename(program, cached);
}

/** What speaks against the cached program, or `undefined`: it is run only as it was fetched or built. */
export async function flawOf(cached: string, { pins }: Release): Promise<string | undefined> {
  try {
    await access(cached, constants.X_OK);
  } catch {
    return `no ${cached}`;
  }
  const sum = await sha256(cached);
  const isKnown = sum === pins[PLATFORM]?.sha256 || sum === (await recordedHash(cached));
  return isKnown ? undefined : `${cached} is not what was put there, so it is not run`;
}

export async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}

async function recordedHash(cached: string): Promise<string | undefined> {
  try {
    return (await readFile(hashFile(cached), 'utf8')).trim();
  } catch {
    return undefined;
  }
}

function hashFile(cached: string): string {
  return `${cached}.sha256`;
}
