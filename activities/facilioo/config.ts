import { z } from 'zod';
import type { SettingsOf } from '../../contract/settings.ts';
import { baseUrl, flag, readConfig, timeoutMs } from '../config.ts';
import { CONTACT_FIELDS, FIELD_NAMES, isFieldName } from './fields.ts';
import type { FieldName, FieldNames } from './fields.ts';

/** `refresh` is the form in which `/api/auth/refresh` takes the refresh token. */
export interface Credentials {
  email: string;
  password: string;
  refresh: 'bearer' | 'body' | 'off';
}

const INT32 = 2 ** 31 - 1;
export const entityId = z.coerce.number().int().min(1).max(INT32);

const PAIR = /^\s*(\w+)\s*=\s*(\w{1,64})\s*$/;

/** `ourName=theirName`, separated by commas. */
const fieldNames = z
  .string()
  .default('')
  .transform((text, context): FieldNames => {
    const named: Partial<Record<FieldName, string>> = {};
    for (const part of text.split(',').filter((each) => each.trim() !== '')) {
      const [, field = '', name = ''] = PAIR.exec(part) ?? [];
      if (isFieldName(field)) named[field] = name;
      else {
        const known = [...Object.keys(FIELD_NAMES), ...CONTACT_FIELDS].join(', ');
        context.addIssue({ code: 'custom', message: `must be field=name, separated by commas; fields are ${known}` });
      }
    }
    return { ...FIELD_NAMES, ...named };
  });

const schema = z
  .object({
    /** No default: production must be meant. */
    FACILIOO_BASE_URL: baseUrl,
    /** An account of facilioo's own web app, of a property-management company, whose group may create. */
    FACILIOO_EMAIL: z.string().min(1).optional(),
    FACILIOO_PASSWORD: z.string().min(1).optional(),
    /** A long-lived token instead of a login. */
    FACILIOO_ACCESS_TOKEN: z.string().min(1).optional(),
    /** Assumption: how `/api/auth/refresh` takes the refresh token; `off` logs in again instead. */
    FACILIOO_REFRESH: z.enum(['bearer', 'body', 'off']).default('bearer'),
    /** Account group of requests that name none (`planId`). */
    FACILIOO_ACCOUNT_GROUP_ID: entityId.optional(),
    /** Party of requests that name none (`holderId`): an organisation, which may have many accounts. */
    FACILIOO_PARTY_ID: entityId.optional(),
    /** Makes a party of type User for each request that names none. */
    FACILIOO_CREATE_PARTIES: flag(false),
    FACILIOO_FIELD_NAMES: fieldNames,
    /** Assumption: `POST …/search` is there and filters; without, lists are read whole. */
    FACILIOO_SEARCH: flag(true),
    /** Assumption: how `PATCH /api/accounts/{id}` takes a change; `off` makes none. */
    FACILIOO_PATCH: z.enum(['merge', 'json-patch', 'off']).default('merge'),
    /** Assumption: a 403 that comes as a web page is the gateway blocking us, not a missing permission. */
    FACILIOO_HTML_403_BLOCKS: flag(true),
    /** Assumption: facilioo's own errors are problem JSON; `any` believes the status of other bodies, too, also where a gateway may have sent them. */
    FACILIOO_ERROR_BODIES: z.enum(['problem-json', 'any']).default('problem-json'),
    /** So many refused calls in a row (4xx), and none is made for a while. */
    FACILIOO_PAUSE_AFTER: z.coerce.number().int().min(1).default(5),
    FACILIOO_PAUSE_MS: z.coerce.number().int().min(100).max(3_600_000).default(300_000),
    FACILIOO_TIMEOUT_MS: timeoutMs,
  } satisfies SettingsOf<'facilioo', z.ZodType>)
  .refine((env) => (env.FACILIOO_ACCESS_TOKEN === undefined) !== (env.FACILIOO_EMAIL === undefined), {
    error: 'set FACILIOO_EMAIL and FACILIOO_PASSWORD, or FACILIOO_ACCESS_TOKEN alone',
    path: ['FACILIOO_EMAIL'],
  })
  .refine((env) => (env.FACILIOO_EMAIL === undefined) === (env.FACILIOO_PASSWORD === undefined), {
    error: 'belongs to FACILIOO_EMAIL; set both or none',
    path: ['FACILIOO_PASSWORD'],
  })
  .refine((env) => !(env.FACILIOO_CREATE_PARTIES && env.FACILIOO_PARTY_ID !== undefined), {
    error: 'leave it out where FACILIOO_CREATE_PARTIES is true',
    path: ['FACILIOO_PARTY_ID'],
  })
  .refine((env) => !env.FACILIOO_CREATE_PARTIES || CONTACT_FIELDS.every((field) => env.FACILIOO_FIELD_NAMES[field]), {
    error: `needs the names that facilioo gives ${CONTACT_FIELDS.join(', ')} where FACILIOO_CREATE_PARTIES is true`,
    path: ['FACILIOO_FIELD_NAMES'],
  })
  .transform((env) => ({
    baseUrl: env.FACILIOO_BASE_URL,
    timeoutMs: env.FACILIOO_TIMEOUT_MS,
    credentials: ((): Credentials | { accessToken: string } =>
      env.FACILIOO_EMAIL !== undefined && env.FACILIOO_PASSWORD !== undefined
        ? { email: env.FACILIOO_EMAIL, password: env.FACILIOO_PASSWORD, refresh: env.FACILIOO_REFRESH }
        : { accessToken: env.FACILIOO_ACCESS_TOKEN ?? '' })(),
    accountGroupId: env.FACILIOO_ACCOUNT_GROUP_ID,
    partyId: env.FACILIOO_PARTY_ID,
    createParties: env.FACILIOO_CREATE_PARTIES,
    names: env.FACILIOO_FIELD_NAMES,
    search: env.FACILIOO_SEARCH,
    patch: env.FACILIOO_PATCH,
    htmlForbiddenBlocks: env.FACILIOO_HTML_403_BLOCKS,
    errorBodies: env.FACILIOO_ERROR_BODIES,
    pause: { after: env.FACILIOO_PAUSE_AFTER, ms: env.FACILIOO_PAUSE_MS },
  }));

export type FaciliooConfig = z.output<typeof schema>;

/** Reads the `FACILIOO_…` variables. Throws one `Error` that lists each wrong or missing variable and its rule, never its value. */
export function faciliooConfig(env: Record<string, string | undefined>): FaciliooConfig {
  return readConfig('facilioo', schema, env);
}
