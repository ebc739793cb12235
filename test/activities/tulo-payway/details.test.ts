import { PROVIDER_CAPABILITIES } from '../../../contract/provider-capabilities.ts';
import { MEMBER, PACKAGE, SSN, closeDesks, failureOf, openDesk } from './desk.ts';
import { CUSTOMER, activatedElsewhere } from './customers.ts';
import { FixedAnswers, account } from './fixed-answers.ts';

/** Numbers are sections of the Tulo Payway contract. */

afterEach(closeDesks);

const REGISTRY = { '196208179256': { street: 'Gatan', zip_code: '27567', city: 'Vollsjö' } };

/** An account with a subscription that it shares; `read` answers the detail alone. */
async function furnished() {
  const { steps, ...desk } = await openDesk({ registry: REGISTRY });
  const accountId = await desk.account({ ssn: SSN }, PACKAGE);
  const { memberId } = await steps.addMember({ accountId, ownerReference: 'ref-1', member: MEMBER });
  const read = async (what: string, by?: string) =>
    (await steps.readDetail({ accountId, what, ...(by === undefined ? {} : { by }) })).detail;
  return { steps, accountId, memberId, read };
}

test.each<[string, string, object]>([
  ['5.2', 'account', { email: 'anna@example.com', verified: 'no', ssnPresent: 'yes' }],
  ['5.4', 'status', { status: 'created' }],
  ['8.1', 'verification', { verification: 'pending' }],
  ['10', 'shares', [{ accepted: false, email: 'bo@example.com' }]],
  ['10', 'pending-shares', []],
  ['5.8', 'authentication-attempts', { account_frozen: false, remaining_authentication_attempts: 5 }],
])('%s of an account can be read: %s', async (_, what, detail) => {
  const { read } = await furnished();
  expect(await read(what)).toMatchObject(detail);
});

test('12 subscriptions with the instant of their end, and the products that may be used', async () => {
  const { read } = await furnished();
  expect(await read('subscriptions')).toMatchObject([
    { code: 'digital', activated: 'yes', validTo: expect.stringMatching(/^\d{4}-.*Z$/) as unknown },
  ]);
  expect(await read('active-products')).toEqual([expect.any(String)]);
});

test('7.4 an address by national ID, which the caller has and the account does not show', async () => {
  const { read } = await furnished();
  expect(await read('address', '196208179256')).toEqual(REGISTRY['196208179256']);
  const failure = await failureOf(read('address'));
  expect(failure).toMatchObject({ type: 'RequestRefused', nonRetryable: true });
  expect(failure.message).toMatch(/^by: [^;]+; give it\.$/);
});

