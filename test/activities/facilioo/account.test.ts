import { closeDesks, failureOf, openDesk, requestFor } from './desk.ts';
import type { Desk } from './desk.ts';
import { CREATE_PARTIES } from './settings.ts';

afterEach(closeDesks);

const OTHER = { externalId: 'somebody-else', email: 'other@example.com', partyId: 4001 };

/** An account somebody else made at facilioo. */
async function foreign({ client }: Desk, rest: Partial<typeof OTHER> = {}) {
  await client.accounts.create({ ...OTHER, ...rest, lastName: 'Other', accountGroupId: 12 });
}

describe('checkRequest (contract, sections 4.2, 5 and 7)', () => {
  test('answers the request in facilioo’s forms and what can be done', async () => {
    const { steps } = await openDesk({}, { FACILIOO_PARTY_ID: '1' });
    const request = requestFor({}, { email: ' Erika@Example.COM ', languageCode: 'de' });
    delete request.holderId;
    expect(await steps.checkRequest({ request })).toMatchObject({
      request: {
        planId: '12',
        holderId: '1',
        person: { firstName: 'Erika', lastName: 'Muster', email: 'erika@example.com' },
      },
      capabilities: { emailVerified: 'none', deactivate: false, remove: false },
    });
  });

  test('a wait for the activation is a signal, when it is asked for', async () => {
    const { steps } = await openDesk();
    const { capabilities } = await steps.checkRequest({ request: requestFor({ awaitEmailVerified: true }) });
    expect(capabilities.emailVerified).toBe('signal');
  });

  test.each([
    ['a broken rule', { members: [{ reference: 'm1', person: requestFor().person }] }, 'members: '],
    ['a group that the login does not see', { planId: '91' }, 'planId: this login sees no such account group'],
  ])('refuses %s with a sentence, before any effect', async (_, rest, start) => {
    const desk = await openDesk();
    const failure = await failureOf(desk.steps.checkRequest({ request: requestFor(rest) }));
    expect(failure).toMatchObject({ type: 'RequestRefused', nonRetryable: true });
    expect(failure.message).toMatch(new RegExp(`^${start}`));
    expect(desk.sandbox.ledger.entries()).toHaveLength(0);
  });
});

describe.each(['filters', 'ignores-filters', 'absent'] as const)('where search %s (contract, section 10)', (search) => {
  test('free, then ours', async () => {
    const { steps } = await openDesk({ search });
    expect(await steps.checkUniqueness({ request: requestFor() })).toEqual({ uniqueness: 'free' });
    await steps.createAccount({ request: requestFor() });
    expect(await steps.checkUniqueness({ request: requestFor() })).toEqual({ uniqueness: 'ours' });
  });

  test.each([
    ['the address of somebody else', 'EmailTaken', { email: 'Erika@example.com' }],
    ['our reference in the same party with another address', 'AccountNotOurs', { externalId: 'ref-1', partyId: 4000 }],
    ['the one account of the party', 'RequestRefused', { partyId: 4000 }],
  ])('%s is %s', async (_, type, theirs) => {
    const desk = await openDesk({ search });
    await foreign(desk, theirs);
    expect(await failureOf(desk.steps.checkUniqueness({ request: requestFor() }))).toMatchObject({ type });
  });

  test('a party of our own is told from those of others that a search proposes', async () => {
    const desk = await openDesk({ search }, CREATE_PARTIES);
    const { holderId: _, ...request } = requestFor();
    const { accountId } = await desk.steps.createAccount({ request });
    expect(desk.count('party.created')).toBe(1);
    expect(await desk.client.accounts.get(accountId)).toMatchObject({ partyId: 1_000_001 });
  });

  test('our reference in another party is somebody else’s business', async () => {
    const desk = await openDesk({ search });
    await foreign(desk, { externalId: 'ref-1' });
    expect(await desk.steps.checkUniqueness({ request: requestFor() })).toEqual({ uniqueness: 'free' });
    expect(await desk.steps.createAccount({ request: requestFor() })).toMatchObject({ created: true });
  });
});

