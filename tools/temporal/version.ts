import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The first server with time skipping, which the tests need. */
export const NEEDED_SERVER = '1.32.0';

/** Version of the server inside a `temporal` command, or `undefined` when the file does not run or is something else. */
export async function serverVersion(executable: string): Promise<string | undefined> {
  try {
    const { stdout } = await run(executable, ['--version'], { timeout: 20_000 });
    return /Server (\d+\.\d+\.\d+)/.exec(stdout)?.[1];
  } catch {
    return undefined;
  }
}

/** Compares dotted numbers; missing parts count as 0. */
export function isAtLeast(version: string, needed: string): boolean {
  const [have, want] = [version, needed].map((text) => text.split('.').map(Number));
  for (const [index, part] of want!.entries()) {
    const difference = (have![index] ?? 0) - part;
    if (difference !== 0) return difference > 0;
  }
  return true;
}
