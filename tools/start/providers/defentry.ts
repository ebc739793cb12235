import type { DemoProvider } from './provider.ts';

/** Known to everyone, good for nothing but the sandbox on this machine. */
const LOGIN = {
  username: 'service@partner.example',
  password: 'sandbox-password',
  clientId: 'sandbox-client',
  clientSecret: 'sandbox-client-secret',
};

/** A tenant that takes customers without an SSN, as the eID brings it. The eID routes are the sandbox's stand-in. */
export const DEFENTRY: DemoProvider = {
  title: 'Defentry',
  example: 'examples/family.json',
  sandboxOptions: { ssnRequired: false, credentials: LOGIN },
  environment: (sandboxUrl) => ({
    DEFENTRY_BASE_URL: sandboxUrl,
    DEFENTRY_USERNAME: LOGIN.username,
    DEFENTRY_PASSWORD: LOGIN.password,
    DEFENTRY_CLIENT_ID: LOGIN.clientId,
    DEFENTRY_CLIENT_SECRET: LOGIN.clientSecret,
    DEFENTRY_SSN_REQUIRED: 'false',
    DEFENTRY_MONITORING_FORBIDDEN: 'plan',
    DEFENTRY_WATCHLISTS: 'email,phone,iban,passport,drivers-license,credit-card',
    DEFENTRY_EID_START_PATH: '/api/v1/eid-stand-in/sessions',
    DEFENTRY_EID_STATUS_PATH: '/api/v1/eid-stand-in/sessions/{id}',
  }),
  effects: ({ person, members = [], identification, ssnMonitoring, watchlists = [] }) => {
    const byEid = identification !== undefined && person.ssn === undefined;
    return {
      'account.created': 1,
      'email.confirmed': 1,
      'member.added': members.length,
      'invitation.sent': members.length,
      'invitation.accepted': members.length,
      'eid.completed': byEid ? 1 : 0,
      'ssn.written': byEid || person.ssn !== undefined ? 1 : 0,
      'monitoring.on': ssnMonitoring ? 1 : 0,
      'watchlist.added': watchlists.length,
    };
  },
};
