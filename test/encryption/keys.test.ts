import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chmod, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeKey, parseKeyRing } from '../../encryption/key-ring.ts';
import { keyRingOfCommand } from '../../encryption/key-command.ts';
import { ensureKeyFile, isKeyFileOpen, keyRingFrom } from '../../encryption/key-source.ts';
import { eventually } from '../setup/eventually.ts';

const KEY = keyOf(makeKey());
const OTHER = keyOf(makeKey());

function keyOf(entry: string): string {
  return entry.split(':')[1]!;
}

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'keys-'));
});
afterEach(async () => rm(folder, { recursive: true }));

describe('a key ring', () => {
  test('writes with its first key and reads with all', () => {
    const ring = parseKeyRing(`new:${KEY}, old:${OTHER}`, 'test');
    expect(ring.writing).toBe('new');
    expect([...ring.keys.keys()]).toEqual(['new', 'old']);
  });

  test('takes lines and comments, as in a file', () => {
    const ring = parseKeyRing(`# rotated in May\r\nnew:${KEY}\r\n\nold:${OTHER}\n`, 'test');
    expect([...ring.keys.keys()]).toEqual(['new', 'old']);
  });

  test('takes what makeKey makes', () => {
    const entry = makeKey(new Date('2026-05-04T00:00:00Z'));
    expect(parseKeyRing(entry, 'test').writing).toMatch(/^2026-05-04-[0-9a-f]{6}$/);
  });

  test.each([
    ['no id', KEY, 'KeyInvalid'],
    ['an empty id', `:${KEY}`, 'KeyInvalid'],
    ['an id with a blank', `a b:${KEY}`, 'KeyInvalid'],
    ['an id too long', `${'a'.repeat(33)}:${KEY}`, 'KeyInvalid'],
    ['a key of 16 bytes', `a:${Buffer.alloc(16).toString('base64')}`, 'KeyInvalid'],
    ['a key of 33 bytes', `a:${Buffer.alloc(33).toString('base64')}`, 'KeyInvalid'],
    ['a key that is no base64', `a:${'!'.repeat(43)}=`, 'KeyInvalid'],
    ['an id twice', `a:${KEY},a:${OTHER}`, 'KeyInvalid'],
    ['a key twice', `a:${KEY},b:${KEY}`, 'KeyInvalid'],
    ['a key of zeros', `a:${Buffer.alloc(32).toString('base64')}`, 'KeyInvalid'],
    ['a key that repeats four bytes', `a:${Buffer.alloc(32, 'q7!x').toString('base64')}`, 'KeyInvalid'],
    ['a key that is a text', `a:${Buffer.from('correct horse battery staple 123').toString('base64')}`, 'KeyInvalid'],
    ['only a comment', '# nothing', 'KeyMissing'],
  ])('refuses %s, without repeating it', (_, text, code) => {
    const error = caught(() => parseKeyRing(text, 'ONBOARDING_KEYS'));
    expect(error).toMatchObject({ code });
    expect(error.message).toMatch(/^ONBOARDING_KEYS/);
    expect(error.message).not.toContain(text);
  });
});

describe('without a key', () => {
  test('nothing starts, and one sentence says what to set', () => {
    const error = caught(() => keyRingFrom({}));
    expect(error).toMatchObject({ code: 'KeyMissing' });
    expect(error.message).toMatch(/set ONBOARDING_KEYS, or ONBOARDING_KEY_FILE/);
  });

  test('a key file that is not there is a missing key', () => {
    const error = caught(() => keyRingFrom({ ONBOARDING_KEY_FILE: path.join(folder, 'none') }));
    expect(error).toMatchObject({ code: 'KeyMissing' });
    expect(error.message).toContain('ENOENT');
    expect(error.message).not.toContain(folder);
  });

  test('two sources are refused, since one would silently not count', () => {
    const error = caught(() => keyRingFrom({ ONBOARDING_KEYS: `a:${KEY}`, ONBOARDING_KEY_FILE: 'x' }));
    expect(error).toMatchObject({ code: 'KeyInvalid' });
  });
});

describe('keys from a command', () => {
  test('are what it prints', () => {
    expect(keyRingFrom({ ONBOARDING_KEY_COMMAND: `echo a:${KEY}` }).writing).toBe('a');
  });

  test('are asked for again, and those at hand stay while the command fails', async () => {
    const vault = path.join(folder, 'vault');
    await writeFile(vault, `a:${KEY}`);
    const ring = keyRingOfCommand(`cat '${vault}'`, 20);
    await writeFile(vault, `b:${OTHER},a:${KEY}`);
    expect(await eventually('the rotated key', () => ring.writing === 'b')).toBe(true);
    expect([...ring.keys.keys()]).toEqual(['b', 'a']);
    await rm(vault);
    await rename(await freshFile(`c:${KEY}`), vault);
    expect(await eventually('the next key', () => ring.writing === 'c')).toBe(true);
  });

  test.each(['exit 3', 'echo nonsense'])('of a command that gives none there is no start: %s', (command) => {
    const error = caught(() => keyRingFrom({ ONBOARDING_KEY_COMMAND: command }));
    expect(error.message).toMatch(/ONBOARDING_KEY_COMMAND/);
  });

  async function freshFile(text: string): Promise<string> {
    const file = path.join(folder, 'fresh');
    await writeFile(file, text);
    return file;
  }
});

test('a key file that others may read is found', async () => {
  const file = path.join(folder, 'key');
  await writeFile(file, `a:${KEY}`, { mode: 0o600 });
  expect(isKeyFileOpen({ ONBOARDING_KEY_FILE: file })).toBe(false);
  await chmod(file, 0o640);
  expect(isKeyFileOpen({ ONBOARDING_KEY_FILE: file })).toBe(true);
  expect(isKeyFileOpen({ ONBOARDING_KEYS: `a:${KEY}` })).toBe(false);
});

test('keys come from the variable', () => {
  expect(keyRingFrom({ ONBOARDING_KEYS: `a:${KEY}` }).writing).toBe('a');
});

describe('a key file for a developer', () => {
  test('is made once, in a folder that need not exist, and read from then on', async () => {
    const file = path.join(folder, 'deep', 'key');
    expect(await ensureKeyFile(file)).toBe(true);
    const first = keyRingFrom({ ONBOARDING_KEY_FILE: file }).writing;
    expect(await ensureKeyFile(file)).toBe(false);
    expect(keyRingFrom({ ONBOARDING_KEY_FILE: file }).writing).toBe(first);
  });

  test('is for its owner only', async () => {
    const file = path.join(folder, 'key');
    await ensureKeyFile(file);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  test('is never replaced', async () => {
    const file = path.join(folder, 'key');
    await writeFile(file, `mine:${KEY}`);
    await ensureKeyFile(file);
    expect(await readFile(file, 'utf8')).toBe(`mine:${KEY}`);
  });

  test('made by many at once is one, whole, and leaves no drafts', async () => {
    const file = path.join(folder, 'key');
    const made = await Promise.all(Array.from({ length: 20 }, async () => ensureKeyFile(file)));
    expect(made.filter(Boolean)).toHaveLength(1);
    expect(keyRingFrom({ ONBOARDING_KEY_FILE: file }).keys.size).toBe(1);
    expect(await readdir(folder)).toEqual(['key']);
  });
});

function caught(run: () => unknown): Error {
  try {
    run();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('expected an error');
}
