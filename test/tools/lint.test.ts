import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Imports that the import table forbids: each of them must be found. */
const FORBIDDEN = [
  ['contract/a.ts', '../encryption/codec.ts'],
  ['contract/b.ts', 'node:fs'],
  ['encryption/a.ts', '../client/index.ts'],
  ['workflows/index.ts', '../activities/failure.ts'],
  ['workflows/reading/a.ts', 'zod'],
  ['workflows/reading/b.ts', 'fs'],
  ['workflows/engine/a.ts', '../onboarding/state.ts'],
  ['workflows/onboarding/steps/a.ts', '../../offboarding/state.ts'],
  ['workflows/change/a.ts', '../onboarding/state.ts'],
  ['workflows/offboarding/a.ts', '../change/state.ts'],
  ['workflows/member/a.ts', '../change/state.ts'],
  ['workflows/reconciliation/a.ts', '../member/state.ts'],
  ['workflows/event/a.ts', '../reading/workflow.ts'],
  ['activities/a.ts', '../workflows/index.ts'],
  ['activities/defentry/steps/a.ts', '../../facilioo/client.ts'],
  ['activities/tulo-payway/a.ts', '../runs/list.ts'],
  ['activities/http/a.ts', '../failure.ts'],
  ['worker/a.ts', '../client/index.ts'],
  ['client/a.ts', '../activities/failure.ts'],
  ['client/temporal/a.ts', '../../workflows/index.ts'],
  ['cli/a.ts', '../client/errors.ts'],
  ['cli/b.ts', '../gateway/config.ts'],
  ['gateway/routes/a.ts', '../../client/temporal/runs.ts'],
  ['gateway/routes/b.ts', '../../cli/cli.ts'],
  ['sandbox/a.ts', '../contract/request.ts'],
] as const;

/** Imports that the rules must let pass: rules that forbid everything would find the others too. */
const ALLOWED = [
  ['contract/c.ts', './ids.ts'],
  ['encryption/c.ts', '../contract/ids.ts'],
  ['workflows/onboarding/steps/c.ts', '../../change/state.ts'],
  ['workflows/onboarding/d.ts', '../member/run.ts'],
  ['workflows/offboarding/c.ts', '../member/run.ts'],
  ['workflows/reading/c.ts', '../engine/run.ts'],
  ['workflows/reading/d.ts', '../../contract/reading.ts'],
  ['activities/defentry/steps/c.ts', '../../http/send.ts'],
  ['activities/http/c.ts', '../../contract/failures.ts'],
  ['client/temporal/c.ts', '../../encryption/codec.ts'],
  ['cli/commands/c.ts', '../../client/index.ts'],
  ['gateway/routes/c.ts', '../../client/requests/rules.ts'],
] as const;

/** Two files that know only each other's types. */
const CIRCLE = { 'tools/one.ts': './two.ts', 'tools/two.ts': './one.ts' };

test('lint finds a circle of types, and each import that the import table forbids', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'lint-'));
  try {
    await asHere(folder);
    for (const [file, from] of [...FORBIDDEN, ...ALLOWED]) {
      await put(folder, file, `import { it } from '${from}';\nexport const here = it;\n`);
    }
    for (const [file, from] of Object.entries(CIRCLE)) {
      await put(folder, file, `import type { It as Other } from '${from}';\nexport interface It {\n  of?: Other;\n}\n`);
    }
    const found = await lint(folder);
    expect(found).toEqual(
      [
        ...FORBIDDEN.map(([file]) => `${file} import`),
        ...Object.keys(CIRCLE).map((file) => `${file} circle`),
      ].toSorted(),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('lint finds an export that nobody imports, and one that only a test does', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'lint-'));
  try {
    for (const file of ['knip.json', 'package.json']) await copyFile(path.join(ROOT, file), path.join(folder, file));
    await put(folder, 'worker/main.ts', `import { used } from './parts.ts';\nused();\n`);
    const names = ['used', 'tested', 'dead'];
    await put(folder, 'worker/parts.ts', names.map((name) => `export function ${name}(): void {}\n`).join(''));
    await put(folder, 'test/parts.test.ts', `import { tested } from '../worker/parts.ts';\ntested();\n`);
    expect(await deadExports(folder)).toEqual(['dead']);
    expect(await deadExports(folder, '--production')).toEqual(['dead', 'tested']);
  } finally {
    await rm(folder, { recursive: true });
  }
});

async function deadExports(folder: string, ...mode: string[]): Promise<string[]> {
  const command = [
    path.join(ROOT, 'node_modules/knip/bin/knip.js'),
    '--include',
    'exports',
    '--reporter',
    'json',
    ...mode,
  ];
  const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: folder }).catch(
    (error: { stdout: string }) => error,
  );
  const { issues } = JSON.parse(stdout) as { issues: { exports: { name: string }[] }[] };
  return issues.flatMap(({ exports }) => exports.map(({ name }) => name)).toSorted();
}

/** The rules of this house, without those that need types: a compiler would want the whole of it. */
async function asHere(folder: string): Promise<void> {
  const rules = JSON.parse(await readFile(path.join(ROOT, '.oxlintrc.json'), 'utf8')) as { options: object };
  await put(folder, '.oxlintrc.json', JSON.stringify({ ...rules, options: {} }));
}

async function put(folder: string, file: string, text: string): Promise<void> {
  await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
  await writeFile(path.join(folder, file), text);
}

const WORDS: Record<string, string> = {
  'import(no-cycle)': 'circle',
  'import(no-nodejs-modules)': 'import',
  'eslint(no-restricted-imports)': 'import',
};

async function lint(folder: string): Promise<string[]> {
  const command = [path.join(ROOT, 'node_modules/oxlint/bin/oxlint'), '-f', 'json'];
  const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: folder }).catch(
    (error: { stdout: string }) => error,
  );
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; filename: string }[] };
  return [...new Set(diagnostics.map(({ code, filename }) => `${filename} ${WORDS[code] ?? code}`))].toSorted();
}
