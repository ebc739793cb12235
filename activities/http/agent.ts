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

/** The source tree has the file two folders up; `dist/` lies one deeper. */
const MANIFEST = ['../../package.json', '../../../package.json']
  .map((path) => new URL(path, import.meta.url))
  .find((url) => existsSync(url));

/** By it a vendor's support finds our calls. */
export const USER_AGENT = `durable-onboarding/${versionIn(MANIFEST)}`;

function versionIn(manifest: URL | undefined): string {
  if (!manifest) return 'unknown';
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(manifest, 'utf8'))).version;
}