describe('5.7 a customer of the subscription system who has no account', () => {
  const lookedUp = async (by?: string) => {
    const { steps } = await openDesk({ candidates: [CUSTOMER] });
    return steps.readDetail({ what: 'candidate', ...(by === undefined ? {} : { by }) });
  };

  test.each(['A-4711', 'A-4711 27567', ' A-4711  275 67 ', '800610-8230', '198006108230', '800610-8230 27567'])(
    'is found by %j, without an account',
    async (by) => {
      const { detail } = await lookedUp(by);
      expect(detail).toMatchObject({
        customer_number: 'A-4711',
        first_name: 'Anna',
        ssnPresent: 'yes',
        products: [{ product_code: 'paper', valid_to: '2099-01-01T00:00:00Z' }],
      });
      expect(JSON.stringify(detail)).not.toContain('8230');
    },
  );

  test.each([
    ['A-4712', 'by: there is no such customer without an account; check'],
    ['A-4711 11111', 'by: there is no such customer without an account; check'],
    ['8006108230', 'by: there is no such customer without an account; check'],
    ['A-4711 275670', 'by: a candidate is found by customer number'],
    ['no number', 'by: '],
    ['A/1', 'by: a candidate is found by customer number'],
    [undefined, 'by: a candidate is found by customer number'],
  ])('by %j is refused: %s', async (by, start) => {
    const failure = await failureOf(lookedUp(by));
    expect(failure).toMatchObject({ type: 'RequestRefused', nonRetryable: true });
    expect(failure.message).toMatch(/^by: [^;]+; .+\.$/);
    expect(failure.message.startsWith(start)).toBe(true);
    expect(failure.message).not.toContain('4711');
  });

  test.each(['conflict', 'unknown'] as const)('is told from one who has an account (%s)', async (activated) => {
    const { sandbox, steps, url } = await openDesk({ candidates: [CUSTOMER], activatedCandidate: activated });
    await activatedElsewhere(url);
    const failure = await failureOf(steps.readDetail({ what: 'candidate', by: 'A-4711' }));
    expect(failure.type).toBe('RequestRefused');
    expect(failure.message).toContain(
      activated === 'conflict' ? 'has an account at Payway already' : 'no such customer',
    );
    expect(sandbox.ledger.entries({ effect: 'account.created' })).toHaveLength(1);
  });

  test('everything else takes an account', async () => {
    const { steps } = await openDesk();
    const failure = await failureOf(steps.readDetail({ what: 'account' }));
    expect(failure.message).toMatch(/^what: Payway can be asked for account, .*, candidate; name one of them\.$/);
  });
});

describe('of an answer only what is documented is passed on', () => {
  const fixed = new FixedAnswers();
  beforeAll(() => fixed.start());
  afterAll(() => fixed.stop());

  test('5, 7.4, 10, 12 for all that can be read, and never the SSN', async () => {
    const extra = { note: 'CANARY', social_security_number: SSN };
    const list = (item: object): [number, object] => [200, { items: [{ ...item, ...extra }] }];
    const { readDetail } = fixed.steps({
      'GET /v1/accounts': account(extra),
      'GET /v1/accounts/status': [200, { item: { status: 'active', ...extra } }],
      'GET /v1/accounts/pending_verification_request': [200, { item: { status: 'verified', ...extra } }],
      'GET /v1/userproducts/a': list({ id: 'p', state: 'activated' }),
      'GET /v1/accounts/active_products': [200, { item: { active_products: ['digital'], ...extra } }],
      'GET /v1/accounts/shared_subscriptions': list({ product_sharing_id: 's' }),
      'GET /v1/accounts/pending_shares': list({ package_sharing_id: 's' }),
      'GET /v1/accounts/comments': list({ text: 'CANARY' }),
      'GET /v1/accounts/get_authentication_attempts': [
        200,
        { item: { account_frozen: false, remaining_authentication_attempts: 5, ...extra } },
      ],
      'GET /v2/accounts/lookup_address': [200, { item: { street: 'Gatan', ...extra } }],
      'GET /v1/accounts/candidate': [200, { item: { account_candidate_id: 'c', ...extra } }],
    });
    for (const what of PROVIDER_CAPABILITIES['tulo-payway'].reads) {
      const { detail } = await readDetail({ accountId: 'a', what, by: '620817-9256' });
      expect(Object.keys(detail)).not.toEqual([]);
      expect(JSON.stringify(detail)).not.toMatch(/CANARY|9256/);
    }
  });

  test('12 a subscription without an end shows none', async () => {
    const { readDetail } = fixed.steps({ 'GET /v1/userproducts/a': [200, { items: [{ id: 'p' }] }] });
    const { detail } = await readDetail({ accountId: 'a', what: 'subscriptions' });
    expect(detail).toEqual([{ id: 'p', code: undefined, activated: 'unknown', bought: false }]);
  });

  test('5.8 attempts of an account without an address cannot be told', async () => {
    const { readDetail } = fixed.steps({ 'GET /v1/accounts': account({ email: null }) });
    const failure = await failureOf(readDetail({ accountId: 'a', what: 'authentication-attempts' }));
    expect(failure).toMatchObject({ type: 'RequestRefused' });
  });
});
