import { z } from 'zod';
import type { SettingsOf } from '../../contract/settings.ts';
import { baseUrl, flag, readConfig, timeoutMs } from '../config.ts';
import { isPackageCode } from './fields.ts';

/** What onboarding needs (Tulo Payway contract, section 2.5): reading one account takes the write scope. */
const ACCOUNT_SCOPES = '/external/account/r /external/account/w /external/account/archive/w';
const PRODUCT_SCOPE = '/external/userproduct/w';
/** Needed for existing customers only, and not every API user is issued it. */
export const MAPPING_SCOPE = '/external/identity_mapping/w';

const link = z
  .url({ protocol: /^https?$/ })
  .max(1024)
  .optional();

const schema = z
  .object({
    /** The API host without a path. Stage and production cannot be derived from each other (section 1). */
    TULO_PAYWAY_BASE_URL: baseUrl,
    /** API user of the administration portal (PAP). */
    TULO_PAYWAY_CLIENT_ID: z.string().min(1),
    TULO_PAYWAY_CLIENT_SECRET: z.string().min(1),
    /** Assumption: the system-to-system grant is spelled `none`, as in the vendor's own plugin. */
    TULO_PAYWAY_GRANT_TYPE: z.string().min(1).default('none'),
    /** Separated by spaces. By default what the steps need, existing customers apart: those take `/external/identity_mapping/w` too. */
    TULO_PAYWAY_SCOPES: z.string().startsWith('/').optional(),
    /** Key of the identity mapping that carries our reference; unique for this product in the organisation. */
    TULO_PAYWAY_EXTERNAL_ID_KEY: z.string().min(1).max(128).default('durable-onboarding'),
    /** `false`: accounts are created as verified, and nobody is asked to confirm an address. */
    TULO_PAYWAY_REQUIRE_VERIFICATION: flag(true),
    /** Own page that the verification mail leads to. */
    TULO_PAYWAY_VERIFICATION_URL: link,
    /** Where the person goes after choosing a password. */
    TULO_PAYWAY_RETURN_URL: link,
    /** Own page that the mail for a new password leads to, instead of Payway's; `TULO_PAYWAY_RETURN_URL` goes with it (section 9.1). */
    TULO_PAYWAY_RESET_PASSWORD_URL: link,
    /** `account_origin` of new accounts, for example the newspaper's title. */
    TULO_PAYWAY_ACCOUNT_ORIGIN: z.string().min(1).max(1024).optional(),
    /** Package that new accounts get and members share, unless the request names one. */
    TULO_PAYWAY_PACKAGE_CODE: z
      .string()
      .refine(isPackageCode, { error: 'must be letters, digits, "-" or "_", at most 50' })
      .optional(),
    TULO_PAYWAY_SUBSCRIPTION_TYPE: z.enum(['recurring', 'limited']).default('recurring'),
    /** Days from today for which a package is provisioned. */
    TULO_PAYWAY_SUBSCRIPTION_DAYS: z.coerce.number().int().min(1).max(36_500).default(365),
    /** Assumption: a subscription shows the code of the package as its product code. `any`: whatever runs counts as that package. */
    TULO_PAYWAY_PACKAGE_SHOWN_AS: z.enum(['product-code', 'any']).default('product-code'),
    /** Which running subscriptions the removal of an account, or a change of its plan, ends. Assumption: one without `order_id` was provisioned, not bought. */
    TULO_PAYWAY_END_SUBSCRIPTIONS: z.enum(['provisioned', 'all', 'none']).default('provisioned'),
    /**
     * Assumption (sections 5.3 and 9.2): a changed address counts and is shown at once. `replaces-when-confirmed`: the old one is shown until
     * the person has confirmed the new one.
     */
    TULO_PAYWAY_CHANGED_EMAIL: z.enum(['counts-at-once', 'replaces-when-confirmed']).default('counts-at-once'),
    /** Assumption: as both documented addresses print it; the page's title has `create_password_request`. */
    TULO_PAYWAY_CREATE_RESET_PATH: z
      .string()
      .startsWith('/')
      .default('/external/api/v1/accounts/create_password_reset'),
    /** Assumption: the singular, as both documented addresses print it; the page's title has `accounts`. */
    TULO_PAYWAY_ACTIVATE_CANDIDATE_PATH: z
      .string()
      .startsWith('/')
      .default('/external/api/v1/account/activate_candidate'),
    TULO_PAYWAY_TIMEOUT_MS: timeoutMs,
  } satisfies SettingsOf<'tulo-payway', z.ZodType>)
  .refine((env) => env.TULO_PAYWAY_RESET_PASSWORD_URL === undefined || env.TULO_PAYWAY_RETURN_URL !== undefined, {
    path: ['TULO_PAYWAY_RETURN_URL'],
    error: 'must be set where TULO_PAYWAY_RESET_PASSWORD_URL is; the call takes both',
  })
  .transform((env) => ({ ...env, scopes: env.TULO_PAYWAY_SCOPES ?? `${ACCOUNT_SCOPES} ${PRODUCT_SCOPE}` }))
  .transform(({ scopes, ...env }) => ({
    baseUrl: env.TULO_PAYWAY_BASE_URL,
    timeoutMs: env.TULO_PAYWAY_TIMEOUT_MS,
    login: {
      clientId: env.TULO_PAYWAY_CLIENT_ID,
      clientSecret: env.TULO_PAYWAY_CLIENT_SECRET,
      grantType: env.TULO_PAYWAY_GRANT_TYPE,
      scopes,
    },
    mapsIdentities: scopes.split(' ').includes(MAPPING_SCOPE),
    externalIdKey: env.TULO_PAYWAY_EXTERNAL_ID_KEY,
    requireVerification: env.TULO_PAYWAY_REQUIRE_VERIFICATION,
    verificationUrl: env.TULO_PAYWAY_VERIFICATION_URL,
    returnUrl: env.TULO_PAYWAY_RETURN_URL,
    resetPasswordUrl: env.TULO_PAYWAY_RESET_PASSWORD_URL,
    accountOrigin: env.TULO_PAYWAY_ACCOUNT_ORIGIN,
    packageCode: env.TULO_PAYWAY_PACKAGE_CODE,
    subscriptionType: env.TULO_PAYWAY_SUBSCRIPTION_TYPE,
    subscriptionDays: env.TULO_PAYWAY_SUBSCRIPTION_DAYS,
    packageShownAs: env.TULO_PAYWAY_PACKAGE_SHOWN_AS,
    endSubscriptions: env.TULO_PAYWAY_END_SUBSCRIPTIONS,
    changedEmail: env.TULO_PAYWAY_CHANGED_EMAIL,
    createResetPath: env.TULO_PAYWAY_CREATE_RESET_PATH,
    activateCandidatePath: env.TULO_PAYWAY_ACTIVATE_CANDIDATE_PATH,
  }));

export type TuloPaywayConfig = z.output<typeof schema>;

/** Reads the `TULO_PAYWAY_…` variables. Throws one `Error` that lists each wrong or missing variable and its rule, never its value. */
export function tuloPaywayConfig(env: Record<string, string | undefined>): TuloPaywayConfig {
  return readConfig('Tulo Payway', schema, env);
}
