import type { DemoProvider } from '../../tools/start/providers/provider.ts';

/** Known to everyone, good for nothing but the sandbox on this machine. */
const LOGIN = { clientId: 'sandbox-client', clientSecret: 'sandbox-client-secret' };

export const SKELETON: DemoProvider = {
  title: 'Skeleton',
  example: 'examples/skeleton.json',
  sandboxOptions: {},
  environment: (sandboxUrl) => ({
    SKELETON_BASE_URL: sandboxUrl,
    SKELETON_CLIENT_ID: LOGIN.clientId,
    SKELETON_CLIENT_SECRET: LOGIN.clientSecret,
  }),
  effects: () => ({ 'account.created': 1 }),
};
