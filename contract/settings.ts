import { WORKFLOW_QUEUE } from './queues.ts';

/**
 * The one list of environment variables, by who reads them. A name that is not here does not compile in a `config*.ts`, is told as misspelt
 * where it is near one of these, and has no place on a page. The sandbox, which imports nothing, is held to it by a test.
 */
export interface Setting {
  /** Its value is never shown: a key, a password, or the name of a login. */
  secret?: true;
  /** Where it is not set. */
  default?: string;
}

const SECRET = { secret: true } as const;

export const SETTINGS = {
  all: {
    TEMPORAL_ADDRESS: { default: 'localhost:7233' },
    TEMPORAL_NAMESPACE: { default: 'default' },
    TEMPORAL_API_KEY: SECRET,
    TEMPORAL_TLS: {},
    TEMPORAL_TLS_SERVER_NAME: {},
    TEMPORAL_TLS_SERVER_CA_CERT_PATH: {},
    TEMPORAL_TLS_SERVER_CA_CERT_DATA: {},
    TEMPORAL_TLS_CLIENT_CERT_PATH: {},
    TEMPORAL_TLS_CLIENT_CERT_DATA: {},
    TEMPORAL_TLS_CLIENT_KEY_PATH: {},
    TEMPORAL_TLS_CLIENT_KEY_DATA: SECRET,
    TEMPORAL_PROFILE: {},
    TEMPORAL_CONFIG_FILE: {},
    ONBOARDING_KEYS: SECRET,
    ONBOARDING_KEY_FILE: {},
    ONBOARDING_KEY_COMMAND: SECRET,
    ONBOARDING_TASK_QUEUE: { default: WORKFLOW_QUEUE },
  },
  worker: {
    ONBOARDING_METRICS_ADDRESS: {},
    ONBOARDING_LOG_LEVEL: { default: 'info' },
    ONBOARDING_WORKER_IDENTITY: {},
    ONBOARDING_SHUTDOWN_GRACE: { default: 'PT25S' },
    ONBOARDING_MAX_CACHED_WORKFLOWS: { default: '1000' },
    ONBOARDING_WORKFLOW_TASKS: { default: '40' },
    ONBOARDING_CALLS: { default: '100' },
    ONBOARDING_DEPLOYMENT_NAME: {},
    ONBOARDING_BUILD_ID: {},
    ONBOARDING_VERSIONING: {},
  },
  defentry: {
    DEFENTRY_BASE_URL: {},
    DEFENTRY_USERNAME: SECRET,
    DEFENTRY_PASSWORD: SECRET,
    DEFENTRY_KEEP_LOGGED: {},
    DEFENTRY_CLIENT_ID: SECRET,
    DEFENTRY_CLIENT_SECRET: SECRET,
    DEFENTRY_SSN_REQUIRED: {},
    DEFENTRY_SSN_FORM: {},
    DEFENTRY_PLAN_ID: {},
    DEFENTRY_PLAN_REQUIRED: {},
    DEFENTRY_EXTERNAL_ID_FIELD: {},
    DEFENTRY_FAMILY_TYPE: {},
    DEFENTRY_CHANGED_EMAIL: {},
    DEFENTRY_MONITORING_FORBIDDEN: {},
    DEFENTRY_ROUTES: {},
    DEFENTRY_MEMBERS: {},
    DEFENTRY_INVITE_BY: {},
    DEFENTRY_WATCHLISTS: {},
    DEFENTRY_LICENCE_WATCHLIST: {},
    DEFENTRY_EID_START_PATH: {},
    DEFENTRY_EID_STATUS_PATH: {},
    DEFENTRY_TRUST_EID_STATUS: {},
    DEFENTRY_TIMEOUT_MS: {},
    DEFENTRY_ACTIVITIES_PER_SECOND: {},
  },
  'tulo-payway': {
    TULO_PAYWAY_BASE_URL: {},
    TULO_PAYWAY_CLIENT_ID: SECRET,
    TULO_PAYWAY_CLIENT_SECRET: SECRET,
    TULO_PAYWAY_GRANT_TYPE: {},
    TULO_PAYWAY_SCOPES: {},
    TULO_PAYWAY_EXTERNAL_ID_KEY: {},
    TULO_PAYWAY_REQUIRE_VERIFICATION: {},
    TULO_PAYWAY_VERIFICATION_URL: {},
    TULO_PAYWAY_RETURN_URL: {},
    TULO_PAYWAY_RESET_PASSWORD_URL: {},
    TULO_PAYWAY_ACCOUNT_ORIGIN: {},
    TULO_PAYWAY_PACKAGE_CODE: {},
    TULO_PAYWAY_SUBSCRIPTION_TYPE: {},
    TULO_PAYWAY_SUBSCRIPTION_DAYS: {},
    TULO_PAYWAY_PACKAGE_SHOWN_AS: {},
    TULO_PAYWAY_END_SUBSCRIPTIONS: {},
    TULO_PAYWAY_CHANGED_EMAIL: {},
    TULO_PAYWAY_CREATE_RESET_PATH: {},
    TULO_PAYWAY_ACTIVATE_CANDIDATE_PATH: {},
    TULO_PAYWAY_TIMEOUT_MS: {},
    TULO_PAYWAY_ACTIVITIES_PER_SECOND: {},
  },
  facilioo: {
    FACILIOO_BASE_URL: {},
    FACILIOO_EMAIL: SECRET,
    FACILIOO_PASSWORD: SECRET,
    FACILIOO_ACCESS_TOKEN: SECRET,
    FACILIOO_REFRESH: {},
    FACILIOO_ACCOUNT_GROUP_ID: {},
    FACILIOO_PARTY_ID: {},
    FACILIOO_CREATE_PARTIES: {},
    FACILIOO_FIELD_NAMES: {},
    FACILIOO_SEARCH: {},
    FACILIOO_PATCH: {},
    FACILIOO_HTML_403_BLOCKS: {},
    FACILIOO_ERROR_BODIES: {},
    FACILIOO_PAUSE_AFTER: {},
    FACILIOO_PAUSE_MS: {},
    FACILIOO_TIMEOUT_MS: {},
    FACILIOO_ACTIVITIES_PER_SECOND: {},
  },
  gateway: {
    GATEWAY_HOST: { default: '127.0.0.1' },
    GATEWAY_PORT: { default: '0' },
    GATEWAY_TOKENS: SECRET,
    GATEWAY_TOKENS_FILE: {},
    GATEWAY_REQUESTS_PER_MINUTE: { default: '6000' },
    GATEWAY_TRUSTED_PROXIES: {},
    GATEWAY_PUBLIC_URL: {},
    CODEC_UI_ORIGINS: {},
    WEBHOOK_TULO_PAYWAY_PATH_SECRETS: SECRET,
    WEBHOOK_TULO_PAYWAY_SIGNING_SECRETS: SECRET,
    WEBHOOK_TULO_PAYWAY_EVENTS: {},
    WEBHOOK_TULO_PAYWAY_OLDEST: { default: 'P7D' },
    WEBHOOK_FACILIOO_PATH_SECRETS: SECRET,
    WEBHOOK_FACILIOO_SIGNING_SECRETS: SECRET,
    WEBHOOK_GENERIC_PATH_SECRETS: SECRET,
    WEBHOOK_GENERIC_SIGNING_SECRETS: SECRET,
  },
  command: {
    ONBOARDING_CALL_DEADLINE: { default: 'PT10S' },
    ONBOARDING_FOUR_EYES_ABOVE: {},
    ONBOARDING_AUDIT_FILE: {},
    TEMPORAL_UI_URL: {},
  },
  sandbox: {
    SANDBOX_PROVIDER: {},
    SANDBOX_PORT: {},
    SANDBOX_DATA: {},
    SANDBOX_PLAY: {},
    SANDBOX_OPTIONS: {},
  },
  start: {
    TEMPORAL_CLI_PATH: {},
    TEMPORAL_PORT: {},
    TEMPORAL_UI_PORT: {},
  },
} as const satisfies Record<string, Record<string, Setting>>;

type Groups = typeof SETTINGS;

/** Of each part of a union. */
type KeysOf<Each> = Each extends unknown ? keyof Each : never;

/** Part of a schema of settings: its names are of the list above. */
export type SettingsOf<Group extends keyof Groups, Rule> = { [Name in KeysOf<Groups[Group]>]?: Rule };

/** Every variable, whoever reads it. */
export const ALL_SETTINGS: Readonly<Record<string, Setting>> = Object.assign({}, ...Object.values(SETTINGS));
