/** The same text as the world sends it. */

const JSON_TEXT = (value: unknown): string => JSON.stringify(value);
const wide = (text: string): Buffer => Buffer.from(text, 'utf16le');
const BOM = '\ufeff';

/** Taken, and read as the same. */
export const TAKEN: [name: string, bytes: (value: unknown) => Uint8Array][] = [
  ['UTF-8', (value) => Buffer.from(JSON_TEXT(value))],
  ['UTF-8 with a byte order mark', (value) => Buffer.from(BOM + JSON_TEXT(value))],
];

const WIDE = 'must be UTF-8 and is in UTF-16 or UTF-32; save or send it as UTF-8.';
const NARROW =
  'must be UTF-8 and is in another encoding, such as ISO-8859-1 or Windows-1252; save or send it as UTF-8.';

/** Refused with the sentence; `value` must have a letter beyond ASCII in it. */
export const REFUSED: [name: string, bytes: (value: unknown) => Uint8Array, sentence: string][] = [
  ['UTF-16 with a byte order mark', (value) => wide(BOM + JSON_TEXT(value)), WIDE],
  ['UTF-16', (value) => wide(JSON_TEXT(value)), WIDE],
  ['UTF-16, big end first', (value) => wide(BOM + JSON_TEXT(value)).swap16(), WIDE],
  ['UTF-16, big end first, without a mark', (value) => wide(JSON_TEXT(value)).swap16(), WIDE],
  ['ISO-8859-1', (value) => Buffer.from(JSON_TEXT(value), 'latin1'), NARROW],
  [
    'UTF-8 that is cut in a character',
    (value) => Buffer.from(JSON_TEXT(value).replace(/[^\p{ASCII}]/gu, 'Å')).filter((byte) => byte !== 0x85),
    NARROW,
  ],
];
