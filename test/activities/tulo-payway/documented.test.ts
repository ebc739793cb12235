import { createClient } from '../../../activities/tulo-payway/client.ts';
import type { TuloPaywayClient } from '../../../activities/tulo-payway/client.ts';
import { LocalServer, answer } from '../http/local-server.ts';
import { configFor } from './settings.ts';

/** What the client refuses before any call. Numbers are sections of the Tulo Payway contract. */

const server = new LocalServer();
beforeAll(() => server.start());
afterAll(() => server.stop());

const ACCOUNT = { email: 'a@x.se', password: 'secret' };
const PACKAGE = { account_id: '7', package_code: 'digital', subscription_type: 'limited' } as const;
const TERM = { valid_from: '2016-10-02 13:00 +0100', valid_to: '2016-11-02 13:00 +0100' };

/** The same fields and one that no page has, as a caller without types could send them. */
function stray<T extends object>(fields: T): T {
  return Object.assign({ lang_code: 'sv' }, fields);
}

type Call = (client: TuloPaywayClient) => Promise<unknown>;

const UNKNOWN: [string, Call][] = [
  ['create (5.1)', ({ accounts }) => accounts.create(stray(ACCOUNT))],
  ['get (5.2)', ({ accounts }) => accounts.get(stray({ id: '7' }))],
  ['update (5.3)', ({ accounts }) => accounts.update('7', stray({ tags: [] }))],
  ['status (5.4)', ({ accounts }) => accounts.status(stray({ id: '7' }))],
  ['candidate (5.7)', ({ accounts }) => accounts.candidate(stray({ customer_number: '1' }))],
  ['activation (5.7)', ({ accounts }) => accounts.activateCandidate(stray({ ...ACCOUNT, account_candidate_id: '7' }))],
  ['password reset (9.1)', ({ passwords }) => passwords.requestReset('a@x.se', stray({}))],
  [
    'password reset, in the device (9.1)',
    ({ passwords }) => passwords.requestReset('a@x.se', { device_info: stray({ ip_address: '::1', user_agent: 'u' }) }),
  ],
  ['user product (12)', ({ userProducts }) => userProducts.provision(stray({ ...PACKAGE, ...TERM }))],
  ['change of one (12)', ({ userProducts }) => userProducts.update('7', '8', stray({ state: 'activated' }))],
];

test.each(UNKNOWN)('4.2 a name that no page has is not sent: %s', async (_, call) => {
  const { error, calls } = await outcome(call);
  expect(String(error)).toContain('TypeError: lang_code is no documented field of this call');
  expect(calls).toBe(0);
});

/** What a caller without types could send. */
const NONE: { id: string } = Object.create(null);

const AMBIGUOUS: [string, Call][] = [
  ['5.4 status by two', ({ accounts }) => accounts.status({ id: '7', email: 'a@x.se' })],
  ['5.4 status by none', ({ accounts }) => accounts.status(NONE)],
  ['5.2, 17.19 get by two', ({ accounts }) => accounts.get({ alias: 'a', email: 'a@x.se' })],
  ['5.2, 17.19 get by none', ({ accounts }) => accounts.get(NONE)],
  [
    '5.2 get by an external id and an address',
    ({ accounts }) => accounts.get({ external_id_key: 'k', external_id_value: 'v', email: 'a@x.se' }),
  ],
  [
    '5.7 a candidate by two',
    ({ accounts }) => accounts.candidate({ customer_number: '1', social_security_number: '620817-9256' }),
  ],
];

test.each(AMBIGUOUS)('%s is not sent', async (_, call) => {
  const { error, calls } = await outcome(call);
  expect(String(error)).toMatch(/^TypeError: exactly one of [a-z_, ]+ must be given$/);
  expect(calls).toBe(0);
});

const CLEARING: [string, Call][] = [
  ['a name', ({ accounts }) => accounts.update('7', { first_name: '__UNSET__' })],
  ['an external id', ({ accounts }) => accounts.create({ ...ACCOUNT, external_ids: { own: '__UNSET__' } })],
  ['a mapping', ({ accounts }) => accounts.mapIdentity('7', 'own', '__UNSET__')],
  ['a code', ({ verification }) => verification.verify('7', '__UNSET__')],
  ['a code for an address', ({ verification }) => verification.verifyEmailChange('7', '__UNSET__')],
  ['a password', ({ passwords }) => passwords.completeReset('7', 'c', '__UNSET__')],
  ['a package', ({ userProducts }) => userProducts.provision({ ...PACKAGE, ...TERM, package_code: '__UNSET__' })],
];

test.each(CLEARING)('3.3 the word that clears is not sent: %s', async (_, call) => {
  const { error, calls } = await outcome(call);
  expect(String(error)).toContain('must not be the vendor’s word for clearing a value');
  expect(calls).toBe(0);
});

test.each<[string, Call]>([
  ['of another form', ({ accounts }) => accounts.get({ customer_number: 'a b' })],
  ['too long', ({ accounts }) => accounts.candidate({ customer_number: '12345678901' })],
])('14.5 a customer number %s is not sent', async (_, call) => {
  const { error, calls } = await outcome(call);
  expect(String(error)).toContain('TypeError: customer_number must be 1 to 10');
  expect(calls).toBe(0);
});

/** How the call ended, and how many requests it took. */
async function outcome(call: Call): Promise<{ error: unknown; calls: number }> {
  server.handle((_, response) => answer(response, 200, { access_token: 'token', id: '7' }));
  const error: unknown = await call(createClient(configFor(server.url))).catch((reason: unknown) => reason);
  return { error, calls: server.received.length };
}
