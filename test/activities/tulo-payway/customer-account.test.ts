import type { Known } from '../../../contract/account.ts';
import { NOTHING_SENT } from '../../../contract/failures.ts';
import { CUSTOMER, FOR_CUSTOMER, WITH_MAPPING, activatedElsewhere, openCustomerDesk, opening } from './customers.ts';
import { OWN, PACKAGE, attempts, closeDesks, failureOf, requestFor } from './desk.ts';
import type { Desk } from './desk.ts';

afterEach(closeDesks);

/** Numbers are sections of the Tulo Payway contract. */

const REQUEST = requestFor({}, FOR_CUSTOMER);
const ACTIVATE = 'POST /external/api/v1/account/activate_candidate';
const MAP = 'POST /external/api/v1/identity_mapping';

/** One account, which carries our reference. */
async function expectOne(desk: Desk, accountId: string): Promise<void> {
  expect(desk.count('account.created')).toBe(1);
  expect(desk.sandbox.ledger.entries({ effect: 'external-id.written' }).map(({ externalId }) => externalId)).toEqual([
    'ref-1',
  ]);
  expect(await desk.steps.findAccount({ reference: 'ref-1' })).toMatchObject({ accountId, email: 'anna@example.com' });
}

describe('checkUniqueness', () => {
  test('5.7 a customer without an account is free', async () => {
    const { steps } = await openCustomerDesk();
    expect(await steps.checkUniqueness({ request: REQUEST })).toEqual({ uniqueness: 'free' });
  });

  test.each([
    ['an unknown number', { customerNumber: 'A-1' }],
    ['another zip code', { customerNumber: 'A-4711', zipCode: '11111' }],
  ])('5.7 %s is refused', async (_, existingCustomer) => {
    const { steps } = await openCustomerDesk();
    const failure = await failureOf(steps.checkUniqueness({ request: { ...REQUEST, existingCustomer } }));
    expect(failure).toMatchObject({ type: 'RequestRefused', nonRetryable: true });
    expect(failure.message).toMatch(/^existingCustomer: there is no such customer without an account; /);
  });

  test.each([
    ['anna@example.com', 'EmailTaken'],
    ['other@example.com', 'AccountNotOurs'],
  ])('5.7 one who has an account with %s is refused: %s', async (email, type) => {
    const { steps, url } = await openCustomerDesk();
    await activatedElsewhere(url, email);
    expect(await failureOf(steps.checkUniqueness({ request: REQUEST }))).toMatchObject({ type });
  });
});

describe('createAccount', () => {
  test('5.7, 11 makes the candidate an account that carries our reference, number and subscriptions', async () => {
    const desk = await openCustomerDesk();
    const made = await desk.steps.createAccount({ request: REQUEST });
    expect(made).toEqual({ accountId: expect.any(String), created: true, verificationNeeded: false });
    await expectOne(desk, made.accountId);
    expect(desk.sandbox.ledger.entries({ effect: 'product.activated' })).toMatchObject([{ kind: 'paper' }]);
    expect(await desk.steps.createAccount({ request: REQUEST })).toMatchObject({ ...made, created: false });
  });

  test('8.1 an address that the activation leaves unverified is asked for', async () => {
    const desk = await openCustomerDesk({ createdAs: 'unverified' });
    expect(await desk.steps.createAccount({ request: REQUEST })).toMatchObject({ verificationNeeded: true });
    desk.act('verify-email');
    expect(desk.count('email.confirmed')).toBe(1);
  });

  test('9.1 the person chooses the password by a mail', async () => {
    const desk = await openCustomerDesk({ passwordRule: 'mixed' });
    const { accountId } = await desk.steps.createAccount({ request: REQUEST });
    await desk.steps.sendPasswordReset({ accountId, email: 'anna@example.com' });
    desk.act('reset-password');
    expect(desk.count('password.set')).toBe(1);
  });

  test.each([
    ['the one of the deployment is not', {}, ['paper']],
    ['one that is asked for is', PACKAGE, ['paper', 'digital']],
    ['one that runs already is not', { planId: 'paper' }, ['paper']],
  ])('12 a package is provisioned only where it is asked for: %s', async (_, plan, kinds) => {
    const desk = await openCustomerDesk({}, { TULO_PAYWAY_PACKAGE_CODE: 'digital' });
    await desk.steps.createAccount({ request: { ...REQUEST, ...plan } });
    expect(desk.sandbox.ledger.entries({ effect: 'product.activated' }).map(({ kind }) => kind)).toEqual(kinds);
  });
});

