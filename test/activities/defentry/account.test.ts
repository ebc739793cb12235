import { OWN, closeDesks, failureOf, inActivity, openDesk, requestFor, POLL, SSN } from './desk.ts';
import type { Desk } from './desk.ts';

afterEach(closeDesks);

/** An account somebody else made at the vendor, without our reference or with another. */
async function foreign({ steps }: Desk, person: Parameters<typeof requestFor>[0], reference = 'somebody-else') {
  return (await steps.createAccount({ request: requestFor(person, { reference, kind: 'single' }) })).accountId;
}

describe('checkRequest', () => {
  test('answers the request and what this deployment can do', async () => {
    const { steps } = await openDesk();
    const request = requestFor();
    expect(await steps.checkRequest({ request })).toMatchObject({
      request,
      capabilities: { identification: ['BANKID', 'MITID', 'FTN'], confirmByCode: false },
    });
  });

  test('refuses with a sentence, before any effect', async () => {
    const desk = await openDesk({}, { DEFENTRY_SSN_REQUIRED: 'true' });
    const failure = await failureOf(desk.steps.checkRequest({ request: requestFor() }));
    expect(failure).toMatchObject({ type: 'RequestRefused', nonRetryable: true });
    expect(failure.message).toMatch(/^person\.ssn: /);
    expect(desk.sandbox.ledger.entries()).toHaveLength(0);
  });
});

describe('3.3: checkUniqueness', () => {
  test('free, then ours', async () => {
    const desk = await openDesk();
    expect(await desk.steps.checkUniqueness({ request: requestFor() })).toEqual({ uniqueness: 'free' });
    await desk.account();
    expect(await desk.steps.checkUniqueness({ request: requestFor() })).toEqual({ uniqueness: 'ours' });
  });

  test.each([
    ['EmailTaken', { email: 'ANNA@example.com' }, { email: 'anna@example.com' }],
    ['SsnTaken', { email: 'other@example.com', ssn: SSN }, { ssn: '199001011234' }],
  ])('%s', async (type, theirs, ours) => {
    const desk = await openDesk();
    await foreign(desk, theirs);
    expect(await failureOf(desk.steps.checkUniqueness({ request: requestFor(ours) }))).toMatchObject({ type });
  });

  test('an account under our reference with another address is not ours', async () => {
    const desk = await openDesk();
    await foreign(desk, { email: 'other@example.com' }, 'ref-1');
    const failure = await failureOf(desk.steps.checkUniqueness({ request: requestFor() }));
    expect(failure).toMatchObject({ type: 'AccountNotOurs', nonRetryable: true });
  });

  test('an answer that says nothing is neither free nor taken: the creation will tell', async () => {
    const desk = await openDesk();
    const route = 'POST /api/v1/account/check-attribute-for-uniqueness';
    desk.sandbox.faults.add({ kind: 'schema-drift', route });
    expect(await desk.steps.checkUniqueness({ request: requestFor() })).toEqual({ uniqueness: 'free' });
  });
});

describe('3.1: createAccount', () => {
  test.each([422, 409] as const)('an address of somebody else is taken, not adopted (%i)', async (duplicates) => {
    const desk = await openDesk({ duplicates });
    await foreign(desk, {});
    expect(await failureOf(desk.steps.createAccount({ request: requestFor() }))).toMatchObject({ type: 'EmailTaken' });
    expect(desk.count('account.created')).toBe(1);
  });

  test.each([422, 409] as const)('an SSN of somebody else is taken (%i)', async (duplicates) => {
    const desk = await openDesk({ duplicates });
    await foreign(desk, { email: 'other@example.com', ssn: SSN });
    const failure = await failureOf(desk.steps.createAccount({ request: requestFor({ ssn: SSN }) }));
    expect(failure).toMatchObject({ type: 'SsnTaken' });
  });

  test('an account under our reference with another address is not adopted', async () => {
    const desk = await openDesk();
    await foreign(desk, { email: 'other@example.com' }, 'ref-1');
    const failure = await failureOf(desk.steps.createAccount({ request: requestFor() }));
    expect(failure).toMatchObject({ type: 'AccountNotOurs' });
    expect(desk.count('account.created')).toBe(1);
  });

  test('data the vendor refuses is invalid, with the fields named and no value', async () => {
    const desk = await openDesk();
    const failure = await failureOf(desk.steps.createAccount({ request: requestFor({ ssn: '1234567' }) }));
    expect(failure).toMatchObject({ type: 'Invalid', nonRetryable: true });
    expect(failure.message).toContain('(422, VALIDATION_ERROR, fields ssn)');
    expect(failure.message).not.toContain('1234567');
  });

  test('two that both see "not there" make one account, and both get it', async () => {
    const desk = await openDesk();
    const route = 'GET /api/v1/account/external-id/:external_id';
    desk.sandbox.faults.add({ kind: 'delay', when: 'after', ms: 50, route, times: 2 });
    const create = () => desk.steps.createAccount({ request: requestFor() });
    const both = await Promise.all([create(), create()]);
    expect(new Set(both.map(({ accountId }) => accountId)).size).toBe(1);
    expect(both.filter(({ created }) => created)).toHaveLength(1);
    expect(desk.count('account.created')).toBe(1);
  });

  test.each(['seconds', 'http-date', 'reset-header'] as const)('throttled waits as told by %s', async (retryAfter) => {
    const desk = await openDesk();
    desk.sandbox.faults.add({ kind: 'throttle', seconds: 7, retryAfter, route: 'POST /api/v1/account' });
    const failure = await failureOf(desk.steps.createAccount({ request: requestFor() }));
    // Dates are whole seconds, a little time has passed, and Node writes an answer's own date up to a second late, more when it is busy.
    expect(failure.nextRetryDelay).toBeGreaterThanOrEqual(5_000);
    expect(failure.nextRetryDelay).toBeLessThanOrEqual(12_000);
  });

  test('our reference under another field name is found again', async () => {
    const desk = await openDesk({ externalIdField: 'reference' }, { DEFENTRY_EXTERNAL_ID_FIELD: 'reference' });
    await desk.account();
    expect(await desk.steps.createAccount({ request: requestFor() })).toMatchObject({ created: false });
  });
});

