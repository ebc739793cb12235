import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { LongestFirst } from './test/setup/longest-first.mjs';

/** `npm test` proves each promise once; `npm run test:all` adds the sweeps: every path × every fault, chaos, fuzz, heap. */
const endings = process.env['ONBOARDING_TEST_ALL'] ? '{test,sweep}.ts' : 'test.ts';

/**
 * They install a Temporal runtime of their own, of which a process has one, count the calls of functions that other files have called, too, or
 * read the stacks of errors, which workers in the same process rewrite.
 */
const OWN_PROCESS = [
  `test/{leak,replay}/**/*.${endings}`,
  `test/activities/routes.${endings}`,
  'test/worker/redaction.test.ts',
];

const common: TestProjectInlineConfiguration['test'] = {
  globals: true,
  pool: 'forks',
  experimental: { viteModuleRunner: false, nodeLoader: false },
  // More room for what is short-lived: garbage is collected half as often.
  execArgv: ['--max-semi-space-size=64', '--import', 'tsx', '--import', './test/setup/ends-with-parent.mjs'],
  // For what hangs. A machine that is busy with other things takes several times what an idle one does.
  testTimeout: 600_000,
  hookTimeout: 600_000,
};

export default defineConfig({
  test: {
    globalSetup: 'test/setup/global-setup.ts',
    // On two cores. Much of each test is a wait for a server or a program, so there are more than there are cores.
    maxWorkers: 7,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          ...common,
          name: 'one process for many',
          include: [`test/**/*.${endings}`],
          exclude: OWN_PROCESS,
          // Loading the modules of Temporal, fastify and zod anew for each file was a third of the whole.
          isolate: false,
        },
      },
      { test: { ...common, name: 'a process for each', include: OWN_PROCESS } },
    ],
  },
});
