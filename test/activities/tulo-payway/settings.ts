import { tuloPaywayConfig } from '../../../activities/tulo-payway/config.ts';
import type { TuloPaywayConfig } from '../../../activities/tulo-payway/config.ts';

/** The API user that the sandbox knows. */
export const ENV = {
  TULO_PAYWAY_BASE_URL: 'https://api.example.com',
  TULO_PAYWAY_CLIENT_ID: '5f1e9b0a6fc9365306000001',
  TULO_PAYWAY_CLIENT_SECRET: 'sandbox-client-secret',
};

/** A page of one's own for a new password (section 9.1 of the Tulo Payway contract). */
export const OWN_PAGE = {
  TULO_PAYWAY_RESET_PASSWORD_URL: 'https://news.example/password',
  TULO_PAYWAY_RETURN_URL: 'https://news.example',
};

export function configFor(baseUrl: string, env: Record<string, string> = {}): TuloPaywayConfig {
  return tuloPaywayConfig({ ...ENV, TULO_PAYWAY_BASE_URL: baseUrl, ...env });
}