describe('3.5: a new account is looked up by our reference', () => {
  const PHONE_ONLY = { firstName: 'Anna', lastName: 'Berg', phone: '+46701234567' };

  /** A vendor that takes the reference under another name than the one configured. */
  const openWrong = () => openDesk({ externalIdField: 'externalId' });

  test.each([
    ['a customer with address and SSN', requestFor({ ssn: SSN })],
    ['a customer who has a phone only', { ...requestFor(), person: PHONE_ONLY }],
    [
      'a business',
      requestFor({}, { kind: 'business', company: { name: 'Berg AB', organizationNumber: '556000-0001' } }),
    ],
  ])('%s, not found by it: told at once with the setting to correct, and taken back by its id', async (_, request) => {
    const desk = await openWrong();
    const failure = await failureOf(desk.steps.createAccount({ request }));
    expect(failure).toMatchObject({ type: 'ContractViolation', nonRetryable: true });
    expect(failure.message).toMatch(/^DEFENTRY_EXTERNAL_ID_FIELD: .* removed again; name the field .* then retry\.$/);
    expect([desk.count('account.created'), desk.count('account.deleted')]).toEqual([1, 1]);
  });

  test('what Defentry does not remove either is named as left behind', async () => {
    const desk = await openWrong();
    desk.sandbox.faults.add({ kind: 'server-error', when: 'before', route: 'DELETE /api/v1/account/:account_id' });
    const failure = await failureOf(desk.steps.createAccount({ request: requestFor() }));
    expect(failure).toMatchObject({ type: 'ContractViolation', nonRetryable: true });
    expect(failure.message).toContain('remove it in the CRM portal');
  });
});

describe('awaitEmailVerified', () => {
  test('is not there before the click, and is after it', async () => {
    const desk = await openDesk();
    const accountId = await desk.account();
    const look = () => desk.steps.awaitEmailVerified({ accountId, ...POLL });
    expect(await failureOf(inActivity(look, 2))).toMatchObject({ type: 'NotYet', nextRetryDelay: 20 * 60_000 });
    desk.act('confirm-email');
    expect(await look()).toEqual({ needed: true });
  });

  test('is not needed without an address', async () => {
    const desk = await openDesk();
    const { accountId } = await desk.steps.createAccount({
      request: { ...requestFor(), person: { firstName: 'A', lastName: 'B', phone: '+46701234567' } },
    });
    expect(await desk.steps.awaitEmailVerified({ accountId, ...POLL })).toEqual({ needed: false });
  });

  test('of an account that is gone needs a person', async () => {
    const desk = await openDesk();
    const failure = await failureOf(desk.steps.awaitEmailVerified({ accountId: '404', ...POLL }));
    expect(failure).toMatchObject({ type: 'NotFound', nonRetryable: true });
  });
});

test('3.6: sendVerification sends another mail', async () => {
  const desk = await openDesk();
  const accountId = await desk.account();
  await desk.steps.sendVerification({ accountId });
  expect(desk.count('mail.sent')).toBe(2);
});

test('readAccount tells what the provider shows', async () => {
  const desk = await openDesk();
  const accountId = await desk.account({ ssn: SSN });
  expect(await desk.steps.readAccount({ accountId })).toEqual({
    exists: true,
    active: 'no',
    emailVerified: 'no',
    ssnPresent: 'yes',
    ssnMonitoring: 'yes',
  });
  desk.act('confirm-email');
  expect(await desk.steps.readAccount({ accountId })).toMatchObject({ active: 'yes', emailVerified: 'yes' });
  await desk.steps.removeAccount({ ...OWN, accountId });
  expect(await desk.steps.readAccount({ accountId })).toMatchObject({ exists: false });
});

describe('undo of what never was is done', () => {
  test.each(['deactivateAccount', 'removeAccount'] as const)('%s', async (name) => {
    const desk = await openDesk();
    await desk.steps[name](OWN);
    await desk.steps[name]({ ...OWN, accountId: '404' });
    expect(desk.sandbox.ledger.entries()).toHaveLength(0);
  });

  test.each(['deactivateAccount', 'removeAccount'] as const)(
    '%s leaves an account under our reference with another address alone',
    async (name) => {
      const desk = await openDesk();
      await foreign(desk, { email: 'other@example.com' }, 'ref-1');
      await desk.steps[name](OWN);
      expect(desk.count('account.deactivated') + desk.count('account.deleted')).toBe(0);
    },
  );
});
