import { createCipheriv, createDecipheriv, createHash, randomBytes, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { derivedKey } from '../../encryption/derived-key.ts';
import type { KeyRing } from '../../encryption/key-ring.ts';
import { isIdPart } from '../../contract/ids.ts';
import { PROVIDERS, type ProviderName } from '../../contract/request.ts';
import { LANGUAGES, type Language } from './language.ts';

/** `email`: the link in a mail. `eid`: where a person's browser goes after the eID. */
export const RETURN_KINDS = ['email', 'eid'] as const;
export type ReturnKind = (typeof RETURN_KINDS)[number];

export interface ReturnTicket {
  kind: ReturnKind;
  provider: ProviderName;
  reference: string;
  language: Language;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

const CIPHER = 'aes-256-gcm';
const PURPOSE = 'durable-onboarding return link';
const IV_BYTES = 12;
const TAG_BYTES = 16;
/** A ticket with the longest reference takes 250. */
const LONGEST = 400;

const sealed = z.tuple([
  z.enum(RETURN_KINDS),
  z.enum(PROVIDERS),
  z.string().refine(isIdPart),
  z.enum(LANGUAGES),
  z.int(),
]);

/**
 * The ticket, sealed with the key ring: it names nobody, nobody can make or alter one, and two of the same ticket differ by their
 * random nonce. Nothing is stored.
 */
export function sealTicket(ring: KeyRing, { kind, provider, reference, language, expiresAt }: ReturnTicket): string {
  const iv = randomBytes(IV_BYTES);
  const key = derivedKey(ring.keys.get(ring.writing)!, PURPOSE);
  const cipher = createCipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES });
  const content = JSON.stringify([kind, provider, reference, language, expiresAt] satisfies z.input<typeof sealed>);
  return Buffer.concat([iv, cipher.update(content), cipher.final(), cipher.getAuthTag()]).toString('base64url');
}

/** `undefined` for everything that was not sealed here; the caller looks at kind and expiry. */
export function openTicket(ring: KeyRing, token: string): ReturnTicket | undefined {
  if (token.length > LONGEST || !/^[A-Za-z0-9_-]+$/.test(token)) return undefined;
  const bytes = Buffer.from(token, 'base64url');
  // Of several spellings of the same bytes only one counts, so that a used token has no second one.
  if (bytes.length <= IV_BYTES + TAG_BYTES || bytes.toString('base64url') !== token) return undefined;
  // The token names no key, because it stands in a customer's address bar; a ring has few.
  for (const key of ring.keys.values()) {
    const content = decipher(derivedKey(key, PURPOSE), bytes);
    if (content === undefined) continue;
    const found = sealed.safeParse(JSON.parse(content));
    if (!found.success) return undefined; // Of another version, which knew more.
    const [kind, provider, reference, language, expiresAt] = found.data;
    return { kind, provider, reference, language, expiresAt };
  }
  return undefined;
}

function decipher(key: KeyObject, bytes: Buffer): string | undefined {
  const tagStart = bytes.length - TAG_BYTES;
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAuthTag(bytes.subarray(tagStart));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, tagStart)), decipher.final()]).toString();
  } catch {
    return undefined; // Another key's, or nobody's.
  }
}

/**
 * What makes a link count once: a delivery of the same event id is the same run. `query` is what the eID service added on the way
 * back, its session among it, so that a second attempt through the same return address counts as one. Which of the parameters names the
 * session is not documented, so all of them are taken.
 */
export function returnEventId(token: string, query = ''): string {
  return `return-${createHash('sha256').update(`${token}?${query}`).digest('base64url')}`;
}
