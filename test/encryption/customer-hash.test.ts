import { customerHash, customerHashes } from '../../encryption/customer-hash.ts';
import { makeKey, parseKeyRing } from '../../encryption/key-ring.ts';

const old = makeKey(new Date('2026-01-01'));
const before = parseKeyRing(old, 'test');
const after = parseKeyRing(`${makeKey(new Date('2026-02-02'))},${old}`, 'test');
const customer = { provider: 'defentry', reference: 'c-1' };

test('a customer has one hash under a key, which tells neither provider nor reference, and no other customer has it', () => {
  const hash = customerHash(before, customer);
  expect(hash).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(customerHash(before, customer)).toBe(hash);
  for (const other of [
    { ...customer, reference: 'c-2' },
    { ...customer, provider: 'facilioo' },
  ]) {
    expect(customerHash(before, other)).not.toBe(hash);
  }
});

test('lines from before a rotation of the key are found by the hashes of after', () => {
  expect(customerHash(after, customer)).not.toBe(customerHash(before, customer));
  expect(customerHashes(after, customer)).toEqual([customerHash(after, customer), customerHash(before, customer)]);
});
