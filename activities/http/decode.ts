import { isUtf8 } from 'node:buffer';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import type { Headers } from './retry-after.ts';
import { first } from './retry-after.ts';

/** The text of a body, or the name of what it cannot be read for, in the form of a vendor's code. */
export type Decoded = { text: string } | { unreadable: string };

const INFLATE: Record<string, typeof gunzipSync> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
};

/**
 * A body as text: UTF-8, a byte-order mark taken off. Anything else is refused by its name: read as UTF-8 it would put `�` in the place of
 * letters, and what was read is written back. No compression is asked for; one that comes all the same is undone within `maxBytes`.
 */
export function decode(bytes: Buffer, headers: Headers, maxBytes: number): Decoded {
  const coding = (first(headers['content-encoding']) ?? 'identity').trim().toLowerCase();
  const plain = coding === 'identity' || coding === '' ? bytes : inflated(bytes, coding, maxBytes);
  if (plain === undefined) return { unreadable: 'CONTENT_ENCODING' };
  // No JSON has a zero byte; every UTF-16 text of Latin letters has.
  if (plain.includes(0) || /^(?:\xff\xfe|\xfe\xff)/.test(plain.toString('latin1', 0, 2))) {
    return { unreadable: 'UTF_16' };
  }
  if (!isUtf8(plain)) return { unreadable: charset(headers) };
  return { text: plain.toString('utf8').replace(/^\uFEFF/, '') };
}

function inflated(bytes: Buffer, coding: string, maxOutputLength: number): Buffer | undefined {
  try {
    return INFLATE[coding]?.(bytes, { maxOutputLength });
  } catch {
    return undefined; // cut off, larger than allowed, or not what it says
  }
}

/** What the answer itself says, where that is another one than UTF-8. */
function charset(headers: Headers): string {
  const [, named = ''] = /charset="?([a-z][\w.:-]{1,30})/i.exec(first(headers['content-type']) ?? '') ?? [];
  const name = named.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_');
  return name === '' || name === 'UTF_8' || name === 'UTF8' ? 'NOT_UTF_8' : name;
}
