export interface Canary {
  /** What test output may say of it. */
  name: string;
  value: string | Uint8Array;
}

/** One way in which a canary may lie in a file. */
export interface Needle {
  canary: string;
  form: string;
  bytes: Buffer;
  /** Found in whatever case; not so in base64, where the case is the value. */
  anyCase: boolean;
}

/** Shorter ones would be found by chance. */
const SHORTEST = 8;

/** A canary in every spelling, and each spelling in every encoding: as it is, hex, UTF-16, base64 wherever it begins. */
export function needlesOf({ name, value }: Canary): Needle[] {
  if (value.length < SHORTEST) throw new Error(`${name}: a canary has at least ${SHORTEST} characters`);
  const spellings = typeof value === 'string' ? spellingsOf(value) : [['bytes', Buffer.from(value)] as const];
  const needles = spellings.flatMap(([spelling, bytes]) =>
    encodingsOf(bytes).map(([encoding, encoded, anyCase]) => ({
      canary: name,
      form: [spelling, encoding].filter((part) => part !== '').join(', '),
      bytes: encoded,
      anyCase,
    })),
  );
  const seen = new Set<string>();
  return needles.filter(({ anyCase, bytes }) => {
    const key = `${anyCase} ${anyCase ? bytes.toString('latin1').toLowerCase() : bytes.toString('latin1')}`;
    return !seen.has(key) && seen.add(key);
  });
}

function spellingsOf(text: string): (readonly [string, Buffer])[] {
  const json = JSON.stringify(text).slice(1, -1);
  const ascii = json.replaceAll(/[^ -~]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const url = encodeURIComponent(text);
  const spellings: [string, string][] = [
    ['plain', text],
    ['small letters', text.toLowerCase()],
    ['capitals', text.toUpperCase()],
    ['JSON', json],
    ['JSON in ASCII', ascii],
    ['JSON in JSON', JSON.stringify(json).slice(1, -1)],
    ['URL', url],
    ['form', url.replaceAll('%20', '+')],
  ];
  return spellings.map(([name, spelled]) => [name, Buffer.from(spelled)]);
}

function encodingsOf(bytes: Buffer): [name: string, encoded: Buffer, anyCase: boolean][] {
  const little = Buffer.from(bytes.toString(), 'utf16le');
  return [
    ['', bytes, true],
    ['hex', Buffer.from(bytes.toString('hex')), true],
    ['UTF-16 LE', little, true],
    ['UTF-16 BE', Buffer.from(little).swap16(), true],
    ...[0, 1, 2].flatMap((offset): [string, Buffer, boolean][] => [
      [`base64 at ${offset}`, base64(bytes, offset, 'base64'), false],
      [`base64url at ${offset}`, base64(bytes, offset, 'base64url'), false],
    ]),
  ];
}

/** The characters of base64 that do not depend on what stands before and after, when `offset` bytes (modulo 3) stand before. */
function base64(bytes: Buffer, offset: number, alphabet: 'base64' | 'base64url'): Buffer {
  const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString(alphabet);
  return Buffer.from(text.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6)));
}
