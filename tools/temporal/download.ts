import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { EnvHttpProxyAgent, fetch } from 'undici';
import { z } from 'zod';
import type { Report } from '../terminal/progress.ts';
import { MODULE } from './find.ts';

const run = promisify(execFile);

/** Where the SDK's test environment gets the same file (sdk-core, `ephemeral_server`). */
export const DOWNLOAD_ORIGIN = 'https://temporal.download';

const CONNECT_WITHIN_MS = 5000;
const STALL_MS = 15_000;
const INFO = z.object({ archiveUrl: z.url(), fileToExtract: z.string() });

/** Downloads the command of the pinned version to a file. Fails within seconds where the site can't be reached. */
export async function downloadTemporal(target: string, report: Report, origin = DOWNLOAD_ORIGIN): Promise<void> {
  const dispatcher = new EnvHttpProxyAgent({ connect: { timeout: CONNECT_WITHIN_MS }, bodyTimeout: STALL_MS });
  const folder = path.dirname(target);
  const archive = `${target}.tar.gz`;
  try {
    report({ phase: `asking ${new URL(origin).host} for the Temporal CLI` });
    const query = new URLSearchParams({ arch: arch(), platform: process.platform, format: 'tar.gz' });
    const signal = AbortSignal.timeout(CONNECT_WITHIN_MS);
    const answer = await fetch(`${origin}/cli/${await pinnedVersion()}?${query.toString()}`, { dispatcher, signal });
    if (!answer.ok) throw new Error(`it answered ${answer.status}`);
    const { archiveUrl, fileToExtract } = INFO.parse(await answer.json());
    const { ok, status, body } = await fetch(archiveUrl, { dispatcher });
    if (!ok || !body) throw new Error(`the archive's site answered ${status}`);
    let bytes = 0;
    const counted = Readable.fromWeb(body).on('data', (chunk: Uint8Array) => {
      bytes += chunk.length;
      report({ phase: 'downloading the Temporal CLI, MB', done: Math.round(bytes / 1e6) });
    });
    await pipeline(counted, createWriteStream(archive));
    await run('tar', ['-xzf', archive, '-C', folder, fileToExtract]);
    await rename(path.join(folder, fileToExtract), target);
  } finally {
    await rm(archive, { force: true });
    await dispatcher.close();
  }
}

async function pinnedVersion(): Promise<string> {
  const found = /github\.com\/temporalio\/cli (v\S+)/.exec(await readFile(path.join(MODULE, 'go.mod'), 'utf8'));
  if (!found) throw new Error(`${MODULE}/go.mod names no version of github.com/temporalio/cli`);
  return found[1]!;
}

function arch(): string {
  return process.arch === 'x64' ? 'amd64' : process.arch;
}
