import { defentryConfig } from '../../../activities/defentry/config.ts';
import type { DefentryConfig } from '../../../activities/defentry/config.ts';
import { WATCHLIST_KINDS } from '../../../contract/request.ts';

export const EID_PATHS = {
  DEFENTRY_EID_START_PATH: '/api/v1/eid-stand-in/sessions',
  DEFENTRY_EID_STATUS_PATH: '/api/v1/eid-stand-in/sessions/{id}',
};

/** Every one that there is. */
export const WATCHLISTS = { DEFENTRY_WATCHLISTS: WATCHLIST_KINDS.join(',') };

export const ENV = {
  DEFENTRY_BASE_URL: 'https://api.example.com',
  DEFENTRY_USERNAME: 'service@partner.example',
  DEFENTRY_PASSWORD: 'sandbox-password',
  DEFENTRY_CLIENT_ID: 'sandbox-client',
  DEFENTRY_CLIENT_SECRET: 'sandbox-client-secret',
};

export function configFor(baseUrl: string, env: Record<string, string> = {}): DefentryConfig {
  return defentryConfig({ ...ENV, DEFENTRY_BASE_URL: baseUrl, ...env });
}
