import { OWN, PACKAGE, SSN, closeDesks, failureOf, openDesk, requestFor } from './desk.ts';
import type { Desk } from './desk.ts';
import { sender, textOf } from '../../sandbox/partner.ts';
import { askToken, CLIENT, SCOPES } from '../../sandbox/tulo-payway/integrator.ts';
import { configFor } from './settings.ts';

afterEach(closeDesks);

/** An account somebody else made at the vendor, without our reference or with another. */
function foreign(desk: Desk, person: Parameters<typeof requestFor>[0], reference = 'somebody-else') {
  return desk.account(person, { reference });
}

/** What a read of the vendor answers, whole. */
async function asShown({ url }: Desk, id: string): Promise<unknown> {
  const token = textOf(await askToken(url, { ...CLIENT, grant_type: 'none', scope: SCOPES }), 'access_token');
  const { body } = await sender(`${url}/external/api`, token)('GET', `/v1/accounts?id=${id}`);
  return (body as { item: unknown }).item;
}

describe('checkRequest', () => {
  test('answers the request in the vendor’s forms, and what the provider can do', async () => {
    const { steps } = await openDesk();
    const company = { name: 'Berg AB', organizationNumber: '5564683984' };
    const request = requestFor({ ssn: SSN, phone: '+358401234567' }, { kind: 'business', company });
    expect(await steps.checkRequest({ request })).toMatchObject({
      request: {
        person: { ssn: '196208179256', phone: '0401234567' },
        company: { organizationNumber: '556468-3984' },
      },
      capabilities: { confirmByCode: true, passwordReset: true, deactivate: false, identification: [] },
    });
  });

  test('refuses with a sentence, before any call', async () => {
    const desk = await openDesk();
    const failure = await failureOf(desk.steps.checkRequest({ request: requestFor({}, { ssnMonitoring: true }) }));
    expect(failure).toMatchObject({ type: 'RequestRefused', nonRetryable: true });
    expect(failure.message).toBe('ssnMonitoring: Payway has no SSN monitoring; leave it out.');
  });
});

