import { createHmac, hkdfSync } from 'node:crypto';
import { accountHash, accountHashes } from '../../encryption/account-hash.ts';
import { makeKey, parseKeyRing } from '../../encryption/key-ring.ts';
import { PROVIDER_CAPABILITIES } from '../../contract/provider-capabilities.ts';
import { withSearchableAccount } from '../../worker/searchable-account.ts';
import type { OnboardingRequest } from '../../contract/request.ts';

const CAPABILITIES = PROVIDER_CAPABILITIES.defentry;

const account = { provider: 'defentry', accountId: 'acc-1' };
const [older, newer] = [makeKey(), makeKey()];
const before = parseKeyRing(older, 'test');
const after = parseKeyRing(`${newer},${older}`, 'test');

it('is HMAC-SHA-256 of provider and id under a key derived by HKDF', () => {
  const key = Buffer.from(older.split(':')[1]!, 'base64');
  const derived = Buffer.from(hkdfSync('sha256', key, '', 'durable-onboarding account hash', 32));
  const expected = createHmac('sha256', derived).update('["defentry","acc-1"]').digest('base64url');
  expect(accountHash(before, account)).toBe(expected);
});

it('fits a Keyword, and a list filter without quoting', () => {
  expect(accountHash(before, account)).toMatch(/^[\w-]{43}$/);
});

it.each([
  [{ provider: 'facilioo', accountId: 'acc-1' }, before],
  [{ provider: 'defentry', accountId: 'acc-2' }, before],
  // Told apart though the parts joined give the same text.
  [{ provider: 'defentry","acc', accountId: '1' }, before],
  [account, after],
])('differs for %j', (other, ring) => {
  expect(accountHash(ring, other)).not.toBe(accountHash(before, account));
});

it('after a rotation is written under the new key, and looked for under all', () => {
  const written = accountHash(after, account);
  expect(accountHashes(after, account)).toEqual([written, accountHash(before, account)]);
});

it.each([true, false])(
  'is in the answer of createAccount, also of an account that was adopted (created: %s)',
  async (created) => {
    const createAccount = async () => ({ accountId: 'acc-1', created });
    const hosted = withSearchableAccount('defentry', { createAccount }, before);
    const person = { firstName: 'Ada', lastName: 'Test' };
    const request: OnboardingRequest = { provider: 'defentry', reference: 'c-1', kind: 'single', person };
    const answer = { accountId: 'acc-1', created, accountHash: accountHash(before, account) };
    expect(await hosted.createAccount!({ request })).toEqual(answer);
  },
);

it('is in the answer of findAccount when there is an account', async () => {
  const capabilities = CAPABILITIES;
  const found = async ({ accountId }: { accountId?: string }) => ({ capabilities, ...(accountId && { accountId }) });
  const { findAccount } = withSearchableAccount('defentry', { findAccount: found }, before);
  const answer = { capabilities, accountId: 'acc-1', accountHash: accountHash(before, account) };
  expect(await findAccount!({ reference: 'c-1', accountId: 'acc-1' })).toEqual(answer);
  expect(await findAccount!({ reference: 'c-1' })).toEqual({ capabilities });
});
