import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { link, mkdir, unlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { EncryptionError } from './errors.ts';
import { HOW_TO_MAKE, makeKey, parseKeyRing, type KeyRing } from './key-ring.ts';

/**
 * The key ring of this process, from `ONBOARDING_KEYS` or from the file that `ONBOARDING_KEY_FILE` names.
 * Worker, client and codec endpoint call it before anything else: without a key none of them starts.
 */
export function keyRingFrom(env: NodeJS.ProcessEnv): KeyRing {
  const { ONBOARDING_KEYS: inline, ONBOARDING_KEY_FILE: file } = env;
  if (inline && file) {
    throw new EncryptionError(
      'KeyInvalid',
      'Both ONBOARDING_KEYS and ONBOARDING_KEY_FILE are set; set one, so that it is clear which keys count.',
    );
  }
  if (inline) return parseKeyRing(inline, 'ONBOARDING_KEYS');
  if (file) return parseKeyRing(readKeyFile(file), 'The file that ONBOARDING_KEY_FILE names');
  throw new EncryptionError(
    'KeyMissing',
    `No encryption key: set ONBOARDING_KEYS, or ONBOARDING_KEY_FILE to a file; ${HOW_TO_MAKE}.`,
  );
}

/**
 * Makes a key file that only its owner can read, unless there is one. For a developer's machine; elsewhere keys come from a vault.
 * Of several processes at once one makes the key and all use it. Answers whether this call made it.
 */
export async function ensureKeyFile(path: string): Promise<boolean> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, `${makeKey()}\n`, { mode: 0o600, flag: 'wx' });
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await unlink(draft);
  }
}

function readKeyFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const reason = systemCode(error) ?? 'unknown reason';
    throw new EncryptionError(
      'KeyMissing',
      `The file that ONBOARDING_KEY_FILE names cannot be read (${reason}); put it there, or set ONBOARDING_KEYS.`,
    );
  }
}

function systemCode(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;
}
