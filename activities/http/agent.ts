import { existsSync, readFileSync } from 'node:fs';
import { EnvHttpProxyAgent } from 'undici';
import type { Dispatcher } from 'undici';
import { z } from 'zod';

/** A provider on this machine, such as a sandbox, is never behind a proxy. */
const HERE = ['localhost', '127.0.0.1', '[::1]'];

/** Connections as the platform team sets them: through `HTTPS_PROXY` or `HTTP_PROXY`, but for the hosts in `NO_PROXY`. */
export function createDispatcher(connectTimeoutMs: number): Dispatcher {
  const except = process.env['no_proxy'] ?? process.env['NO_PROXY'] ?? '';
  return new EnvHttpProxyAgent({
    connect: { timeout: connectTimeoutMs },
    noProxy: except === '*' ? '*' : [except, ...HERE].join(','),
  });
}

/** By it a vendor's support finds our calls. */
export const USER_AGENT = `durable-onboarding/${ownVersion()}`;

/** From our manifest: the source tree has it two folders up, `dist/` lies one deeper. */
function ownVersion(): string {
  for (const path of ['../../package.json', '../../../package.json']) {
    const url = new URL(path, import.meta.url);
    const manifest: unknown = existsSync(url) ? JSON.parse(readFileSync(url, 'utf8')) : undefined;
    const read = z.object({ version: z.string() }).safeParse(manifest);
    if (read.success) return read.data.version;
  }
  return 'unknown';
}
