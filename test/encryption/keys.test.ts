import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeKey, parseKeyRing } from '../../encryption/key-ring.ts';
import { ensureKeyFile, keyRingFrom } from '../../encryption/key-source.ts';

const KEY = Buffer.alloc(32, 7).toString('base64');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'keys-'));
});
afterEach(async () => rm(folder, { recursive: true }));

describe('a key ring', () => {
  test('writes with its first key and reads with all', () => {
    const ring = parseKeyRing(`new:${KEY}, old:${KEY}`, 'test');
    expect(ring.writing).toBe('new');
    expect([...ring.keys.keys()]).toEqual(['new', 'old']);
  });

  test('takes lines and comments, as in a file', () => {
    const ring = parseKeyRing(`# rotated in May\r\nnew:${KEY}\r\n\nold:${KEY}\n`, 'test');
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
    ['an id twice', `a:${KEY},a:${KEY}`, 'KeyInvalid'],
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
