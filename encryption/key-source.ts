import { randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { link, mkdir, unlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { EncryptionError } from './errors.ts';
import { keyRingOfCommand } from './key-command.ts';
import { HOW_TO_MAKE, makeKey, parseKeyRing, type KeyRing } from './key-ring.ts';

const SOURCES = ['ONBOARDING_KEYS', 'ONBOARDING_KEY_FILE', 'ONBOARDING_KEY_COMMAND'] as const;

/**
 * The key ring of this process: from `ONBOARDING_KEYS`, the file that `ONBOARDING_KEY_FILE` names, or what `ONBOARDING_KEY_COMMAND` prints.
 * Worker, client and codec endpoint call it before anything else: without a key none of them starts.
 */
export function keyRingFrom(env: NodeJS.ProcessEnv): KeyRing {
  const set = SOURCES.filter((name) => env[name]);
  if (set.length > 1) {
    throw new EncryptionError(
      'KeyInvalid',
      `Both ${set.slice(0, 2).join(' and ')} are set; set one, so that it is clear which keys count.`,
    );
  }
  const { ONBOARDING_KEYS: inline, ONBOARDING_KEY_FILE: file, ONBOARDING_KEY_COMMAND: command } = env;
  if (inline) return parseKeyRing(inline, 'ONBOARDING_KEYS');
  if (file) return parseKeyRing(readKeyFile(file), 'The file that ONBOARDING_KEY_FILE names');
  if (command) return keyRingOfCommand(command);
  throw new EncryptionError(
    'KeyMissing',
    `No encryption key: set ONBOARDING_KEYS, or ONBOARDING_KEY_FILE to a file, or ONBOARDING_KEY_COMMAND; ${HOW_TO_MAKE}.`,
  );
}

/** Whether others than its owner may read the key file. */
export function isKeyFileOpen({ ONBOARDING_KEY_FILE: file }: NodeJS.ProcessEnv): boolean {
  return file !== undefined && file !== '' && (statSync(file).mode & 0o077) !== 0;
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
