import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { PROVIDERS } from '../../contract/request.ts';
import { PROVIDERS as SIMULATED } from '../../sandbox/providers.ts';

const VENDOR = new RegExp([...PROVIDERS.flatMap((name) => name.split('-')), 'payway'].join('|'), 'i');

function linesThatName(text: string): string[] {
  return text.split('\n').filter((line) => VENDOR.test(line));
}

it('no workflow names a vendor: the list of providers is the only place', () => {
  const files = ['contract', 'workflows'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => path.join(folder, file)),
  );
  const sources = files.filter((file) => file.endsWith('.ts'));
  expect(sources.length).toBeGreaterThan(30);
  const found = sources.flatMap((file) => linesThatName(readFileSync(file, 'utf8')).map((line) => `${file}: ${line}`));
  expect(found).toEqual([
    `contract/request.ts: export const PROVIDERS = [${PROVIDERS.map((name) => `'${name}'`).join(', ')}] as const;`,
  ]);
});

it('would see one', () => {
  expect(linesThatName("if (provider === 'facilioo') return;")).toHaveLength(1);
  expect(linesThatName('// as Payway does')).toHaveLength(1);
});

it('every provider has its simulator', () => {
  expect(Object.keys(SIMULATED).toSorted()).toEqual(PROVIDERS.toSorted());
});
