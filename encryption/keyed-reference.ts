import { createHmac } from 'node:crypto';
import { derivedKey } from './derived-key.ts';
import type { KeyRing } from './key-ring.ts';

const PURPOSE = 'durable-onboarding reference';

/**
 * A reference for those who have no key of their own but what is personal data: the same text gives the same one, and nobody without the key
 * can tell the text or try texts out. 45 characters of `[A-Za-z0-9_-]`. Under the ring's oldest key, so a rotation changes nothing; once that
 * key is taken out of the ring the references are others, so keep what was made.
 */
export function keyedReference({ keys }: KeyRing, text: string): string {
  const hash = createHmac('sha256', derivedKey([...keys.values()].at(-1)!, PURPOSE))
    .update(text)
    .digest('base64url');
  return `r-${hash}`;
}