test('an organisation’s party holds many accounts (contract, section 4.1)', async () => {
  const desk = await openDesk({}, { FACILIOO_PARTY_ID: '1' });
  const first = requestFor();
  delete first.holderId;
  await desk.steps.createAccount({ request: first });
  const second = { ...first, reference: 'ref-2', person: { ...first.person, email: 'max@example.com' } };
  expect(await desk.steps.checkUniqueness({ request: second })).toEqual({ uniqueness: 'free' });
  await desk.steps.createAccount({ request: second });
  expect(desk.count('account.created')).toBe(2);
});

describe.each([400, 409, 422] as const)(
  'where what is taken is refused with %i (contract, section 10)',
  (duplicates) => {
    test.each([
      ['4.2 row 1: the address of somebody else', 'EmailTaken', { email: 'erika@example.com' }],
      ['4.2 row 11: our reference with another address', 'AccountNotOurs', { externalId: 'ref-1', partyId: 4000 }],
      ['4.1: the one account of the party', 'RequestRefused', { partyId: 4000 }],
    ])('a creation that meets %s is %s and makes nothing', async (_, type, theirs) => {
      const desk = await openDesk({ duplicates });
      await foreign(desk, theirs);
      expect(await failureOf(desk.steps.createAccount({ request: requestFor() }))).toMatchObject({ type });
      expect(desk.count('account.created')).toBe(1);
    });

    test('an address taken where this login sees nothing is taken (section 4.2 row 1)', async () => {
      const desk = await openDesk({
        duplicates,
        logins: [
          { email: 'service@verwaltung.example', password: 'sandbox-password', partyId: 1, accountGroupId: 1 },
          { email: 'erika@example.com', password: 'other', partyId: 2, accountGroupId: 91 },
        ],
      });
      expect(await desk.steps.checkUniqueness({ request: requestFor() })).toEqual({ uniqueness: 'free' });
      const failure = await failureOf(desk.steps.createAccount({ request: requestFor() }));
      expect(failure).toMatchObject({ type: 'EmailTaken', nonRetryable: true });
      expect(failure.message).toContain('outside of what this login may see');
    });
  },
);

test('parties are made when switched on: once for each request, of type User (contract, section 6)', async () => {
  const desk = await openDesk({}, CREATE_PARTIES);
  const request = requestFor();
  delete request.holderId;
  const first = await desk.steps.createAccount({ request });
  expect(await desk.steps.createAccount({ request })).toEqual({ ...first, created: false });
  expect([desk.count('party.created'), desk.count('account.created')]).toEqual([1, 1]);
  const { partyId } = await desk.client.accounts.get(first.accountId);
  expect(await desk.client.parties.get(String(partyId))).toMatchObject({ accountRole: 7, externalId: 'ref-1' });
});

test('a party whose answer was lost, and that a search does not show, is found in the list (contract, section 10)', async () => {
  const desk = await openDesk({}, CREATE_PARTIES);
  const request = requestFor();
  delete request.holderId;
  const body = { items: [], pageNumber: 1, totalPages: 0, hasNextPage: false };
  desk.sandbox.faults.add({ kind: 'schema-drift', body, route: 'POST /api/parties/search', times: 10 });
  desk.sandbox.faults.add({ kind: 'drop', when: 'after', route: 'POST /api/parties' });
  expect(await failureOf(desk.steps.createAccount({ request }))).toMatchObject({ type: 'UnknownOutcome' });
  await desk.steps.createAccount({ request });
  expect([desk.count('party.created'), desk.count('account.created')]).toEqual([1, 1]);
});

