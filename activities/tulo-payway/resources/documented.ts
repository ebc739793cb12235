import { isRecord } from '../../http/answer.ts';

/** Only documented names are sent: the vendor refuses a call with any other (Tulo Payway contract, section 4.2). */

/** The documented names of a body: a plain field, one that the vendor can clear, or an object with names of its own. */
export interface Names {
  readonly [name: string]: true | 'clearable' | Names;
}

/** Clears a value where the vendor allows it. Only this symbol does: a text that spells the vendor's `__UNSET__` is refused. */
export const UNSET = Symbol('unset');

/** A body of plain fields. */
export function fields(...names: string[]): Names {
  return Object.fromEntries(names.map((name) => [name, true]));
}

/** What is sent of a body: documented names only, no nulls (null is not "unset"), and `__UNSET__` only where asked for by its symbol. */
export function documented(body: object, names: Names): object {
  const sent = Object.entries(body).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(
    sent.map(([name, value]: [string, unknown]) => {
      const kind = Object.hasOwn(names, name) ? names[name] : undefined;
      if (kind === undefined) throw undocumented(name);
      if (value === UNSET && kind === 'clearable') return [name, '__UNSET__'];
      if (holdsUnset(value)) throw new TypeError(`${name} must not be the vendor’s word for clearing a value`);
      return [name, typeof kind === 'object' && isRecord(value) ? documented(value, kind) : value];
    }),
  );
}

/** The same fields, if they name one object in exactly one of these ways (sections 5.2, 5.4 and 5.8). */
export function namedOnce<T extends Record<string, string>>(given: T, ways: string[], more: string[] = []): T {
  const names = Object.keys(given);
  const stray = names.find((name) => !ways.includes(name) && !more.includes(name));
  if (stray !== undefined) throw undocumented(stray);
  if (names.filter((name) => ways.includes(name)).length !== 1) {
    throw new TypeError(`exactly one of ${ways.join(', ')} must be given`);
  }
  return given;
}

/** In any spelling: whether the vendor compares exactly is not said (section 3.3). */
export function isUnset(text: string): boolean {
  return text.trim().toUpperCase() === '__UNSET__';
}

function holdsUnset(value: unknown): boolean {
  if (typeof value === 'string') return isUnset(value);
  if (typeof value === 'symbol') return true;
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsUnset);
}

function undocumented(name: string): TypeError {
  return new TypeError(`${/^[a-z_]{1,40}$/.test(name) ? name : 'a name'} is no documented field of this call`);
}
