// npm test [-- JEST ARGUMENTS]. Runs before anything is installed, so only Node's own modules are imported at the top.
import { fileURLToPath } from 'node:url';
import { ensureDependencies } from './bootstrap/dependencies.mjs';
import { checkNode } from './bootstrap/node-version.mjs';
import { whenNpmEnds } from './bootstrap/parent.mjs';

/** Two idle cores need half of it; something hangs in what takes longer. */
const MINUTES = 40;

const root = new URL('../', import.meta.url);
checkNode(root);
process.chdir(fileURLToPath(root));
whenNpmEnds(() => process.exit(1));
await ensureDependencies();
process.env.TEMPORAL_CLI_PATH = await temporalCommand().catch((error) => stop(error.message));
setTimeout(() => stop(`The tests took longer than ${MINUTES} minutes and were stopped.`), MINUTES * 60_000).unref();
process.exit(await runTests(process.argv.slice(2)));

/** Path of the command that starts the server; found, downloaded or built, with progress. */
async function temporalCommand() {
  const { tsImport } = await import('tsx/esm/api');
  const { temporalCommand: obtain } = await tsImport('./temporal/main.ts', import.meta.url);
  return obtain();
}

/** In this process, so that nothing of it outlives this process. Ends with a line of counts; answers the exit code. */
async function runTests(args) {
  process.env.NODE_ENV ??= 'test';
  const { buildArgv, runCLI } = await import('jest');
  const { results } = await runCLI(await buildArgv(args), [process.cwd()]);
  // A file that does not even load has no failed test of its own.
  const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
  process.stdout.write(`${results.numPassedTests} passed, ${failed} failed\n`);
  return results.success ? 0 : 1;
}

function stop(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
