import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { PROVIDERS } from '../../contract/request.ts';

const VENDOR = new RegExp([...PROVIDERS.flatMap((name) => name.split('-')), 'payway'].join('|'), 'i');

function linesThatName(text: string): string[] {
  return text.split('\n').filter((line) => VENDOR.test(line));
}

it('no workflow names a vendor', () => {
  const files = readdirSync('workflows', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  expect(files.length).toBeGreaterThan(30);
  const found = files.flatMap((file) =>
    linesThatName(readFileSync(path.join('workflows', file), 'utf8')).map((line) => `${file}: ${line}`),
  );
  expect(found).toEqual([]);
});

it('would see one', () => {
  expect(linesThatName("if (provider === 'facilioo') return;")).toHaveLength(1);
  expect(linesThatName('// as Payway does')).toHaveLength(1);
});
