import { MEMBER, OWN, PACKAGE, failureOf, requestFor } from './desk.ts';
import { FixedAnswers, PENDING, account, mapped } from './fixed-answers.ts';
import type { Answer, Answers } from './fixed-answers.ts';

const vendor = new FixedAnswers();
beforeAll(() => vendor.start());
afterAll(() => vendor.stop());

const RUNNING = { id: 'p', product_code: 'digital', state: 'activated', valid_to: '2999-01-01T00:00:00Z' };
const BOUGHT = { ...RUNNING, id: 'b', order_id: 'o' };

describe('5.6, 6 the subscriptions that a removal ends', () => {
  /** An account with one of each, which is archived once both are ended. */
  function removal(env: Record<string, string> = {}): Promise<void> {
    let running = 2;
    const ended = (): Answer => [200, { id: String((running -= 1)) }];
    const refused: Answer = [409, { code: 'archive_account_with_active_products' }];
    const answers: Answers = {
      'GET /v1/accounts?id=a': account({ user_products: [RUNNING, BOUGHT] }),
      'PUT /v1/userproducts': ended,
      'DELETE /v1/accounts/archive': () => (running > 0 ? refused : [204]),
    };
    return vendor.steps(answers, env).removeAccount({ ...OWN, accountId: 'a' });
  }

  test('are those that were provisioned; a bought one is left, and the removal a remainder', async () => {
    expect(await failureOf(removal())).toMatchObject({ type: 'Conflict', nonRetryable: true });
    expect(vendor.sent('PUT').map(({ body }) => body)).toEqual([
      { account_id: 'a', product_id: 'p', state: 'deactivated' },
    ]);
  });

  test('are all where it is told to', async () => {
    await removal({ TULO_PAYWAY_END_SUBSCRIPTIONS: 'all' });
    expect(vendor.sent('PUT')).toHaveLength(2);
    expect(vendor.sent('DELETE')).toHaveLength(2);
  });

  test('are none where it is told to', async () => {
    expect(await failureOf(removal({ TULO_PAYWAY_END_SUBSCRIPTIONS: 'none' }))).toMatchObject({ type: 'Conflict' });
    expect(vendor.sent('PUT')).toHaveLength(0);
  });
});

describe('12 the package is provisioned', () => {
  const shows = (...user_products: object[]): Answers => ({ 'GET /v1/accounts?id=a': account({ user_products }) });
  const ANY = { TULO_PAYWAY_PACKAGE_SHOWN_AS: 'any' };
  const bare = { 'GET /v1/accounts?id=a': account() };

  test.each<[string, Answers, Record<string, string>, number]>([
    ['when there is none', shows(), {}, 1],
    ['not when it runs', shows(RUNNING), {}, 0],
    ['when only another runs', shows({ ...RUNNING, product_code: 'paper' }), {}, 1],
    ['not when another runs and stands for it', shows({ ...RUNNING, product_code: 'x' }), ANY, 0],
    ['when it has run out', shows({ ...RUNNING, valid_to: '2014-01-10T22:04:22+01:00' }), {}, 1],
    ['when it was ended', shows({ ...RUNNING, state: 'deactivated' }), {}, 1],
    ['not when only the list shows it', { ...bare, 'GET /v1/userproducts/a': [200, { items: [RUNNING] }] }, {}, 0],
    ['when neither account nor list shows it', bare, {}, 1],
  ])('%s', async (_, shown, env, expected) => {
    const steps = vendor.steps(
      {
        [mapped('ref-1')]: account(),
        'POST /v1/userproducts': [201, { id: 'p' }],
        'GET /v1/accounts/pending_verification_request': PENDING,
        ...shown,
      },
      env,
    );
    await steps.createAccount({ request: requestFor({}, PACKAGE) });
    expect(vendor.sent('POST', '/userproducts')).toHaveLength(expected);
  });
});

describe('10 sharing', () => {
  const member = { accountId: 'a', ownerReference: 'ref-1', member: MEMBER };
  const SHARE = 'POST /v1/accounts/share_subscription';
  const LIST = 'GET /v1/accounts/shared_subscriptions';

  test('refused because an earlier attempt has landed meanwhile gives that share', async () => {
    let shared: object[] = [];
    const steps = vendor.steps({
      'GET /v1/accounts?id=a': account({ user_products: [RUNNING] }),
      [LIST]: () => [200, { items: shared }],
      [SHARE]: () => {
        shared = [{ product_sharing_id: 's', state: 'pending', contact_email: 'BO@example.com' }];
        return [409, { code: 'already_shared' }];
      },
    });
    expect(await steps.addMember(member)).toEqual({ memberId: 's' });
  });

  test('prefers the configured package', async () => {
    const other = { ...RUNNING, id: 'x', product_code: 'paper' };
    const steps = vendor.steps(
      {
        'GET /v1/accounts?id=a': account({ user_products: [other, RUNNING] }),
        [LIST]: [200, { items: [] }],
        [SHARE]: [200, { items: [{ sharing_id: 's', receiver_email: 'bo@example.com' }] }],
      },
      { TULO_PAYWAY_PACKAGE_CODE: 'digital' },
    );
    expect(await steps.addMember(member)).toEqual({ memberId: 's' });
    expect(vendor.sent('POST', 'share_subscription')[0]?.body).toMatchObject({ user_product_id: 'p' });
  });

  test('answered without a share is a contract violation', async () => {
    const steps = vendor.steps({
      'GET /v1/accounts?id=a': account({ user_products: [RUNNING] }),
      [LIST]: [200, { items: [] }],
      [SHARE]: [200, { items: [] }],
    });
    expect(await failureOf(steps.addMember(member))).toMatchObject({ type: 'ContractViolation' });
  });
});
