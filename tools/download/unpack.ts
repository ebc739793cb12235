import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { openPromise } from 'yauzl';
import { atMost } from './limits.ts';

/** Takes one file out of a zip. */
export async function unzip(archive: string, entryName: string, target: string, mostBytes: number): Promise<void> {
  const zip = await openPromise(archive);
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName !== entryName) continue;
      await pipeline(await zip.openReadStreamPromise(entry), atMost(mostBytes), createWriteStream(target));
      return;
    }
  } finally {
    zip.close();
  }
  throw new Error(`there is no ${entryName} in it`);
}

/** Takes one file out of a .tar.gz. It comes by a pipe: nothing in the archive decides where anything is written. */
export async function untar(archive: string, entryName: string, target: string, mostBytes: number): Promise<void> {
  // `--`: the name is told by a site, and tar has options that run commands.
  const args = ['-xzOf', archive, '--', entryName];
  const tar = spawn('tar', args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = new Promise<number | null>((resolve, reject) => {
    tar.once('error', reject);
    tar.once('close', resolve);
  });
  const [, code] = await Promise.all([pipeline(tar.stdout, atMost(mostBytes), createWriteStream(target)), ended]);
  if (code !== 0) throw new Error(`tar could not take ${entryName} out of it`);
}
