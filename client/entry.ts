import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The file of a process that shares no code with clients; beside this folder in the sources and in `dist` alike. */
export function entryOf(part: 'worker' | 'sandbox'): string {
  const source = fileURLToPath(new URL(`../${part}/main.ts`, import.meta.url));
  return existsSync(source) ? source : source.replace(/\.ts$/, '.js');
}
