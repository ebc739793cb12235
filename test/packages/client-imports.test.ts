import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, normalize } from 'node:path';

const root = join(import.meta.dirname, '../..');
const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  dependencies: Record<string, string>;
};

/** Every file that the library reaches from its index, types included, and every package these files name. */
const reachOf = (entry: string) => {
  const files = new Set<string>();
  const packages = new Map<string, string>();
  const visit = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    const text = readFileSync(join(root, file), 'utf8');
    for (const [, name = ''] of text.matchAll(/(?:\bfrom|\bimport\(|^import)\s*'([^']+)'/gm)) {
      if (name.startsWith('.')) visit(normalize(join(dirname(file), name)));
      else if (!isBuiltin(name)) packages.set(name.split('/', name.startsWith('@') ? 2 : 1).join('/'), file);
    }
  };
  visit(entry);
  return { files: [...files], packages };
};

const { files, packages } = reachOf('client/index.ts');

describe('what the library reaches', () => {
  it('is its own folder, the contract and the encryption, and nothing of the server', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(files.filter((file) => !/^(client|contract|encryption)\//.test(file))).toEqual([]);
  });

  it('is installed with it: every package is a dependency, and none of them is the worker', () => {
    const names = [...packages.keys()];
    expect(names).toContain('@temporalio/client');
    expect(names.filter((name) => !(name in dependencies))).toEqual([]);
    expect(names.filter((name) => /^@temporalio\/(worker|workflow|activity|testing)$/.test(name))).toEqual([]);
  });
});