test('without a search the list is read once before a party is made', async () => {
  const desk = await openDesk({}, { ...CREATE_PARTIES, FACILIOO_SEARCH: 'false' });
  const pages = desk.sandbox.faults.add({ kind: 'delay', ms: 1, route: 'GET /api/parties', times: 1_000 });
  const request = requestFor();
  delete request.holderId;
  await desk.steps.createAccount({ request });
  expect(pages.fired).toBe(11);
});

test('parties are made under other names and on the earlier list of party types too (contract, sections 6.2 and 11.4)', async () => {
  const partyNames = {
    accountRole: 'type',
    secondaryName: 'lastName',
    primaryName: 'givenName',
    externalId: 'foreignId',
  };
  const FACILIOO_FIELD_NAMES = `${CREATE_PARTIES.FACILIOO_FIELD_NAMES},accountRole=type,secondaryName=lastName,primaryName=givenName,partyExternalId=foreignId`;
  const desk = await openDesk({ partyNames, partyTypes: 'earlier' }, { ...CREATE_PARTIES, FACILIOO_FIELD_NAMES });
  const { holderId: _, ...request } = requestFor();
  const { accountId } = await desk.steps.createAccount({ request });
  expect(await desk.steps.createAccount({ request })).toEqual({ accountId, created: false });
  expect([desk.count('party.created'), desk.count('account.created')]).toEqual([1, 1]);
});

test('readAccount tells whether it is there, and no more: nothing shows an activation (contract, sections 4.3 and 4.4)', async () => {
  const { steps } = await openDesk();
  const { accountId } = await steps.createAccount({ request: requestFor() });
  const rest = { active: 'unknown', emailVerified: 'unknown', ssnPresent: 'no', ssnMonitoring: 'no' };
  expect(await steps.readAccount({ accountId })).toEqual({ exists: true, ...rest });
  expect(await steps.readAccount({ accountId: '404404' })).toEqual({ exists: false, ...rest });
});

test('an account that is shown as deleted is not there (contract, section 2)', async () => {
  const { steps, sandbox } = await openDesk();
  const { accountId } = await steps.createAccount({ request: requestFor() });
  const body = { id: Number(accountId), deleted: '2026-01-15T09:30:00' };
  sandbox.faults.add({ kind: 'schema-drift', body, route: 'GET /api/accounts/:id' });
  expect(await steps.readAccount({ accountId })).toMatchObject({ exists: false });
});

test('nothing is inferred where the vendor shows an activation after all (contract, section 10)', async () => {
  const { steps } = await openDesk({ activationField: 'isActive', timestamps: 'without-offset' });
  const { accountId } = await steps.createAccount({ request: requestFor() });
  expect(await steps.readAccount({ accountId })).toMatchObject({ exists: true, active: 'unknown' });
});

test.each(['empty', 'html', 'text', 'pascal-case'] as const)(
  'a taken address is told from a refusal that is %s (contract, sections 9 and 10)',
  async (errors) => {
    const desk = await openDesk({ errors }, { FACILIOO_ERROR_BODIES: errors === 'pascal-case' ? undefined : 'any' });
    await foreign(desk, { email: 'erika@example.com' });
    expect(await failureOf(desk.steps.createAccount({ request: requestFor() }))).toMatchObject({ type: 'EmailTaken' });
  },
);

describe.each([
  [400, 'Invalid'],
  [403, 'Forbidden'],
  [404, 'NotFound'],
] as const)('where what is not there is refused with %i (contract, section 10)', (unknownReference, type) => {
  test.each([
    ['party', { holderId: '999999' }],
    ['party of another company', { holderId: '2001' }],
    ['group', { planId: '999999' }],
    ['group of another company', { planId: '91' }],
  ])('a %s needs a person, and nothing is made', async (_, rest) => {
    const desk = await openDesk({ unknownReference });
    const failure = await failureOf(desk.steps.createAccount({ request: requestFor(rest) }));
    expect(failure).toMatchObject({ type, nonRetryable: true });
    expect(desk.count('account.created')).toBe(0);
  });
});

