import { visit } from 'jsonc-parser';
import { RequestInvalid } from '../errors.ts';
import { fieldName, namedField } from './rules.ts';

/** Bytes as text, or the name of the encoding that they are in instead. */
export type Decoded = { text: string } | { encoding: string };

/** UTF-8 alone, its byte order mark taken off: who guesses stores `�sa` for `Åsa`. */
export function decoded(bytes: Uint8Array): Decoded {
  const [first, second, ...rest] = bytes.subarray(0, 4);
  // With a byte order mark, or by the zero bytes that the signs of JSON have there.
  const isWide = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (isWide || first === 0 || second === 0 || rest.includes(0)) return { encoding: 'UTF-16 or UTF-32' };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { encoding: 'another encoding, such as ISO-8859-1 or Windows-1252' };
  }
}

/** For a person: rule and remedy. */
export function notUtf8({ encoding }: { encoding: string }): string {
  return `must be UTF-8 and is in ${encoding}; save or send it as UTF-8.`;
}

/** The bytes as text; `what` names them in the sentence of `RequestInvalid`. */
export function textIn(bytes: Uint8Array, what: string): string {
  const found = decoded(bytes);
  if ('text' in found) return found.text;
  throw new RequestInvalid([`${what}: ${notUtf8(found)}`]);
}

/** The JSON in the bytes. What the parser says is not repeated: it quotes the input. */
export function jsonIn(bytes: Uint8Array, what: string): unknown {
  const text = textIn(bytes, what);
  const value = parsed(text);
  if (value === undefined) throw new RequestInvalid([`${what}: must be JSON; correct it.`]);
  refuseRepeated(text);
  return value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Of valid JSON: a name that stands twice in an object is `RequestInvalid`, because each reader takes another of the values. So is one that
 * would be no field, but what all objects are made of.
 */
export function refuseRepeated(json: string): void {
  const objects: Set<string>[] = [];
  const problems = new Set<string>();
  try {
    visit(json, {
      onObjectBegin: () => void objects.push(new Set()),
      onObjectEnd: () => void objects.pop(),
      onObjectProperty: (name, _offset, _length, _line, _column, path) => {
        if (name === '__proto__') problems.add(`${fieldName(path())}: has a field that no request has; remove it.`);
        if (objects.at(-1)!.has(name)) problems.add(`${repeated(path(), name)} is given twice; keep one of them.`);
        objects.at(-1)!.add(name);
      },
    });
  } catch (error) {
    // Deeper than the stack: no request nests so, and the rules refuse it.
    if (!(error instanceof RangeError)) throw error;
  }
  if (problems.size > 0) throw new RequestInvalid([...problems]);
}

/** A name that may be a value itself is not repeated. */
function repeated(path: PropertyKey[], name: string): string {
  return namedField(name) ? `${fieldName([...path, name])}:` : `${fieldName(path)}: a field of it`;
}
