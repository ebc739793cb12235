import type { AccountChange } from '../../../contract/change.ts';
import { POLL, failureOf } from './desk.ts';
import { FixedAnswers, account } from './fixed-answers.ts';
import type { Answer, Answers } from './fixed-answers.ts';

const vendor = new FixedAnswers();
beforeAll(() => vendor.start());
afterAll(() => vendor.stop());

/** Numbers are sections of the Tulo Payway contract. */

const GET = 'GET /v1/accounts?id=a';
const PUT = 'PUT /v2/accounts';
const OK: Answer = [200, { id: 'a' }];
const on = (change: AccountChange) => ({ accountId: 'a', ownerReference: 'ref-1', change });
const apply = (change: AccountChange, answers: Answers, env?: Record<string, string>) =>
  vendor.steps(answers, env).applyChange(on(change));
const check = (change: AccountChange, answers: Answers, env?: Record<string, string>) =>
  vendor.steps(answers, env).checkChange(on(change));

const RENAME: AccountChange = { kind: 'update-profile', profile: { lastName: 'Alm' } };
const RING: AccountChange = { kind: 'update-profile', profile: { phone: '+46701234567' } };
const MOVE: AccountChange = { kind: 'change-email', email: 'new@example.com' };
const PLAN: AccountChange = { kind: 'upgrade-plan', planId: 'digital' };
const GENERATE: AccountChange = { kind: 'set-password', by: 'generated' };
const PRODUCT = { id: 'p', product_code: 'paper', state: 'activated', valid_to: '2999-01-01T00:00:00Z' };

describe('5.3 a success that the account does not show', () => {
  test.each<[string, AccountChange, object]>([
    ['a name', RENAME, { last_name: 'Berg' }],
    ['a phone', RING, { mobile_phone_number: '+46709999999' }],
    ['no phone at all', RING, { mobile_phone_number: null }],
    ['an address', MOVE, {}],
  ])('%s: is tried again', async (_, change, shown) => {
    const failure = await failureOf(apply(change, { [GET]: account(shown), [PUT]: OK }));
    expect(failure).toMatchObject({ type: 'Unavailable', nonRetryable: false });
    expect(failure.message).toContain('READ_BACK_DIFFERS');
    expect(vendor.sent('PUT')).toHaveLength(1);
  });

  test.each<[string, AccountChange, object]>([
    ['a name that is not told', RENAME, {}],
    ['6 a phone without its country code', RING, { mobile_phone_number: '701234567' }],
    ['6 a phone in the national form', RING, { mobile_phone_number: '070-123 45 67' }],
  ])('%s: is made, and not proven', async (_, change, shown) => {
    expect(await apply(change, { [GET]: account(shown), [PUT]: OK })).toEqual({ proven: false });
    expect(vendor.sent('PUT')).toHaveLength(1);
  });
});

test('5.3 an update sends the documented names of what is given, and nothing else', async () => {
  const shown = account({ first_name: 'Eva', last_name: 'Alm', mobile_phone_number: '+46701234567' });
  const change: AccountChange = { kind: 'update-profile', profile: { firstName: 'Anna', phone: '070-123 45 67' } };
  await failureOf(apply(change, { [GET]: shown, [PUT]: OK }));
  expect(vendor.sent('PUT').map(({ body }) => body)).toEqual([
    { id: 'a', first_name: 'Anna', mobile_phone_number: '0701234567' },
  ]);
});

test('5.3 a refusal that has no sentence of ours needs a person', async () => {
  const refused: Answer = [400, { code: 'invalid_parameter', field: 'last_name' }];
  const failure = await failureOf(apply(RENAME, { [GET]: account({ last_name: 'Berg' }), [PUT]: refused }));
  expect(failure).toMatchObject({ type: 'Invalid', nonRetryable: true });
});

test('17.2 a clash with an earlier attempt of ours is no clash', async () => {
  let email = 'anna@example.com';
  const answers: Answers = {
    [GET]: () => account({ email }),
    [PUT]: () => {
      email = 'new@example.com';
      return [409, { code: 'already_exists', field: 'contact_email' }];
    },
    'GET /v1/accounts/pending_verification_request': [200, { item: { status: 'verified', verified: true } }],
  };
  expect(await apply(MOVE, answers)).toEqual({ proven: true, verificationNeeded: false });
});

test('5.3 where the new address waits for its confirmation, the old one is no failure', async () => {
  const env = { TULO_PAYWAY_CHANGED_EMAIL: 'replaces-when-confirmed' };
  const answers = { [GET]: account(), [PUT]: OK };
  expect(await apply(MOVE, answers, env)).toEqual({ proven: false, verificationNeeded: true });
  const steps = vendor.steps({ [GET]: account({ email: 'NEW@example.com' }) }, env);
  await steps.awaitEmailChanged({ accountId: 'a', email: 'new@example.com', ...POLL });
});

