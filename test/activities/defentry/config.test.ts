import { defentryConfig } from '../../../activities/defentry/config.ts';
import { EID_PATHS, ENV } from './settings.ts';

test('the least that must be set, and the documented defaults', () => {
  const { DEFENTRY_BASE_URL, DEFENTRY_USERNAME, DEFENTRY_PASSWORD } = ENV;
  expect(defentryConfig({ DEFENTRY_BASE_URL, DEFENTRY_USERNAME, DEFENTRY_PASSWORD })).toEqual({
    baseUrl: 'https://api.example.com',
    timeoutMs: 20_000,
    login: { username: 'service@partner.example', password: 'sandbox-password', keepLogged: false },
    sso: undefined,
    ssnRequired: true,
    ssnForm: 'swedish',
    planId: undefined,
    planRequired: false,
    externalIdField: 'external_id',
    familyType: 'SINGLE',
    changedEmail: 'deactivates',
    monitoringForbidden: 'permission',
    routes: 'v1',
    members: 'accounts',
    inviteBy: 'member_id',
    watchlists: ['email', 'phone'],
    licenceWatchlist: 'drivers-license',
    eid: undefined,
    trustEidStatus: false,
  });
});

test.each(['http://localhost:4001', 'http://127.0.0.1:4001', 'http://[::1]:4001', 'https://api.bank.example/defentry'])(
  'takes %s',
  (url) => {
    expect(defentryConfig({ ...ENV, DEFENTRY_BASE_URL: url }).baseUrl).toBe(url);
  },
);

test.each([
  ['DEFENTRY_BASE_URL', 'http://api.example.com'],
  ['DEFENTRY_BASE_URL', 'ftp://api.example.com'],
  ['DEFENTRY_BASE_URL', 'api.example.com'],
  ['DEFENTRY_USERNAME', ''],
  ['DEFENTRY_SSN_REQUIRED', 'maybe'],
  ['DEFENTRY_PLAN_ID', 'gold'],
  ['DEFENTRY_MONITORING_FORBIDDEN', 'sometimes'],
  ['DEFENTRY_ROUTES', 'v3'],
  ['DEFENTRY_INVITE_BY', 'phone'],
  ['DEFENTRY_CHANGED_EMAIL', 'sometimes'],
  ['DEFENTRY_WATCHLISTS', 'email, palm'],
  ['DEFENTRY_WATCHLISTS', ''],
  ['DEFENTRY_LICENCE_WATCHLIST', '../account'],
  ['DEFENTRY_TIMEOUT_MS', '1'],
  ['DEFENTRY_EID_STATUS_PATH', '/no/placeholder'],
])('refuses %s=%s by name', (name, value) => {
  expect(() => defentryConfig({ ...ENV, ...EID_PATHS, [name]: value })).toThrow(`\n${name}: `);
});

test('the watchlists that are named, in any order and once each', () => {
  const { watchlists } = defentryConfig({ ...ENV, DEFENTRY_WATCHLISTS: 'credit-card, email,email' });
  expect(watchlists).toEqual(['email', 'credit-card']);
});

test('lists all that is missing, and no value', () => {
  const run = () => defentryConfig({ DEFENTRY_PASSWORD: 'canary', DEFENTRY_TIMEOUT_MS: 'canary' });
  expect(run).toThrow(/DEFENTRY_BASE_URL: [^]*DEFENTRY_USERNAME: [^]*DEFENTRY_TIMEOUT_MS: /);
  expect(run).not.toThrow('canary');
});

test('eID needs both paths and the SSO credentials', () => {
  const { DEFENTRY_EID_START_PATH } = EID_PATHS;
  expect(() => defentryConfig({ ...ENV, DEFENTRY_EID_START_PATH })).toThrow('set both eID paths or none');
  expect(() => defentryConfig({ ...ENV, ...EID_PATHS, DEFENTRY_CLIENT_SECRET: undefined })).toThrow('SSO credentials');
  expect(defentryConfig({ ...ENV, ...EID_PATHS }).eid).toEqual({
    startPath: '/api/v1/eid-stand-in/sessions',
    statusPath: '/api/v1/eid-stand-in/sessions/{id}',
  });
});
