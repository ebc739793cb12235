import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cachedBinary, keep } from '../../tools/temporal/cache.ts';
import { findTemporal } from '../../tools/temporal/find.ts';
import { PLATFORM, type Release } from '../../tools/temporal/release.ts';
import { isAtLeast } from '../../tools/temporal/version.ts';
import { script, temporaryFolder } from './programs.ts';

let folder: string;
let remove: () => Promise<void>;
beforeAll(async () => ({ folder, remove } = await temporaryFolder()));
afterAll(() => remove());

/** A file that answers `--version` as the command does. */
function command(name: string, server: string): Promise<string> {
  return script(path.join(folder, name, 'temporal'), `echo "temporal version 1.0.0 (Server ${server}, UI 2.0.0)"`);
}

/** The file's name, once its folder is there. */
async function made(file: string): Promise<string> {
  await mkdir(path.dirname(file), { recursive: true });
  return file;
}

const lookups: {
  what: string;
  named?: string;
  onPath?: string;
  cached?: boolean;
  finds: 'named' | 'onPath' | 'cached' | 'nothing';
}[] = [
  { what: 'TEMPORAL_CLI_PATH before all else', named: '1.33.0', onPath: '1.33.0', cached: true, finds: 'named' },
  { what: 'PATH before the cache', onPath: '1.32.0', cached: true, finds: 'onPath' },
  { what: 'the cache where PATH has an old one', onPath: '1.31.9', cached: true, finds: 'cached' },
  { what: 'the cache where PATH has something else', onPath: 'none', cached: true, finds: 'cached' },
  { what: 'the cache where PATH has none', cached: true, finds: 'cached' },
  { what: 'nothing where only an old one is on PATH', onPath: '1.9.0', finds: 'nothing' },
  { what: 'nothing where there is none', finds: 'nothing' },
];

test.each(lookups)('finds $what', async ({ named, onPath, cached, finds }) => {
  const id = `case-${lookups.findIndex((each) => each.finds === finds)}-${onPath}-${cached}-${named}`;
  const env = {
    ...(named && { TEMPORAL_CLI_PATH: await command(`${id}/named`, named) }),
    PATH: onPath ? path.dirname(await command(`${id}/onPath`, onPath)) : folder,
    XDG_CACHE_HOME: path.join(folder, id, 'cache'),
  };
  const cache = await cachedBinary(env);
  if (cached) await keep(await script(path.join(folder, id, 'built'), 'true'), await made(cache));
  const finding = await findTemporal(env);
  const expected = {
    named: { executable: env.TEMPORAL_CLI_PATH },
    onPath: { executable: path.join(env.PATH, 'temporal') },
    cached: { executable: cache },
    nothing: { tried: [expect.stringMatching(/^PATH: /), `cache: no ${cache}`] },
  };
  expect(finding).toEqual(expected[finds]);
});

describe('a cached program', () => {
  const pinned = (text: string): Release => ({
    version: '1.0.0',
    pins: { [PLATFORM]: { sha256: createHash('sha256').update(text).digest('hex'), wheelTag: 'any' } },
  });

  test.each([
    { what: 'that was fetched', recorded: false, alter: false },
    { what: 'that was fetched, with one byte changed', recorded: false, alter: true },
    { what: 'that was built', recorded: true, alter: false },
    { what: 'that was built, with one byte changed', recorded: true, alter: true },
  ])('$what: changed is $alter, and then it is not found', async ({ recorded, alter }) => {
    const env = { PATH: '', XDG_CACHE_HOME: path.join(folder, `cache-${recorded}-${alter}`) };
    const cache = await made(await cachedBinary(env));
    const text = '#!/bin/sh\ntrue\n';
    if (recorded) await keep(await script(path.join(folder, 'program'), 'true'), cache);
    else await script(cache, 'true');
    if (alter) await writeFile(cache, text.replace('true', 'trUe'));
    const finding = await findTemporal(env, recorded ? { version: '1.0.0', pins: {} } : pinned(text));
    const flaw = `cache: ${cache} is not what was put there, so it is not run`;
    expect(finding).toEqual(alter ? { tried: ['PATH: no temporal command', flaw] } : { executable: cache });
  });

  test('without a hash is not found', async () => {
    const env = { PATH: '', XDG_CACHE_HOME: path.join(folder, 'no-hash') };
    await script(await cachedBinary(env), 'true');
    expect(await findTemporal(env)).toHaveProperty('tried.1', expect.stringMatching(/is not what was put there/));
  });
});

test('an old server on PATH is named among what was tried', async () => {
  const executable = await command('old', '1.28.0');
  const finding = await findTemporal({ PATH: path.dirname(executable), XDG_CACHE_HOME: folder });
  expect(finding).toHaveProperty('tried.0', `PATH: ${executable} is server 1.28.0, and 1.32.0 is needed`);
});

test.each([
  ['an old server', () => command('named-old', '1.31.0'), 'server 1.31.0, and 1.32.0 is needed'],
  ['something else', () => script(path.join(folder, 'other'), 'echo hello'), 'no temporal command that runs'],
  ['no file', () => path.join(folder, 'absent'), 'no temporal command that runs'],
])('a TEMPORAL_CLI_PATH that names %s is an error, not passed over', async (_, make, reason) => {
  const named = await make();
  await expect(findTemporal({ TEMPORAL_CLI_PATH: named, XDG_CACHE_HOME: folder })).rejects.toThrow(
    `TEMPORAL_CLI_PATH names ${named}, which is ${reason}: name a temporal command with server 1.32.0 or newer, or unset it.`,
  );
});

test.each([
  ['1.32.0', '1.32.0', true],
  ['1.32.1', '1.32.0', true],
  ['1.9.9', '1.32.0', false],
  ['2.0', '1.32.0', true],
  ['1.32', '1.32.1', false],
])('version %s against %s: %s', (version, needed, enough) => {
  expect(isAtLeast(version, needed)).toBe(enough);
});
