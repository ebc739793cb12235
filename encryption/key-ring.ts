import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { EncryptionError } from './errors.ts';
import { weakness } from './weak-key.ts';

/**
 * The keys of a deployment. The first key writes, all keys read: to rotate, put a new key in front and keep the old ones
 * for as long as the longest run plus the retention of the namespace.
 */
export interface KeyRing {
  writing: string;
  keys: ReadonlyMap<string, KeyObject>;
}

const KEY_BYTES = 32;
const ENTRY = /^([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/]{43}=)$/;

/**
 * Reads `id:base64` entries, separated by commas or line ends; empty lines and lines that begin with `#` are left out.
 * `source` names the variable or file in the error texts.
 */
export function parseKeyRing(text: string, source: string): KeyRing {
  const entries = text
    .split(/[,\n]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '' && !entry.startsWith('#'));
  const keys = new Map<string, KeyObject>();
  for (const [index, entry] of entries.entries()) {
    const [, id, base64] = ENTRY.exec(entry) ?? [];
    if (id === undefined || base64 === undefined) throw invalid(source, index, RULE);
    if (keys.has(id)) throw invalid(source, index, 'has the id of an earlier entry; give each key its own id');
    const bytes = Buffer.from(base64, 'base64');
    const weak = weakness(bytes);
    if (weak !== undefined) throw invalid(source, index, `${weak}, so it can be guessed; ${HOW_TO_MAKE}`);
    const key = createSecretKey(bytes);
    if ([...keys.values()].some((other) => other.equals(key)))
      throw invalid(source, index, 'is the key of an earlier entry; give each id a key of its own');
    keys.set(id, key);
  }
  const [writing] = keys.keys();
  if (writing === undefined) throw new EncryptionError('KeyMissing', `${source} holds no key; ${HOW_TO_MAKE}`);
  return { writing, keys };
}

/** A new entry for a key ring. The id is the day, so that a rotation shows; two keys of one day differ by the random part. */
export function makeKey(now: Date = new Date()): string {
  const id = `${now.toISOString().slice(0, 10)}-${randomBytes(3).toString('hex')}`;
  return `${id}:${randomBytes(KEY_BYTES).toString('base64')}`;
}

const RULE = 'must be id:key, the id of 1 to 32 letters, digits, "_" or "-", the key 32 bytes in base64';

export const HOW_TO_MAKE = 'write id:key, where key is what "openssl rand -base64 32" prints';

function invalid(source: string, index: number, rule: string): EncryptionError {
  return new EncryptionError('KeyInvalid', `${source}: entry ${index + 1} ${rule}.`);
}
