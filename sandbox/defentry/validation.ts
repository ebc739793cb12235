import { z } from 'zod';
import { VendorError } from '../core/http.ts';
import { ACCOUNT_TYPES } from './model.ts';
import type { DefentryOptions } from './options.ts';

export interface Detail {
  field: string;
  issue: string;
}

const label = (field: string) => field.replaceAll('_', ' ');
export const required = (field: string): Detail => ({ field, issue: `The ${label(field)} field is required.` });

export function refuse(details: Detail[]): never {
  throw new VendorError(422, 'The given data was invalid.', { details });
}

function issuesOf(error: z.ZodError, body: Record<string, unknown>): Detail[] {
  return error.issues.map(({ path }) => {
    const field = path.join('.');
    const given = body[String(path[0])];
    return given === undefined || given === null || given === ''
      ? required(field)
      : { field, issue: `The ${label(field)} field is invalid.` };
  });
}

const isGiven = (value: unknown) => value !== undefined && value !== null && value !== '';

/** Laravel takes an empty text for "not given". */
function given(body: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => isGiven(value)));
}

/** The body by a schema, or 422 with one detail per field (9.4); `more` are rules that span fields. */
export function parse<T>(schema: z.ZodType<T>, body: Record<string, unknown>, more: Detail[] = []): T {
  const parsed = schema.safeParse(given(body));
  const details = [...(parsed.success ? [] : issuesOf(parsed.error, body)), ...more];
  return parsed.success && details.length === 0 ? parsed.data : refuse(details);
}

const text = z.string().min(1).max(255);
export const email = z.email().max(255);
/** E.164, as the examples of the watchlist page. */
const phone = z.string().regex(/^\+[1-9]\d{6,14}$/);
const planId = z.union([z.string(), z.number()]).transform(String);
export const id = z.union([z.string(), z.number()]).transform(String);

/** What an update takes: all optional, `ssn` not even looked at (3.2, 9.5). */
export const updateSchema = z.object({
  first_name: text.optional(),
  last_name: text.optional(),
  email: email.optional(),
  phone: phone.optional(),
  country_code: z.string().length(2).optional(),
  lang_code: z.string().length(2).optional(),
});

const personFields = (options: DefentryOptions) => ({
  ...updateSchema.shape,
  first_name: text,
  last_name: text,
  ssn: z.string().regex(new RegExp(options.ssnPattern, 'u')).optional(),
  plan_id: planId.refine((value) => Object.hasOwn(options.plans, value)).optional(),
  external_id: text.optional(),
});
export type Person = z.infer<z.ZodObject<ReturnType<typeof personFields>>>;

function personRules(body: Record<string, unknown>, options: DefentryOptions, isMember: boolean): Detail[] {
  const details: Detail[] = [];
  if (!isGiven(body['email']) && !isGiven(body['phone'])) details.push(required('email'), required('phone'));
  if (options.ssnRequired && !isGiven(body['ssn'])) details.push(required('ssn'));
  if (options.planBilling && !isMember && !isGiven(body['plan_id'])) details.push(required('plan_id'));
  return details;
}

/** Under our own name of the field whose name is an option. */
const named = (body: Record<string, unknown>, { externalIdField }: DefentryOptions) => ({
  ...body,
  external_id: body[externalIdField],
});

/** The body of `POST /api/v1/account` (3.1). */
export function parseAccount(body: Record<string, unknown>, options: DefentryOptions) {
  const schema = z.object({ ...personFields(options), type: z.enum(ACCOUNT_TYPES).default('SINGLE') });
  return parse(schema, named(body, options), personRules(body, options, false));
}

/** The body of `POST /api/v1/account/business`. Assumption: 9.8. */
export function parseBusiness(body: Record<string, unknown>, options: DefentryOptions) {
  const schema = z.object({ ...personFields(options), company_name: text, organization_number: text.optional() });
  return parse(schema, named(body, options), personRules(body, options, false));
}

/** The body of a member. Assumption: the person fields of 3.1; the plan is the owner's (9.8). */
export function parseMember(body: Record<string, unknown>, options: DefentryOptions): Person {
  return parse(z.object(personFields(options)), named(body, options), personRules(body, options, true));
}