describe('15.4 an answer that is lost', () => {
  const LOST = [
    { kind: 'drop', when: 'before' },
    { kind: 'drop', when: 'after' },
    { kind: 'server-error', when: 'after' },
  ] as const;
  const ROUTES = ['GET /external/api/v1/accounts/candidate', ACTIVATE, MAP, 'GET /external/api/v1/accounts'];

  test.each(ROUTES.flatMap((route) => LOST.map((fault) => ({ route, ...fault }))))(
    '$route, $kind $when the effect: one account, and it is ours',
    async (fault) => {
      const desk = await openCustomerDesk();
      desk.sandbox.faults.add(fault);
      const open = opening(desk);
      expect(await failureOf(open())).toMatchObject({ nonRetryable: false });
      await expectOne(desk, (await open()).accountId);
    },
  );

  test.each(['conflict', 'unknown'] as const)(
    'each time, and the candidate is gone (%s): Temporal’s attempts count as asking again',
    async (activatedCandidate) => {
      const desk = await openCustomerDesk({ activatedCandidate });
      desk.sandbox.faults.add({ kind: 'drop', when: 'after', route: ACTIVATE });
      desk.sandbox.faults.add({ kind: 'drop', when: 'before', route: MAP, times: 2 });
      const attempt = attempts(() => desk.steps.createAccount({ request: REQUEST }));
      for (let times = 0; times < 3; times++)
        expect(await failureOf(attempt())).toMatchObject({ type: 'UnknownOutcome' });
      await expectOne(desk, (await attempt()).accountId);
    },
  );
});

describe('11 somebody else’s account is never adopted', () => {
  /** How the creation ends, and how often there was a mapping and an account. */
  const ending = async (desk: Desk, asked: Known) => {
    const { type, message } = await failureOf(desk.steps.createAccount({ request: REQUEST, asked }));
    return { type, message, mapped: desk.count('external-id.written'), created: desk.count('account.created') };
  };
  const REFUSED = {
    type: 'AccountNotOurs',
    message: expect.stringMatching(/^existingCustomer: this customer has an account at Payway already, [^;]+; .+\.$/),
    mapped: 0,
    created: 1,
  };

  test('not even one with the same address, where no call of ours can have made it', async () => {
    const desk = await openCustomerDesk();
    await activatedElsewhere(desk.url);
    expect(await ending(desk, 'no')).toEqual(REFUSED);
  });

  test('nor one with another address, where one can', async () => {
    const desk = await openCustomerDesk();
    await activatedElsewhere(desk.url, 'other@example.com');
    expect(await ending(desk, 'yes')).toEqual(REFUSED);
  });

  test('two that ask for the customer at once under references of their own: one gets the account', async () => {
    const desk = await openCustomerDesk();
    const route = 'GET /external/api/v1/accounts/candidate';
    desk.sandbox.faults.add({ kind: 'delay', when: 'after', ms: 50, route, times: 2 });
    const both = await Promise.allSettled(
      ['ref-1', 'ref-2'].map((reference) => desk.steps.createAccount({ request: { ...REQUEST, reference } })),
    );
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const refused = both.find(({ status }) => status === 'rejected');
    expect(refused).toMatchObject({ reason: { type: 'AccountNotOurs' } });
    expect([desk.count('account.created'), desk.count('external-id.written')]).toEqual([1, 1]);
  });
});

describe('11 what the attempts before have sent tells whose an account is', () => {
  const opened = async (options: Parameters<typeof openCustomerDesk>[0] = {}) => {
    const desk = await openCustomerDesk(options);
    return { desk, attempt: attempts(() => desk.steps.createAccount({ request: REQUEST })) };
  };
  const REFUSED = { type: 'AccountNotOurs', nonRetryable: true };
  /** Needs a person, and leaves noted that an account may exist. */
  const UNTOLD = { type: 'Conflict', nonRetryable: true, message: expect.stringContaining('WITHOUT_REFERENCE') };

  test.each([
    ['look-up', 'GET /external/api/v1/accounts'],
    ['look-up of the candidate', 'GET /external/api/v1/accounts/candidate'],
    ['activation, which was not executed', ACTIVATE],
  ])('nothing by those that failed at the %s: the account is the customer’s own', async (_, route) => {
    const { desk, attempt } = await opened();
    desk.sandbox.faults.add({ kind: 'throttle', route, times: 2 });
    for (let times = 0; times < 2; times++) expect(await failureOf(attempt())).toMatchObject({ type: 'Throttled' });
    await activatedElsewhere(desk.url);
    expect(await failureOf(attempt())).toMatchObject(REFUSED);
    expect(desk.count('external-id.written') + desk.count('account.archived')).toBe(0);
  });

  test('the activation: it stays known through attempts that end before it', async () => {
    const { desk, attempt } = await opened();
    desk.sandbox.faults.add({ kind: 'drop', when: 'after', route: ACTIVATE });
    expect(await failureOf(attempt())).toMatchObject({ type: 'UnknownOutcome' });
    desk.sandbox.faults.add({ kind: 'html-503', when: 'before', route: 'GET /external/api/v1/accounts', times: 2 });
    for (let times = 0; times < 2; times++) expect(await failureOf(attempt())).toMatchObject({ type: 'Unavailable' });
    await expectOne(desk, (await attempt()).accountId);
  });

  test.each(['conflict', 'unknown'] as const)(
    'perhaps, by a worker that was killed before it could tell: a person must (%s)',
    async (activatedCandidate) => {
      const { desk, attempt } = await opened({ activatedCandidate });
      desk.sandbox.faults.add({ kind: 'html-503', when: 'before', route: 'GET /external/api/v1/accounts' });
      await failureOf(attempt());
      desk.sandbox.faults.add({ kind: 'drop', when: 'after', route: ACTIVATE });
      await failureOf(attempt('untold'));
      expect(await failureOf(attempt())).toMatchObject(UNTOLD);
      expect(desk.count('external-id.written')).toBe(0);
      await expectOne(desk, (await desk.steps.createAccount({ request: REQUEST, asked: 'yes' })).accountId);
    },
  );

  test('and so do the calls of a run before: what the failure of one says, the next is told', async () => {
    const { desk, attempt } = await opened();
    desk.sandbox.faults.add({ kind: 'throttle', route: 'GET /external/api/v1/accounts' });
    expect((await failureOf(attempt())).details).toEqual([NOTHING_SENT]);
    await activatedElsewhere(desk.url);
    const asked = (known: Known) => failureOf(desk.steps.createAccount({ request: REQUEST, asked: known }));
    expect(await asked('no')).toMatchObject(REFUSED);
    expect(await asked('unknown')).toMatchObject(UNTOLD);
    expect(desk.count('external-id.written')).toBe(0);
  });

  test('perhaps, but the account that shows has another address: it is the customer’s own', async () => {
    const { desk, attempt } = await opened();
    desk.sandbox.faults.add({ kind: 'drop', when: 'before', route: ACTIVATE });
    await failureOf(attempt('untold'));
    await activatedElsewhere(desk.url, 'other@example.com');
    expect(await failureOf(attempt())).toMatchObject(REFUSED);
  });

  test('perhaps, but the candidate is still there: the account is opened', async () => {
    const { desk, attempt } = await opened();
    desk.sandbox.faults.add({ kind: 'drop', when: 'before', route: ACTIVATE });
    await failureOf(attempt('untold'));
    const made = await attempt();
    expect(made).toMatchObject({ created: true });
    await expectOne(desk, made.accountId);
  });
});

