import { keyedReference } from '../../encryption/keyed-reference.ts';
import type { KeyRing } from '../../encryption/key-ring.ts';
import { check, printable } from './rules.ts';

const personal = printable(254);

/**
 * A reference made of personal data, such as a national ID, for a caller who has no other key of the customer (`readClientConfig().keyRing`).
 * Blanks around the text do not count, every other character does: give it in one spelling always. Keep the answer, see `keyedReference`.
 */
export function referenceFor(keyRing: KeyRing, text: string): string {
  return keyedReference(keyRing, check(personal, text));
}
