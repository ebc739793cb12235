import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { LongestFirst } from './test/setup/longest-first.mjs';

/** `npm test` proves each promise once; `npm run test:all` adds the sweeps: every path × every fault, chaos, fuzz, heap. */
const endings = process.env['ONBOARDING_TEST_ALL'] ? '{test,sweep}.ts' : 'test.ts';

/** Their files install a Temporal runtime of their own, of which a process has one. */
const OWN_PROCESS = '{leak,replay}';

const common: TestProjectInlineConfiguration['test'] = {
  globals: true, setupFiles: ['./node_modules/cpu-setup.mjs'],
  pool: 'forks',
  experimental: { viteModuleRunner: false, nodeLoader: false },
  execArgv: ['--import', 'tsx', '--import', './test/setup/ends-with-parent.mjs'],
  // For what hangs. A machine that is busy with other things takes several times what an idle one does.
  testTimeout: 600_000,
  hookTimeout: 600_000,
};

export default defineConfig({
  test: {
    globalSetup: 'test/setup/global-setup.ts',
    // On two cores. Much of each test is a wait for a server or a program, so there are twice as many as there are cores.
    maxWorkers: 4,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          ...common,
          name: 'one process for many',
          include: [`test/**/*.${endings}`],
          exclude: [`test/${OWN_PROCESS}/**`],
          // Loading the modules of Temporal, fastify and zod anew for each file was a third of the whole.
          isolate: false,
        },
      },
      { test: { ...common, name: 'a process for each', include: [`test/${OWN_PROCESS}/**/*.${endings}`] } },
    ],
  },
});
