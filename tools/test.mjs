// npm test [-- JEST ARGUMENTS]. Runs before anything is installed, so only Node's own modules are imported at the top.
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureDependencies } from './bootstrap/dependencies.mjs';
import { checkNode } from './bootstrap/node-version.mjs';
import { whenNpmEnds } from './bootstrap/parent.mjs';

/** Two idle cores need half of it; something hangs in what takes longer. */
const MINUTES = 40;

/** Where more files fail, the change is at fault and not the moment. */
const FEW = 5;

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
  const jest = async (...more) => (await runCLI(await buildArgv(more), [process.cwd()])).results;
  const whole = await jest(...args);
  const failed = whole.testResults.filter((file) => file.numFailingTests > 0 || file.testExecError);
  const again =
    args.length === 0 && failed.length > 0 && failed.length <= FEW ? await runAgain(jest, failed) : undefined;
  // A file that does not even load has no failed test of its own.
  const { numFailedTests, numRuntimeErrorTestSuites, success } = again ?? whole;
  const passed = again ? whole.numPassedTests - sum(failed) + again.numPassedTests : whole.numPassedTests;
  process.stdout.write(`${passed} passed, ${numFailedTests + numRuntimeErrorTestSuites} failed\n`);
  return success ? 0 : 1;
}

/** Alone, which tells what is broken from what another test or the machine disturbed. The latter is named: it is a bug too. */
async function runAgain(jest, failed) {
  const names = failed.map(({ testFilePath }) => relative(process.cwd(), testFilePath));
  process.stderr.write(`\nFailed, and run once more, alone: ${names.join(', ')}\n`);
  const again = await jest('--runInBand', '--runTestsByPath', ...names);
  for (const [index, file] of failed.entries()) {
    const second = again.testResults.find(({ testFilePath }) => testFilePath === file.testFilePath);
    if (!second || second.numFailingTests > 0 || second.testExecError) continue;
    process.stderr.write(
      `UNSTABLE ${names[index]}: passed alone. How it failed before:\n${file.failureMessage ?? ''}\n`,
    );
  }
  return again;
}

function sum(files) {
  return files.reduce((total, { numPassingTests }) => total + numPassingTests, 0);
}

function stop(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