describe('checkUniqueness', () => {
  test('5.4, 15.2 free, then ours', async () => {
    const desk = await openDesk();
    expect(await desk.steps.checkUniqueness({ request: requestFor() })).toEqual({ uniqueness: 'free' });
    await desk.account();
    expect(await desk.steps.checkUniqueness({ request: requestFor() })).toEqual({ uniqueness: 'ours' });
  });

  test.each([
    ['EmailTaken', { email: 'ANNA@example.com' }, { email: 'anna@example.com' }],
    ['SsnTaken', { email: 'other@example.com', ssn: SSN }, { ssn: '196208179256' }],
  ])('5.1, 17.23 %s', async (type, theirs, ours) => {
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
});

describe('createAccount', () => {
  test('5.1, 7.1, 11 sends what Payway alone takes, beside our own reference', async () => {
    const desk = await openDesk({ shows: ['external_ids', 'created_from_source', 'address'] });
    const request = requestFor(
      { birthDate: '1980-06-10' },
      {
        address: {
          street: 'Södra Vollsjövägen',
          streetNumber: '2',
          zipCode: '275 67',
          city: 'Vollsjö',
          countryCode: 'SE',
        },
        tags: ['vip', 'paper'],
        accountOrigin: 'Sydbladet',
        createdFromSource: 'campaign 7',
        externalIds: { crm: '4711' },
        requireVerification: true,
      },
    );
    const made = await desk.steps.createAccount({ request });
    expect(await asShown(desk, made.accountId)).toMatchObject({
      verified: false,
      external_ids: { crm: '4711', [configFor(desk.url).externalIdKey]: expect.stringContaining(request.reference) },
      birth_date: '1980-06-10',
      tags: ['vip', 'paper'],
      account_origin: 'Sydbladet',
      created_from_source: 'campaign 7',
      address: {
        first_name: 'Anna',
        street: 'Södra Vollsjövägen',
        street_number: '2',
        zip_code: '27567',
        city: 'Vollsjö',
        country_code: 'SE',
      },
    });
  });

  test.each([409, 400] as const)('17.2 an address of somebody else is taken, not adopted (%i)', async (duplicates) => {
    const desk = await openDesk({ duplicates });
    await foreign(desk, {});
    expect(await failureOf(desk.steps.createAccount({ request: requestFor() }))).toMatchObject({ type: 'EmailTaken' });
    expect(desk.count('account.created')).toBe(1);
  });

  test.each([409, 400] as const)('17.2, 5.1 an SSN of somebody else is taken (%i)', async (duplicates) => {
    const desk = await openDesk({ duplicates });
    await foreign(desk, { email: 'other@example.com', ssn: SSN });
    const failure = await failureOf(desk.steps.createAccount({ request: requestFor({ ssn: SSN }) }));
    expect(failure).toMatchObject({ type: 'SsnTaken' });
  });

  test('17.27 a barred address is invalid, not taken', async () => {
    const desk = await openDesk({ blacklist: ['anna@example.com'] });
    const failure = await failureOf(desk.steps.createAccount({ request: requestFor() }));
    expect(failure).toMatchObject({ type: 'Invalid', nonRetryable: true });
    expect(failure.message).toContain('(400, INVALID_PARAMETER, fields email');
    expect(failure.message).not.toContain('anna');
  });

  test('an account under our reference with another address is not adopted', async () => {
    const desk = await openDesk();
    await foreign(desk, { email: 'other@example.com' }, 'ref-1');
    const failure = await failureOf(desk.steps.createAccount({ request: requestFor() }));
    expect(failure).toMatchObject({ type: 'AccountNotOurs' });
    expect(desk.count('account.created')).toBe(1);
  });

  test('15.4, 17.13 two that both see "not there" make one account, and both get it', async () => {
    const desk = await openDesk();
    const route = 'GET /external/api/v1/accounts';
    desk.sandbox.faults.add({ kind: 'delay', when: 'after', ms: 50, route, times: 2 });
    const create = () => desk.steps.createAccount({ request: requestFor() });
    const both = await Promise.all([create(), create()]);
    expect(new Set(both.map(({ accountId }) => accountId)).size).toBe(1);
    expect(both.filter(({ created }) => created)).toHaveLength(1);
    expect(desk.count('account.created')).toBe(1);
  });

  test('5.6 after the first account was archived, the same reference makes a new one, once', async () => {
    const desk = await openDesk();
    const first = await desk.account();
    await desk.steps.removeAccount({ ...OWN, accountId: first });
    const second = await desk.account();
    expect(second).not.toBe(first);
    expect(await desk.steps.createAccount({ request: requestFor() })).toMatchObject({
      accountId: second,
      created: false,
    });
    expect(desk.count('account.created')).toBe(2);
  });

  test('5.6, 17.20 so it does where the archived one keeps its external id', async () => {
    const desk = await openDesk({ archivedMappings: 'stay' });
    const first = await desk.account();
    await desk.steps.removeAccount(OWN);
    const second = await desk.account();
    expect(second).not.toBe(first);
    await desk.steps.removeAccount(OWN);
    expect(desk.count('account.created')).toBe(2);
    expect(desk.count('account.archived')).toBe(2);
  });

  test('5.6, 16 one whose archiving was undone is ours again, and is not made twice', async () => {
    const desk = await openDesk({ archiving: 'undone-in-PAP' });
    const accountId = await desk.account();
    await desk.steps.removeAccount(OWN);
    desk.sandbox.administration.restore(accountId);
    expect(await desk.steps.createAccount({ request: requestFor() })).toMatchObject({ accountId, created: false });
    expect(desk.count('account.created')).toBe(1);
  });

  test('17.26 the generated password meets a stricter rule too', async () => {
    const desk = await openDesk({ passwordRule: 'mixed' });
    await desk.account();
    expect(desk.count('account.created')).toBe(1);
  });

  test('12 the package asked for is provisioned once', async () => {
    const desk = await openDesk();
    await desk.account({}, PACKAGE);
    await desk.account({}, PACKAGE);
    expect(desk.count('product.activated')).toBe(1);
  });

  test('12 a package that does not exist needs a person, and the account is not made twice', async () => {
    const desk = await openDesk();
    const create = () => failureOf(desk.account({}, { planId: 'no-such-package' }));
    expect(await create()).toMatchObject({ type: 'NotFound', nonRetryable: true });
    await create();
    expect(desk.count('account.created')).toBe(1);
  });
});

test('5.5, 15.6 readAccount tells what the provider shows', async () => {
  const desk = await openDesk();
  const accountId = await desk.account({ ssn: SSN });
  expect(await desk.steps.readAccount({ accountId })).toEqual({
    exists: true,
    active: 'no',
    emailVerified: 'no',
    ssnPresent: 'yes',
    ssnMonitoring: 'no',
  });
  desk.act('verify-email');
  expect(await desk.steps.readAccount({ accountId })).toMatchObject({ active: 'yes', emailVerified: 'yes' });
  await desk.steps.removeAccount({ ...OWN, accountId });
  expect(await desk.steps.readAccount({ accountId })).toMatchObject({ exists: false });
});

describe('removeAccount', () => {
  test('of what never was is done', async () => {
    const desk = await openDesk();
    await desk.steps.removeAccount(OWN);
    await desk.steps.removeAccount({ ...OWN, accountId: '5f1e9b0a6fc9365306ffffff' });
    expect(desk.sandbox.ledger.entries()).toHaveLength(0);
  });

  test('leaves an account under our reference with another address alone', async () => {
    const desk = await openDesk();
    await foreign(desk, { email: 'other@example.com' }, 'ref-1');
    await desk.steps.removeAccount(OWN);
    expect(desk.count('account.archived')).toBe(0);
  });

  test('5.6 ends the subscription that was provisioned, and archives', async () => {
    const desk = await openDesk();
    await desk.account({}, PACKAGE);
    await desk.steps.removeAccount(OWN);
    expect(desk.count('product.deactivated')).toBe(1);
    expect(desk.count('account.archived')).toBe(1);
  });

  test('5.6 leaves the subscription where it is told to, and fails as a remainder', async () => {
    const desk = await openDesk({}, { TULO_PAYWAY_END_SUBSCRIPTIONS: 'none' });
    await desk.account({}, PACKAGE);
    const failure = await failureOf(desk.steps.removeAccount(OWN));
    expect(failure).toMatchObject({ type: 'Conflict', nonRetryable: true });
    expect(failure.message).toContain('(409, ARCHIVE_ACCOUNT_WITH_ACTIVE_PRODUCTS');
    expect(desk.count('product.deactivated') + desk.count('account.archived')).toBe(0);
  });
});

test('12 a package that the API user may not provision is no refusal to open the account, which an abort takes back', async () => {
  const desk = await openDesk({ client: { provisionService: null } });
  const failure = await failureOf(desk.account({}, PACKAGE));
  expect(failure).toMatchObject({ type: 'ContractViolation', nonRetryable: true });
  expect(failure.message).toContain('(403, FORBIDDEN');
  expect(desk.count('account.created')).toBe(1);
  await desk.steps.removeAccount(OWN);
  expect(desk.count('account.archived')).toBe(1);
});

describe('the password', () => {
  test('9.1 is chosen by the person, through the reset mail', async () => {
    const desk = await openDesk();
    const accountId = await desk.account();
    desk.act('verify-email');
    await desk.steps.sendPasswordReset({ accountId, email: 'anna@example.com' });
    expect(desk.count('password.set')).toBe(0);
    desk.act('reset-password');
    expect(desk.count('password.set')).toBe(1);
  });
});

test('an account without a first name is made once, and found again', async () => {
  const desk = await openDesk();
  const { firstName: _, ...person } = requestFor().person;
  const request = { ...requestFor(), person };
  expect(await desk.steps.checkRequest({ request })).toMatchObject({ request: { reference: 'ref-1' } });
  const { accountId } = await desk.steps.createAccount({ request });
  expect(await desk.steps.createAccount({ request })).toMatchObject({ accountId, created: false });
  expect(desk.count('account.created')).toBe(1);
});
