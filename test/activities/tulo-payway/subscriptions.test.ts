import { MEMBER, OWN, PACKAGE, failureOf, requestFor } from './desk.ts';
import { FixedAnswers, PENDING, account, mapped } from './fixed-answers.ts';
import type { Answers } from './fixed-answers.ts';

const vendor = new FixedAnswers();
beforeAll(() => vendor.start());
afterAll(() => vendor.stop());

const RUNNING = { id: 'p', product_code: 'digital', state: 'activated', valid_to: '2999-01-01T00:00:00Z' };
const BOUGHT = { ...RUNNING, id: 'b', order_id: 'o' };

describe('5.6, 6 the subscriptions that a removal ends', () => {
  /** An account with one of each, which is archived once both are ended. */
  function removal(env: Record<string, string> = {}): Promise<void> {
    const { answers, running } = vendorWith({ before: [{ ...RUNNING }, { ...BOUGHT }] });
    archivedOnce(answers, () => running().length === 0);
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

  test('6 are also those of which it is not told whether they run', async () => {
    const { state: _state, ...stateless } = RUNNING;
    const { answers, running } = vendorWith({ before: [stateless] });
    archivedOnce(answers, () => running().length === 0);
    const steps = vendor.steps(answers);
    await steps.removeAccount({ ...OWN, accountId: 'a' });
    expect(vendor.sent('PUT')).toHaveLength(1);
  });

  test('are none where it is told to', async () => {
    expect(await failureOf(removal({ TULO_PAYWAY_END_SUBSCRIPTIONS: 'none' }))).toMatchObject({ type: 'Conflict' });
    expect(vendor.sent('PUT')).toHaveLength(0);
  });
});

/** The account `a` can be archived when this is so, and is shown as archived from then on. */
function archivedOnce(answers: Answers, isDue: () => boolean): void {
  const shown = answers['GET /v1/accounts?id=a'];
  let archived = false;
  answers['GET /v1/accounts?id=a'] = () =>
    archived ? account({ status: 'archived' }) : typeof shown === 'function' ? shown() : shown!;
  answers['DELETE /v1/accounts/archive'] = () => {
    archived = isDue();
    return archived ? [204] : [409, { code: 'archive_account_with_active_products' }];
  };
}

type Product = typeof RUNNING & { state?: string; order_id?: string };

interface World {
  /** What the account shows before anything is provisioned. */
  before?: object[];
  /** How a read shows what is provisioned; by default as it is. `undefined`: not at all. */
  shownAs?: (product: typeof RUNNING) => object | undefined;
  /** Only the list of subscriptions shows them. */
  listOnly?: boolean;
}

/** A vendor that keeps subscriptions; `running` names those that nobody has ended. */
function vendorWith({ before = [], shownAs = (product) => product, listOnly = false }: World, more: Answers = {}) {
  const all = before as Product[];
  const shown = () => all.map((each) => ({ ...each }));
  const answers: Answers = {
    [mapped('ref-1')]: account(),
    'GET /v1/accounts?id=a': () => account(listOnly ? {} : { user_products: shown() }),
    'GET /v1/userproducts/a': () => (all.length === 0 ? [404, { code: 'not_found' }] : [200, { items: shown() }]),
    'GET /v1/accounts/shared_subscriptions': [200, { items: [] }],
    'GET /v1/accounts/pending_verification_request': PENDING,
    'POST /v1/userproducts': () => {
      const { package_code } = vendor.received.at(-1)!.body as { package_code: string };
      const id = `new-${all.length}`;
      const product = shownAs({ ...RUNNING, id, product_code: package_code });
      if (product) all.push(product as Product);
      return [201, { id }];
    },
    'PUT /v1/userproducts': () => {
      const { product_id } = vendor.received.at(-1)!.body as { product_id: string };
      all.find(({ id }) => id === product_id)!.state = 'deactivated';
      return [200, { id: product_id }];
    },
    ...more,
  };
  return { answers, running: () => all.filter(({ state }) => state !== 'deactivated').map(({ id }) => id) };
}

const PAPER = { ...RUNNING, id: 'paper', product_code: 'paper' };
const { state: _, ...STATELESS } = RUNNING;
const ANY = { TULO_PAYWAY_PACKAGE_SHOWN_AS: 'any' };
const anotherCode = (product: typeof RUNNING) => ({ ...product, product_code: `product of ${product.product_code}` });
const withoutState = ({ state: _state, ...product }: typeof RUNNING) => product;
const provisioned = () => vendor.sent('POST', '/userproducts').length;

describe('12 the package is provisioned', () => {
  const onboard = (world: World, env: Record<string, string> = {}, more: Answers = {}) => {
    const steps = vendor.steps(vendorWith(world, more).answers, env);
    return () => steps.createAccount({ request: requestFor({}, PACKAGE) });
  };
  /** The account is opened by this call. */
  const opening = (): Answers => {
    let opened = false;
    return {
      [mapped('ref-1')]: () => (opened ? account() : [404, { code: 'not_found' }]),
      'POST /v2/accounts': () => {
        opened = true;
        return [201, { id: 'a' }];
      },
    };
  };

  test.each<[string, World, Record<string, string>, number]>([
    ['when there is none', {}, {}, 1],
    ['not when it runs', { before: [RUNNING] }, {}, 0],
    ['when only a bought one runs', { before: [{ ...BOUGHT, product_code: 'paper' }] }, {}, 1],
    ['not when another runs and stands for it', { before: [PAPER] }, ANY, 0],
    ['nor when another may run and stands for it', { before: [{ ...STATELESS, product_code: 'paper' }] }, ANY, 0],
    ['when it has run out', { before: [{ ...RUNNING, valid_to: '2014-01-10T22:04:22+01:00' }] }, {}, 1],
    ['when it was ended', { before: [{ ...RUNNING, state: 'deactivated' }] }, {}, 1],
    ['not when only the list shows it', { before: [RUNNING], listOnly: true }, {}, 0],
    ['when neither account nor list shows it', { listOnly: true }, {}, 1],
    ['under another code that stands for it', { shownAs: anotherCode }, ANY, 1],
  ])('%s', async (_name, world, env, expected) => {
    await onboard(world, env)();
    expect(provisioned()).toBe(expected);
  });

  test('when the account was opened just now, whatever the vendor gives with it', async () => {
    await onboard({ before: [PAPER] }, {}, opening())();
    expect(provisioned()).toBe(1);
  });

  test.each<[string, World['shownAs']]>([
    ['without a state', withoutState],
    ['with a state that is not documented', (product) => ({ ...product, state: 'active' })],
    ['without a code', ({ product_code: _code, ...product }) => product],
    ['under another code', anotherCode],
  ])('6 once where a read shows it %s: a person must look, however often it is asked for', async (_name, shownAs) => {
    const create = onboard({ ...(shownAs && { shownAs }) }, {}, opening());
    const failures = [await failureOf(create()), await failureOf(create())];
    for (const failure of failures) expect(failure).toMatchObject({ type: 'ContractViolation', nonRetryable: true });
    expect(provisioned()).toBe(1);
  });

  test('and one that a read does not show needs a person', async () => {
    const failure = await failureOf(onboard({ shownAs: () => undefined })());
    expect(failure).toMatchObject({ type: 'ContractViolation', nonRetryable: true });
    expect(failure.message).toContain('READ_BACK_DIFFERS');
  });
});

describe('12 a change of plan', () => {
  const OLD = { ...RUNNING, id: 'old', product_code: 'single' };
  const CHANGE = {
    accountId: 'a',
    ownerReference: 'ref-1',
    change: { kind: 'upgrade-plan', planId: PACKAGE.planId },
  } as const;
  const changing = (world: World) => {
    const { answers, running } = vendorWith({ before: [{ ...OLD }], ...world });
    const steps = vendor.steps(answers);
    return { running, check: () => steps.checkChange(CHANGE), apply: () => steps.applyChange(CHANGE) };
  };

  test('ends what ran before, once the new one shows', async () => {
    const { check, apply, running } = changing({});
    await check();
    expect(await apply()).toEqual({ proven: true });
    expect(running()).toEqual(['new-1']);
  });

  test.each<[string, World['shownAs']]>([
    ['under another code', anotherCode],
    ['without a state', withoutState],
    ['not at all', () => undefined],
  ])('whose package a read shows %s ends nothing and needs a person', async (_name, shownAs) => {
    const { check, apply, running } = changing({ ...(shownAs && { shownAs }) });
    await check();
    expect(await failureOf(apply())).toMatchObject({ type: 'ContractViolation', nonRetryable: true });
    expect(running()).toContain('old');
    expect(vendor.sent('PUT')).toHaveLength(0);
  });

  test.each([
    ['under another code', anotherCode],
    ['without a state', withoutState],
  ])('6 asked for again provisions no second package where a read shows it %s', async (_name, shownAs) => {
    const { apply } = changing({ shownAs });
    await failureOf(apply());
    await failureOf(apply());
    expect(provisioned()).toBe(1);
  });

  test('6 is refused where a subscription may or may not run', async () => {
    const { check } = changing({ before: [STATELESS] });
    const failure = await failureOf(check());
    expect(failure).toMatchObject({ type: 'RequestRefused', nonRetryable: true });
    expect(failure.message).toMatch(/^planId: whether a subscription of the account runs cannot be told; /);
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
