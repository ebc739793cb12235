import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Sender } from './senders.ts';

export const TIMESTAMP_HEADER = 'x-webhook-timestamp';
export const SIGNATURE_HEADER = 'x-webhook-signature';

/**
 * Seconds that a sender's clock and ours may differ, the way included. A repetition within it is the same run, so it changes nothing.
 * @internal
 */
export const WINDOW_S = 300;

/** Characters; shorter ones are guessed. Of a path secret the configuration has the hash only, so this is looked at when one comes. */
export const SHORTEST_SECRET = 32;

export interface Signed {
  timestamp: string;
  /** As the address names it. */
  sender: Sender;
  body: Buffer;
}

/**
 * The bytes of a signature: HMAC-SHA-256 over timestamp, ".", sender, "." and body as they were sent. With the sender, so that what was
 * signed for one address counts at no other that has the same secret.
 * @internal
 */
export function signatureOf(secret: string, { timestamp, sender, body }: Signed): Buffer {
  return createHmac('sha256', secret).update(`${timestamp}.${sender}.`).update(body).digest();
}

/** Whether a timestamp (seconds since the epoch) is within the window. */
export function isTimely(timestamp: string, now: number): boolean {
  return /^\d{1,12}$/.test(timestamp) && Math.abs(now / 1000 - Number(timestamp)) <= WINDOW_S;
}

/** Whether one of the secrets made the signature, written in hex or base64. */
export function isSigned(secrets: string[], signed: Signed, signature: string): boolean {
  const given = bytesOf(signature);
  // All of them are tried, so that the time tells nothing of which one it was.
  const matches = secrets.map((secret) => sameBytes(signatureOf(secret, signed), given));
  return matches.includes(true);
}

/** Whether the secret is one of those whose SHA-256, in hex, are known, and long enough to be one. */
export function isSecret(hashes: string[], secret: string): boolean {
  const given = createHash('sha256').update(secret).digest();
  const matches = hashes.map((hash) => sameBytes(Buffer.from(hash, 'hex'), given));
  return secret.length >= SHORTEST_SECRET && matches.includes(true);
}

function bytesOf(signature: string): Buffer {
  if (/^[0-9a-fA-F]{64}$/.test(signature)) return Buffer.from(signature, 'hex');
  const bytes = Buffer.from(signature, 'base64');
  // Node skips what is no base64; of all spellings only the one counts that RFC 4648 makes.
  return bytes.toString('base64') === signature ? bytes : Buffer.alloc(0);
}

function sameBytes(expected: Buffer, given: Buffer): boolean {
  return expected.length === given.length && timingSafeEqual(expected, given);
}
