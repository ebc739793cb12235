import type { DemoProvider } from './provider.ts';

/** Known to everyone, good for nothing but the sandbox on this machine. */
const LOGIN = { clientId: '5f1e9b0a6fc9365306000001', clientSecret: 'sandbox-client-secret' };

/** An organisation with one product, which a family shares. */
export const TULO_PAYWAY: DemoProvider = {
  title: 'Tulo Payway',
  example: 'examples/tulo-payway.json',
  sandboxOptions: {},
  environment: (sandboxUrl) => ({
    TULO_PAYWAY_BASE_URL: sandboxUrl,
    TULO_PAYWAY_CLIENT_ID: LOGIN.clientId,
    TULO_PAYWAY_CLIENT_SECRET: LOGIN.clientSecret,
    TULO_PAYWAY_PACKAGE_CODE: 'digital',
  }),
  effects: ({ members = [] }) => ({
    'account.created': 1,
    'email.confirmed': 1,
    'product.activated': members.length > 0 ? 1 : 0,
    'member.added': members.length,
    'invitation.sent': members.length,
    'invitation.accepted': members.length,
  }),
};
