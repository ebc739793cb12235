import { createHmac, type KeyObject } from 'node:crypto';
import type { AuditedCustomer } from '../contract/audit.ts';
import { derivedKey } from './derived-key.ts';
import type { KeyRing } from './key-ring.ts';

const PURPOSE = 'durable-onboarding audit';

/** How audit lines name a customer: HMAC-SHA-256 under the writing key, base64url, 43 characters. */
export function customerHash({ keys, writing }: KeyRing, customer: AuditedCustomer): string {
  return hashUnder(keys.get(writing)!, customer);
}

/** Under every key of the ring, so that lines from before a rotation are found; that of the writing key first. */
export function customerHashes({ keys }: KeyRing, customer: AuditedCustomer): string[] {
  return [...keys.values()].map((key) => hashUnder(key, customer));
}

function hashUnder(key: KeyObject, { provider, reference }: AuditedCustomer): string {
  return createHmac('sha256', derivedKey(key, PURPOSE))
    .update(JSON.stringify([provider, reference]))
    .digest('base64url');
}
