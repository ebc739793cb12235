import { openTicket, returnEventId, sealTicket, type ReturnTicket } from '../../gateway/returns/token.ts';
import { makeKey, parseKeyRing } from '../../encryption/key-ring.ts';

const [older, newer] = [makeKey(), makeKey()];
const ring = parseKeyRing(newer, 'test');
const ticket: ReturnTicket = {
  kind: 'email',
  provider: 'tulo-payway',
  reference: 'customer-4711',
  language: 'sv',
  expiresAt: Date.UTC(2026, 11, 1),
};

test('a ticket comes back as it was, for the longest reference too', () => {
  for (const reference of [ticket.reference, 'r'.repeat(64)]) {
    const token = sealTicket(ring, { ...ticket, reference });
    expect(openTicket(ring, token)).toEqual({ ...ticket, reference });
  }
});

test('a token shows nothing of the ticket, and no two are alike', () => {
  const tokens = [sealTicket(ring, ticket), sealTicket(ring, ticket)];
  expect(tokens[0]).not.toBe(tokens[1]);
  for (const token of tokens) {
    const bytes = Buffer.from(token, 'base64url').toString('latin1');
    for (const part of ['customer', '4711', 'payway', 'email', ring.writing]) expect(token + bytes).not.toContain(part);
  }
});

test('a token lives on after a rotation of the keys, and ends when its key is gone', () => {
  const token = sealTicket(parseKeyRing(older, 'test'), ticket);
  expect(openTicket(parseKeyRing(`${newer},${older}`, 'test'), token)).toEqual(ticket);
  expect(openTicket(ring, token)).toBeUndefined();
});

describe('nobody else makes a token', () => {
  const token = sealTicket(ring, ticket);
  const bytes = Buffer.from(token, 'base64url');

  test.each([
    ['empty', ''],
    ['one character', 'A'],
    ['only a nonce', 'A'.repeat(16)],
    ['cut off', token.slice(0, -4)],
    ['longer', `${token}AAAA`],
    ['very long', 'A'.repeat(100_000)],
    ['not base64url', `${token.slice(0, -1)}%`],
    ['zeros', Buffer.alloc(bytes.length).toString('base64url')],
  ])('%s', (_, given) => expect(openTicket(ring, given)).toBeUndefined());

  test('with any single bit changed', () => {
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      expect(openTicket(ring, changed.toString('base64url'))).toBeUndefined();
    }
  });

  test('by another spelling of the same bytes', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    // Of a length that leaves spare bits in the last character.
    const odd = ['a', 'ab', 'abc'].map((reference) => sealTicket(ring, { ...ticket, reference }));
    const spare = odd.find((text) => text.length % 4 !== 0)!;
    const spellings = alphabet.split('').map((last) => spare.slice(0, -1) + last);
    const same = spellings.filter((text) => Buffer.from(text, 'base64url').equals(Buffer.from(spare, 'base64url')));
    expect(same.length).toBeGreaterThan(1);
    expect(same.filter((text) => openTicket(ring, text) !== undefined)).toEqual([spare]);
  });
});

test('a return is one event, another identification through the same address is another, and neither shows the token', () => {
  const token = sealTicket(ring, ticket);
  expect(returnEventId(token)).toBe(returnEventId(token));
  expect(returnEventId(token, 'eid_id=1')).not.toBe(returnEventId(token, 'eid_id=2'));
  expect(returnEventId(token)).not.toBe(returnEventId(sealTicket(ring, ticket)));
  expect(returnEventId(token)).not.toContain(token);
  expect(returnEventId(token)).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
});
