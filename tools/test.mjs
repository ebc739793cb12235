// npm test [-- PATTERN … VITEST OPTIONS], npm run test:all. Ends with 0, 1 (something failed) or 3 (all that failed is UNSTABLE). Runs before anything is installed, so only Node's own modules are imported at the top.
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureDependencies } from './bootstrap/dependencies.mjs';
import { checkNode } from './bootstrap/node-version.mjs';
import { whenNpmEnds } from './bootstrap/parent.mjs';

/** Two idle cores need a third of it; something hangs in what takes longer. */
const MINUTES = 40;

/** Where more files fail, the change is at fault and not the moment. */
const FEW = 5;

/** All that failed passed alone. A failure, and yet one that a script can tell from the others. */
const ONLY_UNSTABLE = 3;

const root = new URL('../', import.meta.url);
checkNode(root);
process.chdir(fileURLToPath(root));
whenNpmEnds(() => process.exit(1));
await ensureDependencies();
const { register } = await import('tsx/esm/api');
register();
const { temporalCommand } = await import('./temporal/main.ts');
process.env.TEMPORAL_CLI_PATH = await temporalCommand().catch((error) => stop(error.message));
setTimeout(() => stop(`The tests took longer than ${MINUTES} minutes and were stopped.`), MINUTES * 60_000).unref();
process.exit(await runTests(process.argv.slice(2)));

/** Ends with a line of counts; answers the exit code. */
async function runTests(args) {
  const all = args.includes('--all');
  if (all) process.env.ONBOARDING_TEST_ALL = 'true';
  const { parseCLI } = await import('vitest/node');
  const { filter, options } = parseCLI(['vitest', 'run', ...args.filter((arg) => arg !== '--all')]);
  const whole = await vitest(filter, options);
  const few = filter.length === 0 && whole.failedFiles.length > 0 && whole.failedFiles.length <= FEW;
  const passedAlone = few ? await nameUnstable(whole.failedFiles) : false;
  process.stdout.write(`${whole.passed} passed, ${whole.failed} failed\n`);
  if (passedAlone && whole.unhandled === 0) return ONLY_UNSTABLE;
  return whole.failed === 0 && whole.passed > 0 ? 0 : 1;
}

/** In this process, so that nothing of it outlives this process. */
async function vitest(filter, options) {
  const { startVitest } = await import('vitest/node');
  const run = await startVitest('test', filter, { ...options, run: true, watch: false });
  const modules = run.state.getTestModules();
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const failedFiles = modules.filter((module) => module.state() === 'failed');
  const countOf = (state) => tests.filter((test) => test.result().state === state).length;
  // A file that does not even load, or whose set-up or clearing away fails, has no failed test of its own.
  const withoutTest = failedFiles.filter((module) => ![...module.children.allTests('failed')].length).length;
  const unhandled = run.state.getUnhandledErrors().length;
  await run.close();
  return { passed: countOf('passed'), failed: countOf('failed') + withoutTest + unhandled, failedFiles, unhandled };
}

/** A file that fails among the others and passes alone shows a bug, in a test or in what it tests; the run has failed all the same. Answers whether all did. */
async function nameUnstable(failedFiles) {
  const names = failedFiles.map(({ moduleId }) => relative(process.cwd(), moduleId));
  process.stderr.write(`\nFailed, and run once more, alone, to tell what is unstable: ${names.join(', ')}\n`);
  const again = await vitest(names, { maxWorkers: 1, fileParallelism: false });
  const failedAgain = new Set(again.failedFiles.map(({ moduleId }) => moduleId));
  for (const [index, module] of failedFiles.entries()) {
    if (failedAgain.has(module.moduleId)) continue;
    process.stderr.write(`UNSTABLE ${names[index]}: passed alone. How it failed before:\n${failureOf(module)}\n`);
  }
  return failedAgain.size === 0;
}

function failureOf(module) {
  const tests = [...module.children.allTests('failed')];
  const errors = [...module.errors(), ...tests.flatMap((test) => test.result().errors ?? [])];
  return errors.map((error) => error.stack ?? error.message).join('\n');
}

function stop(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
