import { execFile, execFileSync } from 'node:child_process';
import { EncryptionError } from './errors.ts';
import { parseKeyRing, type KeyRing } from './key-ring.ts';

const SOURCE = 'What ONBOARDING_KEY_COMMAND prints';
/** Milliseconds: a new key is known so long after it was put into the vault. */
const ASK_EVERY = 5 * 60_000;
const LIMITS = { encoding: 'utf8', timeout: 30_000, maxBuffer: 64 * 1024 } as const;

/**
 * A key ring that a command prints, as a vault's own program does: asked at the start, and again and again for rotated keys, without a restart.
 * While it fails, the keys at hand go on counting.
 */
export function keyRingOfCommand(command: string, askEvery = ASK_EVERY): KeyRing {
  let ring = parseKeyRing(firstAnswer(command), SOURCE);
  const again = setInterval(() => {
    execFile('sh', ['-c', command], LIMITS, (error, printed) => {
      if (error) return; // The next time will tell; what is needed and lacks says so itself, as `KeyUnknown`.
      try {
        ring = parseKeyRing(printed, SOURCE);
      } catch (problem) {
        if (!(problem instanceof EncryptionError)) throw problem; // As above.
      }
    });
  }, askEvery);
  again.unref();
  return {
    get writing() {
      return ring.writing;
    },
    get keys() {
      return ring.keys;
    },
  };
}

function firstAnswer(command: string): string {
  try {
    return execFileSync('sh', ['-c', command], { ...LIMITS, stdio: ['ignore', 'pipe', 'inherit'] });
  } catch {
    // What it printed may hold keys.
    throw new EncryptionError(
      'KeyMissing',
      'ONBOARDING_KEY_COMMAND failed, or took longer than 30 seconds; try it by hand: it must print lines of id:key.',
    );
  }
}
