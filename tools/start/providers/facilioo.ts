import type { DemoProvider } from './provider.ts';

/** Known to everyone, good for nothing but the sandbox on this machine. */
const LOGIN = { email: 'service@verwaltung.example', password: 'sandbox-password' };

/** A property manager with residents that have no account yet. */
export const FACILIOO: DemoProvider = {
  title: 'facilioo',
  example: 'examples/facilioo.json',
  sandboxOptions: {},
  environment: (sandboxUrl) => ({
    FACILIOO_BASE_URL: sandboxUrl,
    FACILIOO_EMAIL: LOGIN.email,
    FACILIOO_PASSWORD: LOGIN.password,
    FACILIOO_ACCOUNT_GROUP_ID: '12',
  }),
  effects: () => ({ 'account.created': 1 }),
};
