import { z } from 'zod';
import { VendorError } from '../core/http.ts';
import { ACCOUNT_FIELDS, type AccountField } from './model.ts';
import type { FaciliooOptions } from './options.ts';

type Fields = Record<string, unknown>;
export type Detail = { field: string; issue: string };

export const required = (field: string): Detail => ({ field, issue: `The ${field} field is required.` });
export const invalid = (field: string): Detail => ({ field, issue: `The field ${field} is invalid.` });

/** 400 with each field named, as far as nothing else is said (10). */
export function refuse(details: Detail[], status = 400): never {
  throw new VendorError(status, 'One or more validation errors occurred.', { details });
}

/** The body by a schema, or 400. `wire` tells what a field is called outside. */
export function parse<T>(schema: z.ZodType<T>, body: Fields, wire: (field: string) => string = String): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  return refuse(
    parsed.error.issues.map(({ path }) => {
      const field = String(path[0] ?? '');
      return (body[field] ?? '') === '' ? required(wire(field)) : invalid(wire(field));
    }),
  );
}

/** What an account field is called on the wire. */
export const wireName = ({ names }: FaciliooOptions, field: AccountField): string => names[field] ?? field;

const isAccountField = (field: string): field is AccountField => ACCOUNT_FIELDS.some((each) => each === field);

/** The account fields of a body, under the contract's names; unknown ones are left out without a word (10). */
function accountFields(body: Fields, options: FaciliooOptions): Fields {
  const aliased = options.groupIdAlias ? { [wireName(options, 'accountGroupId')]: body['groupId'], ...body } : body;
  const entries = ACCOUNT_FIELDS.map((field) => [field, aliased[wireName(options, field)]] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

const theme = z.literal([0, 1, 2]).nullish();
const flag = z.boolean().nullish();
const email = z.string().trim().pipe(z.email());

/** Rules of 4.2; which texts may be empty is an assumption. */
const creationSchema = z.object({
  email,
  partyId: z.int32(),
  firstName: z.string().nullish(),
  lastName: z.string().trim().min(1),
  theme,
  isAdmin: flag,
  accountGroupId: z.int32(),
  colorId: z.int32().nullish(),
  canViewAllRepresentations: flag,
  isSupervisor: flag,
  externalId: z.string().max(50).nullish(),
});
export type Creation = z.infer<typeof creationSchema>;

const changeSchema = creationSchema.partial();
export type Change = z.infer<typeof changeSchema>;

const accountParser =
  <T>(schema: z.ZodType<T>) =>
  (body: Fields, options: FaciliooOptions): T =>
    parse(schema, accountFields(body, options), (field) => (isAccountField(field) ? wireName(options, field) : field));

export const parseCreation = accountParser(creationSchema);
export const parseChange = accountParser(changeSchema);
