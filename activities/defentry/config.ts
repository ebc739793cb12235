import { z } from 'zod';
import type { SettingsOf } from '../../contract/settings.ts';
import { WATCHLIST_KINDS } from '../../contract/request.ts';
import type { WatchlistKind } from '../../contract/request.ts';
import { baseUrl, flag, readConfig, timeoutMs } from '../config.ts';

const route = z.string().startsWith('/');

/** Separated by commas. */
const watchlists = z
  .string()
  .default('email,phone')
  .transform((text, context): WatchlistKind[] => {
    const named = new Set(text.split(',').map((each) => each.trim()));
    const kinds = WATCHLIST_KINDS.filter((kind) => named.has(kind));
    if (kinds.length < named.size) {
      const message = `must be some of ${WATCHLIST_KINDS.join(', ')}, separated by commas`;
      context.addIssue({ code: 'custom', message });
    }
    return kinds;
  });

const schema = z
  .object({
    /** The host the account manager assigned (`API_DOMAIN`), with scheme. */
    DEFENTRY_BASE_URL: baseUrl,
    /** Service account of the CRM portal. */
    DEFENTRY_USERNAME: z.string().min(1),
    DEFENTRY_PASSWORD: z.string().min(1),
    /** Asks for a longer CRM login session. */
    DEFENTRY_KEEP_LOGGED: flag(false),
    /** SSO credentials for app tokens; needed for eID only. */
    DEFENTRY_CLIENT_ID: z.string().min(1).optional(),
    DEFENTRY_CLIENT_SECRET: z.string().min(1).optional(),
    /** The tenant's `SSN_REQUIRED` switch; on by default at the vendor too. */
    DEFENTRY_SSN_REQUIRED: flag(true),
    /**
     * Assumption: which SSNs the vendor takes. `swedish`: YYYYMMDD-NNNN, the only form that it documents · `any`: shorter ones and those of other
     * countries too, so that the vendor decides.
     */
    DEFENTRY_SSN_FORM: z.enum(['swedish', 'any']).default('swedish'),
    /** Plan of requests that name none. */
    DEFENTRY_PLAN_ID: z.coerce.number().int().positive().optional(),
    /** Set on a tenant with plan-based billing. */
    DEFENTRY_PLAN_REQUIRED: flag(false),
    /** Assumption: the field that carries our own reference at creation. */
    DEFENTRY_EXTERNAL_ID_FIELD: z.string().min(1).default('external_id'),
    /** Assumption: `type` of a family's main account; `SINGLE` is the only documented value. */
    DEFENTRY_FAMILY_TYPE: z.string().min(1).default('SINGLE'),
    /** Assumption: what the vendor does with an account whose address changes, until the new one is confirmed. */
    DEFENTRY_CHANGED_EMAIL: z.enum(['deactivates', 'keeps-active', 'replaces-when-confirmed']).default('deactivates'),
    /**
     * Assumption: what a 403 on SSN monitoring says. `permission`: it may be one that the service account lacks, so a person decides, and nothing
     * that is done is taken back · `plan`: the customer's plan has no monitoring, so the request is refused.
     */
    DEFENTRY_MONITORING_FORBIDDEN: z.enum(['permission', 'plan']).default('permission'),
    /** Which version of each route that the vendor has in two: lists, updates, passwords, deactivation, members. */
    DEFENTRY_ROUTES: z.enum(['v1', 'v2']).default('v1'),
    /**
     * Assumption: what a member is. `accounts`: an account of its own, removed as one, wherever it shows itself to be one · `plain`: a person on the
     * account's list, whom no documented route removes, so that members are listed as left behind.
     */
    DEFENTRY_MEMBERS: z.enum(['accounts', 'plain']).default('accounts'),
    /** Assumption: what names the member in an invitation by v1. */
    DEFENTRY_INVITE_BY: z.enum(['member_id', 'email']).default('member_id'),
    /** The watchlists that the vendor has here. Assumption: the routes of those that are not documented, so they are off until named. */
    DEFENTRY_WATCHLISTS: watchlists,
    /** Assumption: how the vendor spells the driver's-licence list, in its routes and, with underscores, in bodies. */
    DEFENTRY_LICENCE_WATCHLIST: z
      .string()
      .regex(/^[a-z]+(-[a-z]+)*$/)
      .default('drivers-license'),
    /** Assumption: the eID routes, from the vendor's real contract. Without both, eID is off. */
    DEFENTRY_EID_START_PATH: route.optional(),
    DEFENTRY_EID_STATUS_PATH: route.includes('{id}').optional(),
    /** Assumption: on a tenant whose accounts do not tell whether they have an SSN, the eID's own status is believed. */
    DEFENTRY_TRUST_EID_STATUS: flag(false),
    DEFENTRY_TIMEOUT_MS: timeoutMs,
  } satisfies SettingsOf<'defentry', z.ZodType>)
  .refine((env) => (env.DEFENTRY_EID_START_PATH === undefined) === (env.DEFENTRY_EID_STATUS_PATH === undefined), {
    error: 'set both eID paths or none',
    path: ['DEFENTRY_EID_STATUS_PATH'],
  })
  .refine(
    (env) => env.DEFENTRY_EID_START_PATH === undefined || (env.DEFENTRY_CLIENT_ID && env.DEFENTRY_CLIENT_SECRET),
    {
      error: 'eID needs the SSO credentials DEFENTRY_CLIENT_ID and DEFENTRY_CLIENT_SECRET',
      path: ['DEFENTRY_CLIENT_ID'],
    },
  )
  .transform((env) => ({
    baseUrl: env.DEFENTRY_BASE_URL,
    timeoutMs: env.DEFENTRY_TIMEOUT_MS,
    login: { username: env.DEFENTRY_USERNAME, password: env.DEFENTRY_PASSWORD, keepLogged: env.DEFENTRY_KEEP_LOGGED },
    sso:
      env.DEFENTRY_CLIENT_ID && env.DEFENTRY_CLIENT_SECRET
        ? { clientId: env.DEFENTRY_CLIENT_ID, clientSecret: env.DEFENTRY_CLIENT_SECRET }
        : undefined,
    ssnRequired: env.DEFENTRY_SSN_REQUIRED,
    ssnForm: env.DEFENTRY_SSN_FORM,
    planId: env.DEFENTRY_PLAN_ID,
    planRequired: env.DEFENTRY_PLAN_REQUIRED,
    externalIdField: env.DEFENTRY_EXTERNAL_ID_FIELD,
    familyType: env.DEFENTRY_FAMILY_TYPE,
    changedEmail: env.DEFENTRY_CHANGED_EMAIL,
    monitoringForbidden: env.DEFENTRY_MONITORING_FORBIDDEN,
    routes: env.DEFENTRY_ROUTES,
    members: env.DEFENTRY_MEMBERS,
    inviteBy: env.DEFENTRY_INVITE_BY,
    watchlists: env.DEFENTRY_WATCHLISTS,
    licenceWatchlist: env.DEFENTRY_LICENCE_WATCHLIST,
    eid:
      env.DEFENTRY_EID_START_PATH && env.DEFENTRY_EID_STATUS_PATH
        ? { startPath: env.DEFENTRY_EID_START_PATH, statusPath: env.DEFENTRY_EID_STATUS_PATH }
        : undefined,
    trustEidStatus: env.DEFENTRY_TRUST_EID_STATUS,
  }));

export type DefentryConfig = z.output<typeof schema>;

/** Reads the `DEFENTRY_…` variables. Throws one `Error` that lists each wrong or missing variable and its rule, never its value. */
export function defentryConfig(env: Record<string, string | undefined>): DefentryConfig {
  return readConfig('Defentry', schema, env);
}
