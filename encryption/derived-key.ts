import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';

/** A key for one purpose, made of a key of the ring (HKDF, RFC 5869), so that no key serves two. A purpose never changes its text. */
export function derivedKey(key: KeyObject, purpose: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', key, '', purpose, 32)));
}
