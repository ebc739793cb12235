import { spawnSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sample } from '../setup/sample.ts';
import { checkout, script } from './programs.ts';

let folder: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ folder, remove } = await checkout());
  await writeFile(
    path.join(folder, 'vitest.config.ts'),
    `export default { test: { globals: true, include: ['test/*.test.js'] } };`,
  );
});
afterAll(() => remove());

const PASSES = `test('passes', () => undefined);`;
const FAILS = `test('fails', () => { throw new Error('always'); });`;
/** What it disturbed is gone when it runs again. */
const DISTURBED = `import { existsSync, writeFileSync } from 'node:fs';
test('disturbed', () => {
  const { pathname } = new URL(import.meta.url);
  const known = existsSync(pathname + '.ran');
  writeFileSync(pathname + '.ran', '');
  if (!known) throw new Error('the first time');
});`;

/** `npm test` over these files. */
async function npmTest(files: string[], ...args: string[]) {
  const tests = path.join(folder, 'test');
  await rm(tests, { recursive: true, force: true });
  await mkdir(tests);
  for (const [index, body] of files.entries()) await writeFile(path.join(tests, `file-${index}.test.js`), body);
  const temporal = await script(
    path.join(folder, 'temporal'),
    'echo "temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)"',
  );
  const env = { ...process.env, TEMPORAL_CLI_PATH: temporal, NO_COLOR: '1' };
  const { status, stdout, stderr } = spawnSync(process.execPath, ['tools/test.mjs', ...args], { cwd: folder, env });
  return { status, said: String(stderr), counts: String(stdout).trim().split('\n').at(-1) };
}

test('a test that passes alone after it failed among the others is named with how it failed, and the run has failed', async () => {
  const { status, said, counts } = await npmTest([`${DISTURBED}\n${PASSES}`, PASSES]);
  expect([status, counts]).toEqual([1, '2 passed, 1 failed']);
  expect(said).toMatch(/UNSTABLE test\/file-0\.test\.js: passed alone[^]*the first time/);
});

const CASES: [string, string[], string[], string][] = [
  ['that fails alone, too', [PASSES, FAILS, `${DISTURBED}\n${FAILS}`], [], '1 passed, 3 failed'],
  ['that does not load', [PASSES, 'throw new Error()'], [], '1 passed, 1 failed'],
  ['of many', Array.from({ length: 6 }, () => DISTURBED), [], '0 passed, 6 failed'],
  ['that was asked for by name', [DISTURBED], ['file-0'], '0 passed, 1 failed'],
];

test.each(sample(CASES, 1))('a test %s ends with 1', async (_, files, args, counts) => {
  expect(await npmTest(files, ...args)).toMatchObject({ status: 1, counts });
});
