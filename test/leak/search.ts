import { needlesOf, type Canary, type Needle } from './needles.ts';

/** Where a canary was found. Never the canary itself: this is printed. */
export interface Finding {
  source: string;
  canary: string;
  /** The spellings and encodings it was found in. */
  forms: string[];
}

export interface Source {
  name: string;
  bytes: Buffer;
}

export type Search = (source: Source) => Finding[];

/** Looks for thousands of needles in one pass over each source. */
export function searchFor(canaries: Canary[]): Search {
  const needles = canaries.flatMap(needlesOf);
  const exact = indexOf(needles.filter(({ anyCase }) => !anyCase));
  const folded = indexOf(
    needles.filter(({ anyCase }) => anyCase).map((needle) => ({ ...needle, bytes: folding(needle.bytes) })),
  );
  return ({ name, bytes }) => {
    const found = [...matches(exact, bytes), ...matches(folded, folding(bytes))];
    const forms = new Map<string, Set<string>>();
    for (const { canary, form } of found) forms.set(canary, (forms.get(canary) ?? new Set()).add(form));
    return [...forms].map(([canary, each]) => ({ source: name, canary, forms: [...each] }));
  };
}

interface Index {
  /** By the first three bytes, whether any needle begins so: what makes the search fast. */
  begins: Uint8Array;
  needles: Map<number, Needle[]>;
}

function indexOf(needles: Needle[]): Index {
  const index: Index = { begins: new Uint8Array(2 ** 24), needles: new Map() };
  for (const needle of needles) {
    const key = needle.bytes.readUIntBE(0, 3);
    index.begins[key] = 1;
    index.needles.set(key, [...(index.needles.get(key) ?? []), needle]);
  }
  return index;
}

function matches({ begins, needles }: Index, bytes: Buffer): Needle[] {
  const found: Needle[] = [];
  let key = 0;
  for (let end = 0; end < bytes.length; end += 1) {
    key = ((key << 8) | bytes[end]!) & 0xffffff;
    if (end < 2 || begins[key] === 0) continue;
    const start = end - 2;
    for (const needle of needles.get(key)!) {
      if (needle.bytes.equals(bytes.subarray(start, start + needle.bytes.length))) found.push(needle);
    }
  }
  return found;
}

/** Byte by byte, so that needle and source are folded alike whatever they encode. */
function folding(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('latin1').toLowerCase(), 'latin1');
}
