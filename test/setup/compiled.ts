import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const FOLDER = path.join(process.env.TEST_RUN_FOLDER ?? '', 'compiled');
const LOCK = `${FOLDER}.lock`;

/**
 * Path of a compiled program, such as `worker/main.js`, as it is run in production. Compiled once per test run, by the test file
 * that asks first, and removed with the run's folder. It starts in a third of the time that tsx takes.
 */
export function compiled(program: string): string {
  if (!process.env.TEST_RUN_FOLDER) throw new Error('TEST_RUN_FOLDER is not set: run the test through `npm test`.');
  while (!existsSync(FOLDER)) {
    if (isFirst()) compile();
    // Nothing else goes on in the processes of a test file that is being loaded.
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
  }
  return path.join(FOLDER, 'dist', program);
}

function isFirst(): boolean {
  try {
    mkdirSync(LOCK);
    return !existsSync(FOLDER);
  } catch {
    return false; // Another test file compiles.
  }
}

function compile(): void {
  const draft = `${FOLDER}.draft`;
  const dist = path.join(draft, 'dist');
  const options = ['--noCheck', '--incremental', 'false', '--tsBuildInfoFile', 'null'];
  const args = ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--outDir', dist, ...options];
  try {
    run(...args);
    writeFileSync(path.join(draft, 'package.json'), '{"type":"module"}');
    symlinkSync(path.resolve('node_modules'), path.join(draft, 'node_modules'), 'dir');
    run(path.join(dist, 'worker/build-bundle.js'));
    // A worker takes the bundle that was built ahead, and must not need these.
    rmSync(path.join(dist, 'workflows'), { recursive: true });
    renameSync(draft, FOLDER);
  } finally {
    rmdirSync(LOCK);
  }
}

function run(...args: string[]): void {
  execFileSync(process.execPath, args, { stdio: 'inherit' });
}
