import type { z } from 'zod';
import { invalid, missing, PaywayError, unknownNames } from './errors.ts';
import { emailName, type EmailName } from './names.ts';
import type { PaywayOptions } from './options.ts';

export const UNSET = '__UNSET__';
type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Names, at any depth, whose value asks to be unset. */
function unsetNames(input: Fields): string[] {
  return Object.entries(input).flatMap(([name, value]) => {
    if (isFields(value)) return unsetNames(value);
    return value === UNSET || (Array.isArray(value) && value.includes(UNSET)) ? [name] : [];
  });
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, name) => (isFields(value) ? value[String(name)] : undefined), input);
}

/**
 * The input by a schema, or the first thing that is wrong with it (4.1: one error per response): unknown names, then
 * `__UNSET__` where it does not belong, then the fields in order.
 * Assumption: the order, and that the names inside objects are checked as strictly.
 */
export function parse<T>(
  schema: z.ZodType<T>,
  input: Fields,
  options: PaywayOptions,
  { supportsUnset = [], emailAs = 'email' }: { supportsUnset?: readonly string[]; emailAs?: EmailName } = {},
): T {
  const entries = Object.entries(input).filter(([, value]) => options.nulls === 'refused' || value !== null);
  const given = Object.fromEntries(entries);
  const parsed = schema.safeParse(given);
  const issues = parsed.success ? [] : parsed.error.issues;
  const unknown = issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys : []));
  if (unknown.length > 0) throw unknownNames(unknown);
  const unset = unsetNames(given).find((name) => !supportsUnset.includes(name));
  if (unset !== undefined) throw new PaywayError(400, options.unsetCode, 'Parameter does not support unset', unset);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  const path = first?.path ?? [];
  const name = path.filter((part) => typeof part === 'string').join('.');
  const field = name === 'email' ? emailName(options, emailAs) : name;
  if (valueAt(given, path) === undefined && first?.code === 'invalid_type') throw missing(field);
  throw invalid(
    field,
    first?.code === 'invalid_type' ? `Parameter must be of type ${first.expected}` : (first?.message ?? ''),
  );
}

/** Exactly one of some identifiers (4.2, 5.4), or 400. Assumption: an error that names no field. */
export function onlyOne(given: Fields, names: readonly string[]): void {
  const present = names.filter((name) => given[name] !== undefined);
  if (present.length === 0) throw invalid(undefined, `One of [${names.join(', ')}] is required`);
  if (present.length > 1) throw invalid(undefined, `Only one of [${names.join(', ')}] is allowed`);
}
