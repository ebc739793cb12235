import { createHmac, type KeyObject } from 'node:crypto';
import { derivedKey } from './derived-key.ts';
import type { KeyRing } from './key-ring.ts';

const PURPOSE = 'durable-onboarding account hash';

export interface ProvidersAccount {
  provider: string;
  accountId: string;
}

/** What the search attribute `OnboardingAccount` holds: HMAC-SHA-256 under the writing key, base64url, 43 characters. */
export function accountHash({ keys, writing }: KeyRing, account: ProvidersAccount): string {
  return hashUnder(keys.get(writing)!, account);
}

/** Under every key of the ring, so that what was written before a rotation is found. */
export function accountHashes({ keys }: KeyRing, account: ProvidersAccount): string[] {
  return [...keys.values()].map((key) => hashUnder(key, account));
}

function hashUnder(key: KeyObject, { provider, accountId }: ProvidersAccount): string {
  // As a JSON array, so that no two different pairs give the same text.
  return createHmac('sha256', derivedKey(key, PURPOSE))
    .update(JSON.stringify([provider, accountId]))
    .digest('base64url');
}
