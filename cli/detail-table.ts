import { oneLine, table } from './output.ts';

/** What a provider showed, for people: a line for each field, or for each item of a list. */
export function detailTable(detail: object): string {
  if (!Array.isArray(detail)) return table([], fieldsOf(detail));
  if (detail.length === 0) return 'none';
  const items = detail.map((item: unknown) => new Map(fieldsOf(typeof item === 'object' ? item : { value: item })));
  const names = [...new Set(items.flatMap((item) => [...item.keys()]))];
  return table(
    names.map((name) => name.toUpperCase()),
    items.map((item) => names.map((name) => item.get(name))),
  );
}

/** Nested ones as `profile.phone`. */
function fieldsOf(value: object | null, path = ''): [string, string][] {
  return Object.entries(value ?? {}).flatMap(([name, field]: [string, unknown]): [string, string][] =>
    typeof field === 'object' && field !== null && !Array.isArray(field)
      ? fieldsOf(field, `${path}${name}.`)
      : [[`${path}${name}`, words(field)]],
  );
}

/** What a provider stores may have been typed by anybody: no control character of it reaches the terminal. */
function words(field: unknown): string {
  if (field === null) return 'none';
  if (Array.isArray(field)) return field.map(words).join(', ');
  return oneLine(typeof field === 'string' ? field : JSON.stringify(field));
}
