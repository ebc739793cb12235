import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * The compiled worker with its workflow bundle, as it is run in production. Made once per test run, beside the run's bundle, and
 * removed with it.
 */
export function compiledWorker(): string {
  const bundle = process.env.TEST_WORKFLOW_BUNDLE;
  if (!bundle) throw new Error('TEST_WORKFLOW_BUNDLE is not set: run the test through `npm test`.');
  const folder = path.join(process.env.TEST_RUN_FOLDER!, 'compiled');
  if (!existsSync(folder)) compile(bundle, folder);
  return path.join(folder, 'dist/worker/main.js');
}

function compile(bundle: string, folder: string): void {
  const draft = mkdtempSync(`${folder}-`);
  const dist = path.join(draft, 'dist');
  const options = ['--noCheck', '--incremental', 'false', '--tsBuildInfoFile', 'null'];
  const args = ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--outDir', dist, ...options];
  execFileSync(process.execPath, args, { stdio: 'inherit' });
  copyFileSync(bundle, path.join(dist, 'workflow-bundle.js'));
  writeFileSync(path.join(draft, 'package.json'), '{"type":"module"}');
  symlinkSync(path.resolve('node_modules'), path.join(draft, 'node_modules'), 'dir');
  try {
    renameSync(draft, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(draft, { recursive: true }); // another test file was quicker
  }
}
