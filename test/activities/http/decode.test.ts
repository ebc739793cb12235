import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { decode } from '../../../activities/http/decode.ts';

const TEXT = '{"name":"Åsa Öberg"}';
const plain = Buffer.from(TEXT);
const type = (charset: string) => ({ 'content-type': `application/json; charset=${charset}` });
const coding = (name: string) => ({ 'content-encoding': name });
const swapped = Buffer.from(TEXT, 'utf16le').swap16();

test.each<[string, Buffer, Record<string, string>]>([
  ['UTF-8', plain, {}],
  ['UTF-8 with a byte-order mark', Buffer.from(`\uFEFF${TEXT}`), {}],
  ['UTF-8 that calls itself something else', plain, type('iso-8859-1')],
  ['gzip', gzipSync(plain), coding('gzip')],
  ['deflate', deflateSync(plain), coding('deflate')],
  ['brotli', brotliCompressSync(plain), coding('br')],
])('%s is read', (_, bytes, headers) => {
  expect(decode(bytes, headers, 1_000)).toEqual({ text: TEXT });
});

test.each<[string, Buffer, Record<string, string>, string]>([
  ['UTF-16 with a byte-order mark', Buffer.from(`\uFEFF${TEXT}`, 'utf16le'), {}, 'UTF_16'],
  ['UTF-16 without one', Buffer.from(TEXT, 'utf16le'), {}, 'UTF_16'],
  ['UTF-16 the other way round', Buffer.concat([Buffer.from([0xfe, 0xff]), swapped]), {}, 'UTF_16'],
  ['Latin-1 that says so', Buffer.from(TEXT, 'latin1'), type('ISO-8859-1'), 'ISO_8859_1'],
  ['Latin-1 that does not', Buffer.from(TEXT, 'latin1'), {}, 'NOT_UTF_8'],
  ['Latin-1 that says UTF-8', Buffer.from(TEXT, 'latin1'), type('utf-8'), 'NOT_UTF_8'],
  ['compression of an unknown kind', plain, coding('zstd'), 'CONTENT_ENCODING'],
  ['compression that breaks off', gzipSync(plain).subarray(0, 12), coding('gzip'), 'CONTENT_ENCODING'],
  ['what is small and becomes large', gzipSync(Buffer.alloc(1_000_000)), coding('gzip'), 'CONTENT_ENCODING'],
])('%s is refused by its name', (_, bytes, headers, unreadable) => {
  expect(decode(bytes, headers, 1_000)).toEqual({ unreadable });
});
