import { foundBy } from '../found.ts';
import { closeDesks, failureOf, openDesk } from './desk.ts';
import type { Desk } from './desk.ts';

afterEach(closeDesks);

const STANDING = { exists: true, active: 'unknown', emailVerified: 'unknown', ssnPresent: 'no', ssnMonitoring: 'no' };

/** An account under a reference, each in a party of its own. */
async function account({ client }: Desk, number: number, externalId?: string): Promise<string> {
  const email = `person${number}@example.com`;
  const given = { email, partyId: 4000 + number, lastName: 'Person', accountGroupId: 12 };
  return (await client.accounts.create({ ...given, externalId: externalId ?? `ref-${number}` }))?.id ?? '';
}

describe.each(['filters', 'ignores-filters', 'absent'] as const)('where search %s (contract, section 10)', (search) => {
  test('an account is found by our reference, and nobody else’s is', async () => {
    const desk = await openDesk({ search, searchMatch: 'contains' });
    await account(desk, 11);
    const accountId = await account(desk, 1);
    expect(await foundBy(desk.steps, { reference: 'ref-1' })).toEqual({ accountId, email: 'person1@example.com' });
    expect(await foundBy(desk.steps, { reference: 'ref' })).toEqual({});
  });

  test('of several under one reference none is chosen (contract, section 4.2 row 11)', async () => {
    const desk = await openDesk({ search });
    await account(desk, 1, 'ref-1');
    const accountId = await account(desk, 2, 'ref-1');
    const failure = await failureOf(desk.steps.findAccount({ reference: 'ref-1' }));
    expect(failure).toMatchObject({ type: 'RequestRefused', nonRetryable: true });
    expect(failure.message).toMatch(/^accountId: [^;]+; .+\.$/);
    expect(await foundBy(desk.steps, { reference: 'ref-1', accountId })).toMatchObject({ accountId });
  });
});

test('what a search does not show is found before an account is said to be missing (contract, section 10)', async () => {
  const desk = await openDesk();
  const accountId = await account(desk, 1);
  const body = { items: [], pageNumber: 1, totalPages: 0, hasNextPage: false };
  desk.sandbox.faults.add({ kind: 'schema-drift', body, route: 'POST /api/accounts/search' });
  expect(await foundBy(desk.steps, { reference: 'ref-1' })).toMatchObject({ accountId });
});

test('an account named by id is found unless it carries another reference (contract, section 4.4)', async () => {
  const desk = await openDesk();
  const accountId = await account(desk, 1);
  const find = (reference: string, id = accountId) => foundBy(desk.steps, { reference, accountId: id });
  expect(await find('ref-1')).toEqual({ accountId, email: 'person1@example.com' });
  expect(await find('ref-2')).toEqual({});
  expect(await find('ref-1', '404404')).toEqual({});
  expect(await find('ref-1', '1')).toMatchObject({ accountId: '1' });
});

test('a deleted account is not found and holds nothing (contract, section 2)', async () => {
  const desk = await openDesk();
  const accountId = await account(desk, 1);
  const body = { id: Number(accountId), externalId: 'ref-1', deleted: '2026-01-15T09:30:00Z' };
  desk.sandbox.faults.add({ kind: 'schema-drift', body, route: 'GET /api/accounts/:id', times: 2 });
  expect(await foundBy(desk.steps, { reference: 'ref-1', accountId })).toEqual({});
  expect(await desk.steps.readHoldings({ accountId, ownerReference: 'ref-1' })).toEqual({ ...STANDING, exists: false });
});

test('an account holds neither members nor watchlists (contract, sections 4.1 and 4.3)', async () => {
  const desk = await openDesk();
  const accountId = await account(desk, 1);
  expect(await desk.steps.readHoldings({ accountId, ownerReference: 'ref-1' })).toEqual(STANDING);
});

/** Page by page, as a reconciliation does. */
async function pages({ steps }: Desk) {
  const read = [];
  for (let cursor: { cursor?: string } = {}; ;) {
    const { accounts, ...next } = await steps.listAccounts(cursor);
    read.push(accounts);
    if (next.cursor === undefined) return read;
    cursor = next;
  }
}

test('all accounts of the login’s scope are listed in pages, with the reference where it can be ours (contract, section 2.2)', async () => {
  const desk = await openDesk();
  for (let number = 0; number < 100; number++) await account(desk, number, number === 7 ? 'not.ours' : undefined);
  const read = await pages(desk);
  expect(read.map(({ length }) => length)).toEqual([100, 1]);
  const all = read.flat();
  // The login's own account carries no reference.
  expect(all[0]).toEqual({ accountId: '1', ...STANDING });
  expect(all[1]).toEqual({ accountId: '9001', reference: 'ref-0', ...STANDING });
  expect(all.filter(({ reference }) => reference === undefined)).toHaveLength(2);
  expect(new Set(all.map(({ accountId }) => accountId)).size).toBe(101);
});

const item = (id: number, rest: object = {}) => ({ id, externalId: `ref-${id}`, ...rest });

test('a deleted account is not listed; the last page has no cursor (contract, section 2)', async () => {
  const desk = await openDesk();
  const body = { items: [item(5), item(6, { deleted: '2026-01-15T09:30:00Z' })], hasNextPage: false };
  desk.sandbox.faults.add({ kind: 'schema-drift', body, route: 'GET /api/accounts' });
  expect(await desk.steps.listAccounts({})).toEqual({
    accounts: [{ accountId: '5', reference: 'ref-5', ...STANDING }],
  });
});

test('a list that never gets on is a contract violation (contract, section 2.2)', async () => {
  const desk = await openDesk();
  const body = { items: [item(5), item(6)], hasNextPage: true };
  desk.sandbox.faults.add({ kind: 'schema-drift', body, route: 'GET /api/accounts', times: 2 });
  const { cursor } = await desk.steps.listAccounts({});
  const failure = await failureOf(desk.steps.listAccounts({ cursor: cursor ?? '' }));
  expect(failure).toMatchObject({ type: 'ContractViolation', nonRetryable: true });
  expect(failure.message).toContain('PAGING');
});

test.each(['', '0.1', 'canary', '2', '2.x', '99999.1'])(
  'a cursor that no page was answered with is refused: %j',
  async (cursor) => {
    const { steps } = await openDesk();
    const failure = await failureOf(steps.listAccounts({ cursor }));
    expect(failure).toMatchObject({ type: 'RequestRefused', nonRetryable: true });
    expect(failure.message).toMatch(/^cursor: [^;]+; .+\.$/);
    expect(failure.message).not.toContain('canary');
  },
);
