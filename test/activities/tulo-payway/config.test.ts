import { tuloPaywayConfig } from '../../../activities/tulo-payway/config.ts';
import { ENV } from './settings.ts';

test('the least that must be set, and the defaults: scopes (2.5), grant (2.2), path (5.7)', () => {
  expect(tuloPaywayConfig(ENV)).toEqual({
    baseUrl: 'https://api.example.com',
    timeoutMs: 20_000,
    login: {
      clientId: ENV.TULO_PAYWAY_CLIENT_ID,
      clientSecret: ENV.TULO_PAYWAY_CLIENT_SECRET,
      grantType: 'none',
      scopes: '/external/account/r /external/account/w /external/account/archive/w /external/userproduct/w',
    },
    mapsIdentities: false,
    externalIdKey: 'durable-onboarding',
    requireVerification: true,
    verificationUrl: undefined,
    returnUrl: undefined,
    resetPasswordUrl: undefined,
    accountOrigin: undefined,
    packageCode: undefined,
    subscriptionType: 'recurring',
    subscriptionDays: 365,
    packageShownAs: 'product-code',
    endSubscriptions: 'provisioned',
    changedEmail: 'counts-at-once',
    createResetPath: '/external/api/v1/accounts/create_password_reset',
    activateCandidatePath: '/external/api/v1/account/activate_candidate',
  });
});

test.each([
  ['TULO_PAYWAY_BASE_URL', 'http://api.example.com'],
  ['TULO_PAYWAY_CLIENT_ID', ''],
  ['TULO_PAYWAY_GRANT_TYPE', ''],
  ['TULO_PAYWAY_SCOPES', 'account'],
  ['TULO_PAYWAY_EXTERNAL_ID_KEY', 'x'.repeat(129)],
  ['TULO_PAYWAY_REQUIRE_VERIFICATION', 'maybe'],
  ['TULO_PAYWAY_VERIFICATION_URL', 'not a link'],
  ['TULO_PAYWAY_VERIFICATION_URL', `https://bank.example/${'x'.repeat(1024)}`],
  ['TULO_PAYWAY_RESET_PASSWORD_URL', 'not a link'],
  ['TULO_PAYWAY_PACKAGE_CODE', 'two words'],
  ['TULO_PAYWAY_SUBSCRIPTION_TYPE', 'endless'],
  ['TULO_PAYWAY_SUBSCRIPTION_DAYS', '0'],
  ['TULO_PAYWAY_PACKAGE_SHOWN_AS', 'name'],
  ['TULO_PAYWAY_END_SUBSCRIPTIONS', 'some'],
  ['TULO_PAYWAY_CHANGED_EMAIL', 'later'],
  ['TULO_PAYWAY_CREATE_RESET_PATH', 'accounts'],
  ['TULO_PAYWAY_ACTIVATE_CANDIDATE_PATH', 'accounts'],
  ['TULO_PAYWAY_TIMEOUT_MS', '1'],
])('refuses %s=%s by name', (name, value) => {
  expect(() => tuloPaywayConfig({ ...ENV, [name]: value })).toThrow(`\n${name}: `);
});

test('9.1 an own page for a new password goes with where the person goes afterwards', () => {
  const page = { ...ENV, TULO_PAYWAY_RESET_PASSWORD_URL: 'https://news.example/password' };
  expect(() => tuloPaywayConfig(page)).toThrow('\nTULO_PAYWAY_RETURN_URL: must be set where');
  expect(tuloPaywayConfig({ ...page, TULO_PAYWAY_RETURN_URL: 'https://news.example' })).toMatchObject({
    resetPasswordUrl: 'https://news.example/password',
  });
});

test('1 the host has no default, since one cannot be derived from the other: lists all that is missing, and no value', () => {
  const run = () => tuloPaywayConfig({ TULO_PAYWAY_CLIENT_SECRET: 'canary', TULO_PAYWAY_TIMEOUT_MS: 'canary' });
  expect(run).toThrow(/TULO_PAYWAY_BASE_URL: [^]*TULO_PAYWAY_CLIENT_ID: [^]*TULO_PAYWAY_TIMEOUT_MS: /);
  expect(run).not.toThrow('canary');
});
