import { expect, test } from 'vitest';
import type { Canary } from './needles.ts';
import { searchFor } from './search.ts';

const NAME: Canary = { name: 'name', value: 'Åsa "Zq" Fågel-Holm' };
const SSN: Canary = { name: 'ssn', value: '19800315-7426' };
const KEY: Canary = { name: 'key', value: Buffer.from('a1'.repeat(32), 'hex') };
const search = searchFor([NAME, SSN, KEY]);

const ascii = (text: string) =>
  text.replaceAll(/[^ -~]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
const big = (text: string) => Buffer.from(text, 'utf16le').swap16();

test.each<[form: string, write: (value: string) => Buffer | string]>([
  ['as it is', (value) => value],
  ['in capitals', (value) => value.toUpperCase()],
  ['in small letters', (value) => value.toLowerCase()],
  ['JSON', (value) => JSON.stringify({ value })],
  ['JSON in ASCII', (value) => ascii(JSON.stringify({ value }))],
  ['JSON in JSON', (value) => JSON.stringify(JSON.stringify({ value }))],
  ['in an address', (value) => `/api?name=${encodeURIComponent(value)}`],
  ['in an address, small letters', (value) => encodeURIComponent(value).toLowerCase()],
  ['in a form', (value) => new URLSearchParams({ value }).toString()],
  ['hex', (value) => Buffer.from(value).toString('hex')],
  ['HEX', (value) => Buffer.from(value).toString('hex').toUpperCase()],
  ['UTF-16 LE', (value) => Buffer.from(value, 'utf16le')],
  ['UTF-16 BE', big],
  ['base64', (value) => Buffer.from(value).toString('base64')],
  ['base64, one byte before', (value) => Buffer.from(`x${value}`).toString('base64')],
  ['base64, two bytes before and more behind', (value) => Buffer.from(`xy${value}zzzz`).toString('base64')],
  ['base64url, two bytes before', (value) => Buffer.from(`xy${value}`).toString('base64url')],
  ['base64 of JSON', (value) => Buffer.from(JSON.stringify({ value })).toString('base64')],
  ['base64 of an address', (value) => Buffer.from(encodeURIComponent(value)).toString('base64')],
  ['hex of JSON', (value) => Buffer.from(JSON.stringify({ value })).toString('hex')],
])('finds a value written %s', (_, write) => {
  for (const { name, value } of [NAME, SSN]) {
    const written = Buffer.concat([Buffer.from('before '), Buffer.from(write(String(value))), Buffer.from(' after')]);
    const found = search({ name: 'somewhere', bytes: written });
    expect(new Set(found.map(({ canary }) => canary))).toEqual(new Set([name]));
  }
});

test.each<[form: string, write: (key: Buffer) => Buffer | string]>([
  ['raw', (key) => key],
  ['base64', (key) => key.toString('base64')],
  ['hex', (key) => key.toString('hex')],
])('finds a key that is no text, %s', (_, write) => {
  const bytes = Buffer.concat([Buffer.alloc(5), Buffer.from(write(Buffer.from(KEY.value)))]);
  expect(search({ name: 'somewhere', bytes })[0]).toMatchObject({ source: 'somewhere', canary: 'key' });
});

test('finds at the very beginning and the very end, and nothing where nothing is', () => {
  const at = (text: string) => search({ name: 's', bytes: Buffer.from(text) }).length;
  expect(at(String(SSN.value))).toBeGreaterThan(0);
  expect(at('19800315-742')).toBe(0);
  expect(at('')).toBe(0);
});

test('a canary too short to be recognised is refused', () => {
  expect(() => searchFor([{ name: 'short', value: '1234567' }])).toThrow('short');
});
