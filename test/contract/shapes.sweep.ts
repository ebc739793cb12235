import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PARTS = ['contract', 'encryption', 'workflows', 'activities', 'worker', 'client', 'cli', 'gateway'];

/** An optional field is added to each of these; every file that has to say something about it. */
const ADDED = [
  {
    shape: 'OnboardingRequest',
    file: 'contract/request.ts',
    answers: [
      'activities/defentry/rules.ts',
      'activities/facilioo/rules.ts',
      'activities/tulo-payway/rules.ts',
      'client/requests/onboarding.ts',
      'contract/correction.ts',
    ],
  },
  {
    shape: 'Person',
    file: 'contract/request.ts',
    answers: [
      'activities/defentry/change-rules.ts',
      'activities/defentry/rules.ts',
      'activities/facilioo/rules.ts',
      'activities/tulo-payway/change-rules.ts',
      'activities/tulo-payway/rules.ts',
      'client/requests/change.ts',
      'client/requests/person.ts',
      'contract/correction.ts',
      'workflows/engine/guards.ts',
    ],
  },
  {
    shape: 'Progress',
    file: 'contract/progress.ts',
    answers: ['gateway/routes/outputs.ts', 'workflows/onboarding/progress.ts'],
  },
];

test('an optional field that is added to a shape does not compile until every place has answered', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'shapes-'));
  try {
    const copied = [...PARTS, 'package.json', 'tsconfig.json'];
    await Promise.all(copied.map((name) => cp(path.join(ROOT, name), path.join(folder, name), { recursive: true })));
    await symlink(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
    // One after the other: of several mistakes in one expression the compiler names one.
    for (const { shape, file, answers } of ADDED) {
      const source = await readFile(path.join(folder, file), 'utf8');
      const head = `export interface ${shape} {\n`;
      expect(source).toContain(head);
      await writeFile(path.join(folder, file), source.replace(head, `${head}  added?: string;\n`));
      const lines = await compile(folder);
      await writeFile(path.join(folder, file), source);
      expect(lines.filter((line) => !line.includes("'added'"))).toEqual([]);
      expect([...new Set(lines.map((line) => line.replace(/\(.*/s, '')))].toSorted()).toEqual(answers);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});

/** One line for each thing that does not compile. */
async function compile(folder: string): Promise<string[]> {
  const command = [
    path.join(ROOT, 'node_modules/typescript/bin/tsc'),
    '--pretty',
    'false',
    '--incremental',
    'false',
    '--tsBuildInfoFile',
    'null',
  ];
  const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: folder }).catch(
    (error: { stdout: string }) => error,
  );
  // What explains a line stands below it, indented.
  return stdout.replaceAll(/\n +/g, ' ').split('\n').filter(Boolean);
}
