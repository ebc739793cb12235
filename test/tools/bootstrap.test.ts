import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { temporaryFolder } from './programs.ts';

const run = promisify(execFile);

let folder: string;
let remove: () => Promise<void>;
beforeAll(async () => ({ folder, remove } = await temporaryFolder()));
afterAll(() => remove());

const WANTED = {
  '': { name: 'here' },
  'node_modules/a': { version: '1.0.0' },
  'node_modules/b': { version: '2.0.0', optional: true },
};

test.each([
  ['as wanted', { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '2.0.0' } }, true],
  ['without an optional one', { 'node_modules/a': { version: '1.0.0' } }, true],
  ['with one more', { 'node_modules/a': { version: '1.0.0' }, 'node_modules/c': { version: '3.0.0' } }, true],
  ['with another version', { 'node_modules/a': { version: '1.0.1' } }, false],
  ['without one', {}, false],
  ['interrupted, so without its list', undefined, false],
])('packages %s are installed: %#', async (name, installed, expected) => {
  const place = path.join(folder, name);
  await mkdir(place);
  await writeFile(path.join(place, 'wanted.json'), JSON.stringify({ packages: WANTED }));
  if (installed) await writeFile(path.join(place, 'installed.json'), JSON.stringify({ packages: installed }));
  const code = `
    import { isInstalled } from ${JSON.stringify(path.resolve('tools/bootstrap/dependencies.mjs'))};
    process.stdout.write(String(isInstalled('wanted.json', 'installed.json')));`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', code], { cwd: place });
  expect(stdout).toBe(String(expected));
});

test('npm start --help needs nothing installed', async () => {
  const { stdout } = await run(process.execPath, ['tools/start.mjs', '--help']);
  expect(stdout).toMatch(/^npm start \[-- OPTIONS\][^]*--once[^]*--by-hand/);
});

test('an unknown option is refused with the help, before anything is done', async () => {
  const refused = await run(process.execPath, ['tools/start.mjs', '--onec']).catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringMatching(/^Unknown option '--onec'/) });
});

test('a Node that is too old is refused with the version that is needed', async () => {
  const code = `
    import { checkNode } from ${JSON.stringify(path.resolve('tools/bootstrap/node-version.mjs'))};
    Object.defineProperty(process.versions, 'node', { value: '18.20.0' });
    checkNode(new URL('file://${process.cwd()}/'));`;
  const refused = await run(process.execPath, ['--input-type=module', '--eval', code]).catch((error: unknown) => error);
  expect(refused).toMatchObject({
    code: 1,
    stderr: 'Node 18.20.0 is too old: install Node 20.19 or newer from https://nodejs.org and try again.\n',
  });
});
