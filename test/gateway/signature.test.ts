import { createHash } from 'node:crypto';
import { isSecret, isSigned, isTimely, signatureOf, WINDOW_S } from '../../gateway/webhooks/signature.ts';

const [older, newer] = ['an-older-secret-of-32-characters-', 'a-newer-secret-of-32-characters--'];
const body = Buffer.from('{"kind":"emailVerified"}');
const at = '1790000000';
const signed = { timestamp: at, sender: 'generic', body } as const;
const bytes = signatureOf(newer, signed);

/** The same bytes for a reader that does not look at the bits which the padding leaves over. */
function otherBits(base64: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  return `${base64.slice(0, 42)}${alphabet[alphabet.indexOf(base64[42]!) + 1]}=`;
}

test('a short path secret is none, though its hash is known', () => {
  for (const [length, expected] of [
    [0, false],
    [31, false],
    [32, true],
  ] as const) {
    const secret = 'x'.repeat(length);
    expect(isSecret([createHash('sha256').update(secret).digest('hex')], secret)).toBe(expected);
  }
});

describe('a signature', () => {
  test('is HMAC-SHA-256 over timestamp, sender and body, as a sender makes it with a command', () => {
    // printf '1790000000.generic.{"kind":"emailVerified"}' | openssl dgst -sha256 -hmac 'a-newer-secret-of-32-characters--'
    expect(bytes.toString('hex')).toBe('b8f0b42f332a7d59ba67f3c53801e823492feb00a2437588ee2f349ab439ae61');
  });

  test.each([
    ['in hex', bytes.toString('hex'), true],
    ['in capitals', bytes.toString('hex').toUpperCase(), true],
    ['in base64', bytes.toString('base64'), true],
    ['by the older secret, still allowed', signatureOf(older, signed).toString('hex'), true],
    ['by an unknown secret', signatureOf('x'.repeat(32), signed).toString('hex'), false],
    ['of another time', signatureOf(newer, { ...signed, timestamp: '1790000001' }).toString('hex'), false],
    ['of another body', signatureOf(newer, { ...signed, body: Buffer.from('{}') }).toString('hex'), false],
    ['for another sender', signatureOf(newer, { ...signed, sender: 'facilioo' }).toString('hex'), false],
    ['cut off', bytes.toString('hex').slice(0, 32), false],
    ['longer', `${bytes.toString('hex')}00`, false],
    ['in base64 with a blank', ` ${bytes.toString('base64')}`, false],
    ['in base64 with what is none', `${bytes.toString('base64').slice(0, -1)}!=`, false],
    ['in base64 without its padding', bytes.toString('base64').slice(0, -1), false],
    ['in base64url', bytes.toString('base64url').padEnd(44, '='), false],
    ['in base64 with other last bits', otherBits(bytes.toString('base64')), false],
    ['empty', '', false],
  ])('%s: %#', (_, signature, expected) => {
    expect(isSigned([older, newer], signed, signature)).toBe(expected);
  });

  test('of nobody counts where no secret is set', () => expect(isSigned([], signed, '')).toBe(false));
});

test.each([
  ['now', 0, true],
  ['late, within the window', -WINDOW_S, true],
  ['early, within the window', WINDOW_S, true],
  ['too late', -WINDOW_S - 1, false],
  ['too early', WINDOW_S + 1, false],
])('a time stamp that is %s', (_, offset, expected) => {
  expect(isTimely(String(Number(at) + offset), Number(at) * 1000)).toBe(expected);
});

test.each(['', ' ', 'x', '-1', '1e9', '1790000000.5', '1790000000000000', 'Infinity'])(
  '%j is no time stamp',
  (timestamp) => expect(isTimely(timestamp, Number(at) * 1000)).toBe(false),
);

test('a path secret is known by its hash', () => {
  const hashes = [older, newer].map((secret) => createHash('sha256').update(secret).digest('hex'));
  expect([older, newer, `${newer}x`, '', hashes[0]!].map((secret) => isSecret(hashes, secret))).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});
