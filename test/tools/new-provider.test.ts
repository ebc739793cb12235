import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { checkout } from './programs.ts';

let folder: string;
let remove: () => Promise<void>;
beforeAll(async () => ({ folder, remove } = await checkout()));
afterAll(() => remove());

const newProvider = (name: string) =>
  spawnSync(process.execPath, ['tools/new-provider.mjs', name], { cwd: folder, encoding: 'utf8' });

const template = execFileSync('git', ['ls-files', '-co', '--exclude-standard', 'examples/provider'], {
  encoding: 'utf8',
});

test('the copy has every file under the new name, and imports what exists', () => {
  const { status, stdout } = newProvider('acme-bank');
  expect(status).toBe(0);
  const homes = ['activities/acme-bank', 'sandbox/acme-bank', 'test/activities/acme-bank', 'tools/start/providers'];
  const found = spawnSync('find', [...homes, 'examples/acme-bank.json', '-type', 'f'], {
    cwd: folder,
    encoding: 'utf8',
  });
  const own = found.stdout.split('\n').filter((file) => file.includes('acme-bank'));
  expect(own).toHaveLength(template.trim().split('\n').length);
  for (const file of own) {
    const text = readFileSync(path.join(folder, file), 'utf8');
    expect(text).not.toMatch(/skeleton/i);
    for (const [, link = ''] of text.matchAll(/from '(\.[^']+)'/g)) {
      const target = path.join(path.dirname(file), link);
      // Tests are not part of this checkout.
      const place = target.startsWith('test/activities/acme-bank') ? folder : target.startsWith('test/') ? '.' : folder;
      expect({ file, link, exists: existsSync(path.join(place, target)) }).toMatchObject({ exists: true });
    }
  }
  expect(stdout).toContain("'acme-bank': { capabilities: ACME_BANK, open: (env) => createAcmeBank(");
});

test.each([
  ['without a name', '', /takes small letters/],
  ['with a name that is none', '../Acme', /takes small letters/],
  ['with a name that is taken', 'facilioo', /activities\/facilioo, .* exists already/],
])('%s it copies nothing and says what to do', (_, name, sentence) => {
  const { status, stderr } = newProvider(name);
  expect(status).toBe(2);
  expect(stderr).toMatch(sentence);
});
