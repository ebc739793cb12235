import { spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';

/** Compiles to dist/ and prepares the workflow bundle. Ends the process when that fails. */
export function build() {
  const steps = [
    ['node_modules/.bin/tsc', ['-p', 'tsconfig.build.json']],
    [process.execPath, ['dist/worker/build-bundle.js']],
  ];
  for (const [command, args] of steps) {
    const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
    if (status === 0) continue;
    process.stderr.write(`${stdout}${stderr}The build failed: correct what is named above and try again.\n`);
    process.exit(1);
  }
  // npx makes it executable when it first sees the package, and not when it was compiled anew.
  chmodSync('dist/cli/main.js', 0o755);
}