describe('removeAccount', () => {
  const UNDO = { ...OWN, ...FOR_CUSTOMER };
  const idle = { candidates: [{ ...CUSTOMER, products: [] }] };

  test('5.6 archives the account of a customer with nothing that runs', async () => {
    const desk = await openCustomerDesk(idle);
    await desk.steps.createAccount({ request: REQUEST });
    await desk.steps.removeAccount(UNDO);
    expect(desk.count('account.archived')).toBe(1);
  });

  test('5.6 does not end what the customer brought along, and is a remainder', async () => {
    const desk = await openCustomerDesk();
    const { accountId } = await desk.steps.createAccount({ request: REQUEST });
    const failure = await failureOf(desk.steps.removeAccount({ ...UNDO, accountId }));
    expect(failure).toMatchObject({ type: 'Conflict', nonRetryable: true });
    expect(desk.count('product.deactivated') + desk.count('account.archived')).toBe(0);
  });

  test('5.6 ends all where it is told to', async () => {
    const desk = await openCustomerDesk({}, { TULO_PAYWAY_END_SUBSCRIPTIONS: 'all' });
    await desk.steps.createAccount({ request: REQUEST });
    await desk.steps.removeAccount(UNDO);
    expect([desk.count('product.deactivated'), desk.count('account.archived')]).toEqual([1, 1]);
  });

  test('11 of what may be ours and does not carry our reference is left to a person', async () => {
    const desk = await openCustomerDesk(idle);
    desk.sandbox.faults.add({ kind: 'drop', when: 'after', route: ACTIVATE });
    await failureOf(desk.steps.createAccount({ request: REQUEST }));
    const failure = await failureOf(desk.steps.removeAccount(UNDO));
    expect(failure).toMatchObject({ type: 'Conflict', nonRetryable: true });
    expect(failure.message).toContain('WITHOUT_REFERENCE');
    expect(desk.count('account.archived')).toBe(0);
  });

  test('11 of what is a stranger’s is done, and so it is of nothing', async () => {
    const desk = await openCustomerDesk(idle);
    await desk.steps.removeAccount(UNDO);
    await activatedElsewhere(desk.url, 'other@example.com');
    await desk.steps.removeAccount(UNDO);
    expect(desk.count('account.archived')).toBe(0);
  });
});

test('2.5 without the scope of identity mapping no such customer is taken', async () => {
  const desk = await openCustomerDesk(
    {},
    { TULO_PAYWAY_SCOPES: WITH_MAPPING.TULO_PAYWAY_SCOPES.split(' /external/id')[0]! },
  );
  const failure = await failureOf(desk.steps.checkRequest({ request: REQUEST }));
  expect(failure.message).toMatch(
    /^existingCustomer: [^;]+; add \/external\/identity_mapping\/w to TULO_PAYWAY_SCOPES/,
  );
  const { capabilities } = await desk.steps.checkRequest({ request: requestFor() });
  expect(capabilities).toMatchObject({ existingCustomers: false });
});
