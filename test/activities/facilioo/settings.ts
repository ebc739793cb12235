import { faciliooConfig } from '../../../activities/facilioo/config.ts';
import type { FaciliooConfig } from '../../../activities/facilioo/config.ts';

export const ENV = {
  FACILIOO_BASE_URL: 'https://api.example.com',
  FACILIOO_EMAIL: 'service@verwaltung.example',
  FACILIOO_PASSWORD: 'sandbox-password',
  FACILIOO_ACCOUNT_GROUP_ID: '12',
};

/** The names that the sandbox gives to what facilioo does not name. */
export const CREATE_PARTIES = {
  FACILIOO_CREATE_PARTIES: 'true',
  FACILIOO_FIELD_NAMES: 'contactByEmail=contactByEmail,contactByPush=contactByPush,contactByMail=contactByMail',
};

/** A variable that is `undefined` is left out. */
export function configFor(baseUrl: string, env: Record<string, string | undefined> = {}): FaciliooConfig {
  return faciliooConfig({ ...ENV, FACILIOO_BASE_URL: baseUrl, ...env });
}
