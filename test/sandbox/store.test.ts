import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, type Store } from '../../sandbox/core/store.ts';

interface Pet {
  id: string;
  name: string;
  owner: string | null;
}

const pets = (store: Store) => store.table<Pet, 'owner'>('pet', { owner: ({ owner }) => owner });
const folder = mkdtempSync(join(tmpdir(), 'store-'));
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  ['in memory', undefined],
  ['in a file', join(folder, 'rows.db')],
])('rows %s are found by their fields as they are now', (_, path) => {
  const store = openStore(path);
  const table = pets(store);
  table.put({ id: '1', name: 'Rex', owner: 'a' });
  table.put({ id: '2', name: 'Tom', owner: 'a' });
  table.put({ id: '3', name: 'Stray', owner: null });
  table.put({ id: '1', name: 'Rex', owner: 'b' });
  table.remove('3');
  expect(table.find('owner', 'a').map(({ name }) => name)).toEqual(['Tom']);
  expect(table.find('owner', 'b').map(({ name }) => name)).toEqual(['Rex']);
  expect(table.all().map(({ id }) => id)).toEqual(['1', '2']);
  expect(table.get('3')).toBeUndefined();
  store.close();
});

test('a transaction that throws leaves nothing, rows, fields and numbers alike', () => {
  const store = openStore();
  const table = pets(store);
  const spoilt = () =>
    store.transaction(() => {
      table.put({ id: String(table.nextNumber()), name: 'Rex', owner: 'a' });
      throw new Error('spoilt');
    });
  expect(spoilt).toThrow('spoilt');
  expect([table.all(), table.find('owner', 'a'), table.nextNumber()]).toEqual([[], [], 1]);
  store.close();
});

test('numbers go on after a delete and after a restart', () => {
  const path = join(folder, 'numbers.db');
  const first = openStore(path);
  const number = pets(first).nextNumber();
  pets(first).put({ id: String(number), name: 'Rex', owner: null });
  pets(first).remove(String(number));
  first.close();
  const second = openStore(path);
  expect(pets(second).nextNumber()).toBe(2);
  second.close();
});
