import { randomBytes } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Dialect, Encoded, VendorError } from '../core/http.ts';
import type { FaciliooOptions } from './options.ts';

type Body = Pick<Encoded, 'contentType' | 'body'>;
type Shape = Exclude<FaciliooOptions['errors'], 'rotate'>;

const SHAPES: Shape[] = ['problem', 'pascal-case', 'html', 'text', 'empty'];
const EMPTY: Body = { contentType: 'text/plain; charset=utf-8', body: '' };

/** `externalId` to `ExternalId`, all the way down: how the vendor's prose writes names (2). */
function pascalCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pascalCase);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, field]) => [
    name.charAt(0).toUpperCase() + name.slice(1),
    pascalCase(field),
  ]);
  return Object.fromEntries(entries);
}

/** ASP.NET's problem details (assumption, 9 and 10). */
function problem({ status, message, details }: VendorError): Record<string, unknown> {
  const errors: Record<string, string[]> = {};
  for (const { field, issue } of details ?? []) (errors[field] ??= []).push(issue);
  return {
    type: `https://httpstatuses.io/${status}`,
    title: message,
    status,
    traceId: `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-00`,
    ...(details ? { errors } : {}),
  };
}

const json = (body: unknown): Body => ({
  contentType: 'application/problem+json; charset=utf-8',
  body: JSON.stringify(body),
});

const WRITERS: Record<Shape, (error: VendorError) => Body> = {
  problem: (error) => json(problem(error)),
  'pascal-case': (error) => json(pascalCase(problem(error))),
  html: ({ status }) => ({
    contentType: 'text/html; charset=utf-8',
    body: `<html><head><title>${status}</title></head><body><h1>${status} ${STATUS_CODES[status]}</h1></body></html>`,
  }),
  text: ({ message }) => ({ contentType: 'text/plain; charset=utf-8', body: message }),
  empty: () => EMPTY,
};

/** Assumption: the "older format" of the core's `legacy-body` fault is PascalCase. */
export function createDialect({ errors, unauthorized }: FaciliooOptions): Dialect {
  let turn = 0;
  const shapeFor = (legacy: boolean): Shape => {
    if (legacy) return 'pascal-case';
    return errors === 'rotate' ? (SHAPES[turn++ % SHAPES.length] ?? 'problem') : errors;
  };
  return {
    answer({ status, body, headers = {} }, _, legacy): Encoded {
      const text = body === undefined ? '' : JSON.stringify(legacy ? pascalCase(body) : body);
      return { status, contentType: 'application/json', headers, body: text };
    },
    error(error, _, legacy): Encoded {
      const { status, headers } = error;
      const isBare = status === 401 && unauthorized === 'empty';
      return { status, headers, ...(isBare ? EMPTY : WRITERS[shapeFor(legacy)](error)) };
    },
    // No header of the vendor's own is known (9): such a 429 does not tell when.
    resetHeader: () => ({}),
  };
}