test('an account in another group than asked for needs a person, for it has other permissions (contract, section 10)', async () => {
  const desk = await openDesk();
  await desk.client.accounts.create({
    email: 'erika@example.com',
    partyId: 4000,
    lastName: 'Muster',
    accountGroupId: 2,
    externalId: 'ref-1',
  });
  const failure = await failureOf(desk.steps.createAccount({ request: requestFor() }));
  expect(failure).toMatchObject({ type: 'ContractViolation', nonRetryable: true });
  expect(failure.message).toContain('(ACCOUNT_DIFFERS, fields accountGroupId)');
});

test('a reference that is not kept is told at once, for the account could not be found again (contract, section 10)', async () => {
  const desk = await openDesk({ names: { externalId: 'foreignId' } });
  const failure = await failureOf(desk.steps.createAccount({ request: requestFor() }));
  expect(failure.message).toContain('(ACCOUNT_DIFFERS, fields externalId)');
});

test('names that differ from ours are configured (section 4.2)', async () => {
  const names = { externalId: 'foreignId', accountGroupId: 'groupId' };
  const desk = await openDesk({ names }, { FACILIOO_FIELD_NAMES: 'externalId=foreignId,accountGroupId=groupId' });
  const { accountId } = await desk.steps.createAccount({ request: requestFor() });
  expect(await desk.steps.createAccount({ request: requestFor() })).toEqual({ accountId, created: false });
});

test('without search the list is read, as configured (contract, section 10)', async () => {
  const desk = await openDesk({}, { FACILIOO_SEARCH: 'false' });
  const searched = desk.sandbox.faults.add({ kind: 'server-error', route: 'POST /api/accounts/search' });
  await desk.steps.createAccount({ request: requestFor() });
  expect(await desk.steps.checkUniqueness({ request: requestFor() })).toEqual({ uniqueness: 'ours' });
  expect(searched.fired).toBe(0);
});

test('a party is not made for an account that cannot be', async () => {
  const desk = await openDesk({}, CREATE_PARTIES);
  await foreign(desk, { email: 'erika@example.com' });
  const request = requestFor();
  delete request.holderId;
  expect(await failureOf(desk.steps.createAccount({ request }))).toMatchObject({ type: 'EmailTaken' });
  expect(desk.count('party.created')).toBe(0);
});

test('what a search does not show is found before anyone is told no (contract, section 10)', async () => {
  const desk = await openDesk();
  const { accountId } = await desk.steps.createAccount({ request: requestFor() });
  const body = { items: [], pageNumber: 1, totalPages: 0, hasNextPage: false };
  desk.sandbox.faults.add({ kind: 'schema-drift', body, route: 'POST /api/accounts/search', times: 10 });
  expect(await desk.steps.createAccount({ request: requestFor() })).toEqual({ accountId, created: false });
});

test('two at the same time may make two parties, but one account, and both get it', async () => {
  const desk = await openDesk({}, CREATE_PARTIES);
  const request = requestFor();
  delete request.holderId;
  desk.sandbox.faults.add({ kind: 'delay', when: 'after', ms: 50, route: 'POST /api/accounts/search', times: 2 });
  const both = await Promise.all([1, 2].map(() => desk.steps.createAccount({ request })));
  expect(new Set(both.map(({ accountId }) => accountId)).size).toBe(1);
  expect(desk.count('account.created')).toBe(1);
});

test('an account without a first name is made once, and found again', async () => {
  const desk = await openDesk();
  const { firstName: _, ...person } = requestFor().person;
  const request = { ...requestFor(), person };
  expect(await desk.steps.checkRequest({ request })).toMatchObject({ request: { reference: 'ref-1' } });
  const { accountId } = await desk.steps.createAccount({ request });
  expect(await desk.steps.createAccount({ request })).toEqual({ accountId, created: false });
  expect(desk.count('account.created')).toBe(1);
});