describe('9.1 a generated password', () => {
  const CREATE = 'POST /v1/accounts/create_password_reset';
  const reset = (account_id: string): Answer => [200, { item: { account_id, confirmation_code: 'code-canary' } }];

  test('is another one each time, and in one request body only', async () => {
    const said: unknown[] = [];
    for (let time = 0; time < 2; time++) {
      const result = await apply(GENERATE, {
        [GET]: account(),
        [CREATE]: reset('a'),
        'POST /v1/accounts/complete_password_reset': OK,
      });
      const [sent] = vendor.sent('POST', 'complete_password_reset');
      const { new_password, ...rest } = sent!.body as { new_password: string };
      expect(rest).toEqual({ id: 'a', confirmation_code: 'code-canary' });
      expect(new_password).toHaveLength(47);
      expect(result).toEqual({ proven: false });
      said.push(new_password);
    }
    expect(new Set(said).size).toBe(2);
  });

  test('is never set on an account that is not the one asked for', async () => {
    const failure = await failureOf(apply(GENERATE, { [GET]: account(), [CREATE]: reset('b') }));
    expect(failure).toMatchObject({ type: 'ContractViolation', nonRetryable: true });
    expect(vendor.sent('POST', 'complete_password_reset')).toHaveLength(0);
  });

  test.each([400, 403, 409, 500])('15.8 a failure (%i) repeats neither code nor password', async (status) => {
    const { message, stack, details } = await failureOf(
      apply(GENERATE, {
        [GET]: account(),
        [CREATE]: reset('a'),
        'POST /v1/accounts/complete_password_reset': [status, { code: 'code-canary', field: 'code-canary' }],
      }),
    );
    const shown = JSON.stringify([message, stack, details]);
    const { new_password } = vendor.sent('POST', 'complete_password_reset')[0]!.body as { new_password: string };
    for (const secret of ['canary', 'CANARY', 'anna', new_password]) expect(shown).not.toContain(secret);
  });
});

describe('12 the plan that is to end', () => {
  const shows = (...user_products: object[]): Answers => ({ [GET]: account({ user_products }) });
  const second = { ...PRODUCT, id: 'q', product_code: 'radio' };
  const bought = { ...PRODUCT, order_id: 'o' };

  test.each<[string, Answers, Record<string, string>, string]>([
    ['is one of several', shows(PRODUCT, second), {}, 'planId: several subscriptions run'],
    ['was bought', shows(bought), {}, 'planId: the running subscription is not to be ended'],
    [
      'is not to be ended',
      shows(PRODUCT),
      { TULO_PAYWAY_END_SUBSCRIPTIONS: 'none' },
      'planId: the running subscription',
    ],
    ['shows no code', shows({ ...PRODUCT, product_code: null }), {}, 'planId: packages cannot be told apart'],
    ['any counts', shows(), { TULO_PAYWAY_PACKAGE_SHOWN_AS: 'any' }, 'planId: packages cannot be told apart'],
  ])('%s: refused', async (_, answers, env, start) => {
    const failure = await failureOf(check(PLAN, answers, env));
    expect(failure).toMatchObject({ type: 'RequestRefused', nonRetryable: true });
    expect(failure.message).toMatch(/^planId: [^;]+; .+\.$/);
    expect(failure.message.startsWith(start)).toBe(true);
  });

  test('was bought, and may be ended: passes', async () => {
    const shares = { 'GET /v1/accounts/shared_subscriptions': [200, { items: [] }] } satisfies Answers;
    const env = { TULO_PAYWAY_END_SUBSCRIPTIONS: 'all' };
    expect(await check(PLAN, { ...shows(bought), ...shares }, env)).toMatchObject({ change: PLAN });
  });

  test('a package that is provisioned and not shown needs a person: it would be provisioned again and again', async () => {
    const failure = await failureOf(apply(PLAN, { ...shows(), 'POST /v1/userproducts': [201, { id: 'p' }] }));
    expect(failure).toMatchObject({ type: 'ContractViolation', nonRetryable: true });
  });

  test('a package code that the vendor refuses is told as such', async () => {
    const refused: Answer = [400, { code: 'invalid_parameter', field: 'package_code' }];
    const failure = await failureOf(apply(PLAN, { ...shows(), 'POST /v1/userproducts': refused }));
    expect(failure.message).toMatch(/^planId: Payway knows no such package; /);
  });
});
