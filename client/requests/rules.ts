import { z } from 'zod';
import { RequestInvalid } from '../errors.ts';
import { isVisible, normalised, unfitness } from './text.ts';

/**
 * Building blocks of the request's schema. Each rule carries its own sentence (rule and remedy), so that zod's texts,
 * which may repeat a value, never reach a person.
 */

interface RawIssue {
  code?: string;
  input?: unknown;
}

/** Says `is missing` for an absent value and the rule for every other. */
function orMissing(rule: string): { error: (issue: RawIssue) => string } {
  return { error: (issue) => (issue.input === undefined ? 'is missing; add it.' : rule) };
}

/** Of a machine: taken as it is. The rule without the remedy also describes the field in a document of the schema. */
export function textThat(rule: string, holds: (text: string) => boolean): z.ZodString {
  return keeping(z.string(orMissing(rule)), rule, holds);
}

/** Of a person: brought to the form of `text.ts`, and to that of its kind, before the rule is looked at. */
export function wordsThat(
  rule: string,
  holds: (text: string) => boolean,
  inForm: (text: string) => string = (text) => text,
): z.ZodString {
  const words = z
    .string(orMissing(rule))
    .overwrite(normalised)
    .refine((text) => unfitness(text) === undefined, { error: ({ input }) => unfitness(String(input)), abort: true })
    .overwrite(inForm);
  return keeping(words, rule, holds);
}

function keeping(text: z.ZodString, rule: string, holds: (text: string) => boolean): z.ZodString {
  return text.refine(holds, { error: rule, abort: true }).meta({ description: rule.split(';', 1)[0]! });
}

/** An id that a machine has made. */
export const asGiven = (most: number): z.ZodString =>
  textThat(
    `must be 1 to ${most} characters without line breaks; correct it.`,
    (text) => isVisible(text) && text.length <= most && !/\p{Cc}/u.test(text) && unfitness(text) === undefined,
  );

/** The same of a person. */
export const printable = (most: number): z.ZodString =>
  wordsThat(
    `must be 1 to ${most} characters without line breaks; correct it.`,
    (text) => isVisible(text) && text.length <= most && !/\p{Cc}/u.test(text),
  );

export const flag = z.boolean('must be true or false; correct it or leave it out.');

export function oneOf<const T extends readonly string[]>(values: T): z.ZodType<T[number]> {
  return z.enum(values, orMissing(`must be one of ${values.join(', ')}; correct it.`));
}

export function whole(least: number, most: number): z.ZodNumber {
  const rule = `must be a whole number from ${least} to ${most}; correct it.`;
  return z.number(orMissing(rule)).refine((n) => Number.isInteger(n) && n >= least && n <= most, { error: rule });
}

export function list<T extends z.ZodType>(item: T, most: number): z.ZodArray<T> {
  const rule = `must be a list of at most ${most}; correct it.`;
  return z.array(item, orMissing(rule)).max(most, rule);
}

export function fields<T extends z.ZodRawShape>(shape: T): z.ZodObject<T, z.core.$strict> {
  return z.strictObject(shape, orMissing('must be an object; correct it.'));
}

/** The input as plain data, or `RequestInvalid` with one sentence per problem. */
export function check<T>(schema: z.ZodType<T>, input: unknown): T {
  const found = schema.safeParse(plain(input));
  if (found.success) return found.data;
  throw new RequestInvalid(sentences(found.error));
}

/** As it would travel: a field that is `undefined` is a field left out. */
function plain(input: unknown): unknown {
  if (input === undefined) return null;
  try {
    return JSON.parse(JSON.stringify(input));
  } catch {
    // Too deep, or a cycle, or a bigint. What the engine says may quote a name.
    throw new RequestInvalid([
      'request: must be data that can be written as JSON and does not nest deeply; correct it.',
    ]);
  }
}

/**
 * One sentence per problem: `members[1].person.email: must be …; correct it ….` A value never is named, an unknown field only
 * when its name is no value itself.
 */
export function sentences(error: z.ZodError): string[] {
  return error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => unknownField(issue.path, key))
      : [`${fieldName(issue.path)}: ${issue.message}`],
  );
}

function unknownField(path: PropertyKey[], key: string): string {
  return namedField(key)
    ? `${fieldName([...path, key])}: is not a known field; correct its name or remove it.`
    : `${fieldName(path)}: has a field whose name looks like data; remove it.`;
}

/** Whether it is the name of a field, and no value that got there. */
export function namedField(key: string): boolean {
  return /^[A-Za-z_]{1,40}$/.test(key);
}

/** `members[1].person.email`. Names that may be values themselves are left out. */
export function fieldName(path: PropertyKey[]): string {
  if (path.length === 0) return 'request';
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
}
