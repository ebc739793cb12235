import type { ChangeKind } from '../contract/change.ts';
import { WATCHLIST_KINDS } from '../contract/request.ts';
import { RequestInvalid } from '../client/index.ts';
import { readJson, readValue } from './input.ts';

interface Usage {
  /** What follows the kind on the command line. */
  args: string;
  example: string;
  /** The fields of the change; `undefined` when the values are too few or too many. What they must be is checked later, for all callers alike. */
  read: (values: string[], stdin: NodeJS.ReadableStream) => object | undefined | Promise<object | undefined>;
}

const alone: Usage = { args: '', example: '', read: (values) => (values.length === 0 ? {} : undefined) };

function one(field: string, args: string, example: string): Usage {
  const read: Usage['read'] = async ([value, ...rest], stdin) =>
    value === undefined || rest.length > 0 ? undefined : { [field]: await readValue(value, stdin) };
  return { args, example, read };
}

function pairs(field: string, args: string, example: string): Usage {
  const read: Usage['read'] = async (values, stdin) => {
    if (values.length === 1 && values[0] === '-') return { [field]: await readJson('-', stdin) };
    const parts = values.map((value) => /^([^=]+)=(.*)$/s.exec(value));
    if (values.length === 0 || parts.includes(null)) return undefined;
    return { [field]: Object.fromEntries(parts.map((part) => [part![1]!, wordOf(part![2]!)])) };
  };
  return { args, example, read };
}

const watchlistItem: Usage = {
  args: `${WATCHLIST_KINDS.join('|')} VALUE`,
  example: 'email maja@example.com',
  read: async ([kind, value, ...rest], stdin) =>
    value === undefined || rest.length > 0 ? undefined : { item: { kind, value: await readValue(value, stdin) } },
};

const member: Usage = {
  args: 'FILE',
  example: 'member.json',
  read: async ([file, ...rest], stdin) =>
    file === undefined || rest.length > 0 ? undefined : { member: await readJson(file, stdin) },
};

/** How each kind is typed. `-` for a value reads it from the standard input, which keeps it out of the shell's history. */
const KINDS: Record<ChangeKind, Usage> = {
  'change-email': one('email', 'EMAIL', 'maja@example.com'),
  'delete-email': alone,
  'change-supervisor': one('supervisorId', 'ACCOUNT', '4712'),
  'change-rights': pairs('rights', 'RIGHT=true|false…', 'supervisor=true viewAllRepresentations=false'),
  'set-password': one('by', 'generated|reset-mail', 'reset-mail'),
  'upgrade-plan': one('planId', 'PLAN', '2'),
  'downgrade-plan': one('planId', 'PLAN', '1'),
  'update-profile': pairs('profile', 'FIELD=VALUE…', 'phone=+46701234567 languageCode=sv'),
  activate: alone,
  deactivate: alone,
  'ssn-monitoring-on': alone,
  'ssn-monitoring-off': alone,
  'add-watchlist-item': watchlistItem,
  'remove-watchlist-item': watchlistItem,
  'add-member': member,
  'remove-member': member,
  'invite-member': member,
};

/** For `--help`: every kind with an example. */
export const KIND_HELP = `
Kinds, each with an example:
${Object.entries(KINDS)
  .map(([kind, { example }]) => `  onboard change customer-4711 ${[kind, example].join(' ')}`.trimEnd())
  .join('\n')}

For a value, - reads it from the standard input (FIELD=VALUE as a JSON object), which keeps it out of the shell history.
FILE is the member (reference, person) as JSON. A file or - instead of REF and KIND is a whole request: see examples/change-email.json.`;

/** The change as it was typed. A value never is in an error. */
export async function typedChange(kind: string, values: string[], stdin: NodeJS.ReadableStream): Promise<unknown> {
  const known = Object.entries(KINDS).find(([name]) => name === kind);
  // Which kinds there are is said where all changes are checked.
  if (!known) return { kind };
  const [name, { args, example, read }] = known;
  const fields = await read(values, stdin);
  if (fields) return { kind, ...fields };
  const needs = args === '' ? 'takes no value' : `needs ${args}`;
  const shown = example === '' ? '' : `, for example: onboard change customer-4711 ${name} ${example}`;
  throw new RequestInvalid([`${name}: ${needs}; correct it${shown}.`]);
}

function wordOf(text: string): string | boolean {
  return text === 'true' || (text === 'false' ? false : text);
}
