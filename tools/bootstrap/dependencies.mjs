import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Also with NODE_ENV=production: compiler and tests are development dependencies. None of the packages needs its install script. */
const ARGS = ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund'];

/** Runs `npm ci` unless node_modules holds what package-lock.json says. Ends the process when that fails. */
export async function ensureDependencies() {
  if (isInstalled('package-lock.json', 'node_modules/.package-lock.json')) return;
  process.stdout.write('Installing the packages of package-lock.json (npm ci, 440 MB, half a minute) …\n');
  const code = await guarded('npm', ARGS);
  if (code === 0) return;
  process.stderr.write(
    code === 127
      ? 'There is no npm command: install it with Node from https://nodejs.org.\n'
      : 'npm ci failed, see above. It needs the package registry; once that answers, run the command again.\n',
  );
  process.exit(1);
}

/** Runs a command that ends when this process does, see guard.sh. Answers its exit code. */
function guarded(command, args) {
  const child = spawn('/bin/sh', [path.resolve('tools/process/guard.sh'), command, ...args], {
    env: { ...process.env, GUARD_GRACE_TENTHS: '20' },
    stdio: ['ignore', 'inherit', 'inherit', 'pipe'],
    detached: true,
  });
  return new Promise((resolve) => child.once('exit', resolve));
}

/**
 * npm writes the second file at the very end of an installation, so one that was interrupted has none.
 * @public A test imports it in a process of its own.
 */
export function isInstalled(lockFile, installedFile) {
  const wanted = packages(lockFile);
  const installed = packages(installedFile);
  return Object.entries(wanted).every(
    ([place, { version, optional, devOptional }]) =>
      place === '' || installed[place]?.version === version || (!installed[place] && Boolean(optional ?? devOptional)),
  );
}

function packages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return {};
  }
}
