import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { PROVIDERS } from '../../contract/request.ts';
import { PROVIDERS as SIMULATED } from '../../sandbox/providers.ts';

const VENDOR = new RegExp([...PROVIDERS.flatMap((name) => name.split('-')), 'payway'].join('|'), 'i');

function linesThatName(text: string): string[] {
  return text.split('\n').filter((line) => VENDOR.test(line));
}

/** What each provider can do, which runs hear from `checkRequest`, and the list of all environment variables: no workflow reads them. */
const OF_VENDORS = ['contract/provider-capabilities.ts', 'contract/settings.ts'];

it('neither a workflow nor the contract names a vendor, besides the lists of providers, what each can do, and settings', () => {
  const files = ['workflows', 'contract']
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => path.join(folder, file)),
    )
    .filter((file) => file.endsWith('.ts') && !OF_VENDORS.includes(file));
  expect(files.length).toBeGreaterThan(30);
  const found = files.flatMap((file) => linesThatName(readFileSync(file, 'utf8')).map((line) => `${file}: ${line}`));
  expect(found).toEqual([
    `contract/request.ts: export const PROVIDERS = [${PROVIDERS.map((name) => `'${name}'`).join(', ')}] as const;`,
  ]);
  const knowing = files.filter((file) =>
    OF_VENDORS.some((one) => readFileSync(file, 'utf8').includes(path.basename(one))),
  );
  expect(knowing).toEqual(['contract/misspelt.ts']);
});

it('would see one', () => {
  expect(linesThatName("if (provider === 'facilioo') return;")).toHaveLength(1);
  expect(linesThatName('// as Payway does')).toHaveLength(1);
});

it('lint keeps the providers apart, each from all others', () => {
  const rules = readFileSync('.oxlintrc.json', 'utf8');
  for (const name of PROVIDERS) expect(rules).toContain(`"activities/${name}/**/*.ts"`);
  expect(rules).toContain(`(${PROVIDERS.join('|')}|runs)/`);
});

it('every provider has its simulator', () => {
  expect(Object.keys(SIMULATED).toSorted()).toEqual(PROVIDERS.toSorted());
});
