import { createHmac, timingSafeEqual } from 'node:crypto';
import { derivedKey } from './derived-key.ts';
import type { KeyRing } from './key-ring.ts';

const PURPOSE = 'durable-onboarding signed lines';

/** What a line says beside its record. */
interface Signed {
  /** From 1. */
  line: number;
  /** Id of the key in the ring. */
  key: string;
  /** MAC of the line before; empty in the first. */
  previous: string;
  record: object;
}

/** The last line, so that a file that was cut is not taken for a whole one. */
interface Last {
  lines: number;
}

/** What is wrong with lines, and where; or how many records they are. */
export type Verified = { records: object[] } | { line: number; problem: string };

/**
 * One JSON line for each record, and one that ends them. Each carries HMAC-SHA-256 (base64url, under a key made of the ring's writing key) of
 * itself and of the line before: who has no key can neither change, leave out, reorder, add nor cut lines without its being seen.
 */
export function signedLines(ring: KeyRing, records: readonly object[]): string[] {
  let previous = '';
  return [...records, { lines: records.length } satisfies Last].map((record, index) => {
    const signed: Signed = { line: index + 1, key: ring.writing, previous, record };
    previous = macOf(ring, signed)!;
    return JSON.stringify({ ...signed, mac: previous });
  });
}

/** Under every key of the ring, so that what was signed before a rotation is verified as long as its key is kept. */
export function verifyLines(ring: KeyRing, lines: readonly string[]): Verified {
  const records: object[] = [];
  let previous = '';
  for (const [index, text] of lines.entries()) {
    const line = index + 1;
    const read = readLine(text);
    if (!read) return { line, problem: 'is no signed line' };
    const { mac, ...signed } = read;
    const own = macOf(ring, signed);
    if (own === undefined) return { line, problem: 'was signed with a key that is not in the ring' };
    if (!isSame(own, mac)) return { line, problem: 'was changed, or signed with another key' };
    if (signed.line !== line || !isSame(signed.previous, previous)) {
      return { line, problem: 'does not follow the line before: lines were left out, added or moved' };
    }
    previous = mac;
    records.push(signed.record);
  }
  const last: Partial<Last> | undefined = records.pop();
  return last?.lines === records.length
    ? { records }
    : { line: lines.length, problem: 'is not the last: lines are missing' };
}

function macOf({ keys }: KeyRing, { line, key, previous, record }: Signed): string | undefined {
  const signing = keys.get(key);
  return (
    signing &&
    createHmac('sha256', derivedKey(signing, PURPOSE))
      .update(JSON.stringify({ line, key, previous, record }))
      .digest('base64url')
  );
}

function readLine(text: string): (Signed & { mac: string }) | undefined {
  try {
    const read: unknown = JSON.parse(text);
    return isSigned(read) && JSON.stringify(read) === text ? read : undefined;
  } catch {
    return undefined;
  }
}

function isSigned(read: unknown): read is Signed & { mac: string } {
  if (typeof read !== 'object' || read === null) return false;
  const { line, key, previous, record, mac, ...rest } = read as Partial<Signed & { mac: string }>;
  const texts = [key, previous, mac].every((field) => typeof field === 'string');
  const whole = typeof line === 'number' && typeof record === 'object' && record !== null;
  return texts && whole && Object.keys(rest).length === 0;
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
