import { CALLERS, closeSandboxes, ERIKA, field, idsOf, MAX, openManager, type Manager } from './manager.ts';

afterEach(closeSandboxes);

const SEARCH = '/api/accounts/search';

/** The service's account (1), Erika's (9001), Max's (9002) and, in the company, Zoe's (9003). */
async function openHouse(options: Parameters<typeof openManager>[0] = {}): Promise<Manager> {
  let at = Date.parse('2026-01-15T09:00:00Z');
  const manager = await openManager(options, { now: () => new Date((at += 1000)) });
  for (const body of [ERIKA, MAX, { ...ERIKA, email: 'zoe@example.com', firstName: 'Zoe', partyId: 1 }])
    await manager.send('POST', '/api/accounts', body);
  return manager;
}

/** Section 2.2. */
const PAGES: [query: string, status: number, page: unknown][] = [
  ['', 200, { pageNumber: 1, pageSize: 10, totalPages: 1, totalCount: 4, hasPreviousPage: false, hasNextPage: false }],
  ['?pageSize=3', 200, { totalPages: 2, hasNextPage: true, hasPreviousPage: false }],
  ['?PageNumber=2&PageSize=3', 200, { pageNumber: 2, totalPages: 2, hasNextPage: false, hasPreviousPage: true }],
  ['?pageNumber=7', 200, { items: [], pageNumber: 7, hasNextPage: false }],
  ['?pageSize=250', 200, { pageSize: 100 }],
  ['?pageNumber=0', 400, { errors: { pageNumber: [expect.any(String)] } }],
  ['?pageSize=0', 400, { errors: { pageSize: [expect.any(String)] } }],
  ['?pageSize=-1', 400, {}],
  ['?pageNumber=two', 400, {}],
  ['?email=max.muster%40example.com&updatedSince=2030-01-01&expand=party', 200, { totalCount: 4 }],
];

test.each(PAGES)('section 2.2: a list with %j answers %i', async (query, status, page) => {
  const { send } = await openHouse();
  expect(await send('GET', `/api/accounts${query}`)).toMatchObject({ status, body: page });
});

test('a conditional request is answered in full (section 2)', async () => {
  const { send } = await openHouse();
  const first = await send('GET', '/api/accounts/9001');
  expect([first.headers.get('etag'), first.headers.get('last-modified')]).toEqual([null, null]);
  const since = { 'if-none-match': '*', 'if-modified-since': 'Wed, 01 Jan 2031 00:00:00 GMT' };
  expect(await send('GET', '/api/accounts/9001', undefined, since)).toMatchObject({ status: 200, body: first.body });
});

test('a page tells its range in a header (section 2.2)', async () => {
  const { send } = await openHouse();
  expect((await send('GET', '/api/accounts?pageSize=3')).headers.get('content-range')).toBe('1-3/4');
});

test('no entries: no pages (section 2.2)', async () => {
  const { send } = await openManager();
  expect((await send('POST', SEARCH, { email: 'nobody@example.com' })).body).toEqual({
    items: [],
    pageNumber: 1,
    pageSize: 10,
    totalPages: 0,
    totalCount: 0,
    hasPreviousPage: false,
    hasNextPage: false,
  });
});

/** Sections 2.3 and 10. */
const READS: [method: string, path: string, body: Record<string, unknown> | undefined, ids: number[]][] = [
  ['GET', '/api/accounts', undefined, [1, 9001, 9002, 9003]],
  ['GET', '/api/accounts?SortByAttributeName=firstName&AscendingOrder=false', undefined, [9003, 9001, 9002, 1]],
  ['POST', '/api/accounts/batch', { ids: [9002, 77, 9001, 9002] }, [9002, 9001]],
  ['POST', SEARCH, {}, [1, 9001, 9002, 9003]],
  ['POST', SEARCH, { email: ' MAX.Muster@example.com' }, [9002]],
  ['POST', SEARCH, { externalId: ERIKA.externalId }, [9001, 9003]],
  ['POST', SEARCH, { externalId: ERIKA.externalId, partyId: 1 }, [9003]],
  ['POST', SEARCH, { externalId: ERIKA.externalId.slice(0, 5) }, []],
  ['POST', SEARCH, { shoeSize: 44, partyId: null }, [1, 9001, 9002, 9003]],
  ['POST', SEARCH, { orderBy: ['lastName desc', 'id desc'] }, [1, 9003, 9002, 9001]],
  ['POST', `${SEARCH}?PageSize=2&PageNumber=2`, {}, [9002, 9003]],
  ['POST', SEARCH, { changedSince: '2030-01-01T00:00:00Z' }, []],
];

test.each(READS)('sections 2.3 and 10: %s %s %j finds %j', async (method, path, body, ids) => {
  const { send } = await openHouse();
  expect(idsOf(await send(method, path, body))).toEqual(ids);
});

test('changedSince takes what changed at that time or later (section 2.3)', async () => {
  const { send } = await openHouse();
  const changedSince = String(field(await send('GET', '/api/accounts/9002'), 'lastModified'));
  expect(idsOf(await send('POST', SEARCH, { changedSince }))).toEqual([9002, 9003]);
});

test.each([
  ['/api/accounts/batch', {}],
  ['/api/accounts/batch', { ids: ['9001'] }],
  [SEARCH, { orderBy: 'id asc' }],
  [SEARCH, { orderBy: ['id upwards'] }],
  [SEARCH, { changedSince: 'yesterday' }],
])('POST %s %j is refused (section 2.3)', async (path, body) => {
  const { send } = await openManager();
  expect((await send('POST', path, body)).status).toBe(400);
});

test('one account by its id, and the own one (section 4.4)', async () => {
  const { send } = await openHouse();
  expect((await send('GET', '/api/accounts/9001')).body).toMatchObject({ id: 9001, ...ERIKA });
  expect((await send('GET', '/api/accounts/myself')).body).toMatchObject({ id: 1, partyId: 1, isAdmin: true });
  for (const id of ['9009', 'x', '0']) expect((await send('GET', `/api/accounts/${id}`)).status).toBe(404);
});

/** What each caller sees of the accounts, the parties with an id below 10 and the groups (3.2, 6.1, 7). */
test.each([
  ['reader', [1, 2, 4, 5], [1, 3], [1, 2, 12]],
  ['platform', [1, 2, 3, 4, 5, 6, 7], [1, 2, 3, 8, 9], [1, 2, 12, 91, 93, 99]],
  ['pool', [4], [3], [93]],
  ['resident', [5], [], [12]],
  ['other', [6], [2], [91]],
])('%s sees its own scope (sections 3.2, 6.1 and 7)', async (name, accounts, parties, groups) => {
  const send = await (await openManager(CALLERS)).as(name);
  expect(idsOf(await send('GET', '/api/accounts?pageSize=100'))).toEqual(accounts);
  const ids = [1, 2, 3, 8, 9];
  expect(idsOf(await send('POST', '/api/parties/batch', { ids }))).toEqual(parties);
  expect(idsOf(await send('GET', '/api/account-groups'))).toEqual(groups);
});

test('a guest reads no groups: its party type is not on the list (section 3.2)', async () => {
  const { as } = await openManager(CALLERS);
  const guest = await as('guest');
  expect((await guest('POST', '/api/account-groups/batch', { ids: [93] })).status).toBe(403);
});

test.each([
  ['GET', '/api/account-groups/12', undefined, 200, { id: 12, name: 'Residents', deleted: null }],
  ['GET', '/api/account-groups/91', undefined, 404, {}],
  ['POST', '/api/account-groups/batch', { ids: [91, 12] }, 200, [{ id: 12 }]],
  ['POST', '/api/account-groups/search', { name: 'Residents' }, 200, { items: [{ id: 12 }] }],
  ['GET', '/api/parties/4711', undefined, 200, { id: 4711, accountRole: 7, fullName: 'Resident 4711' }],
  ['GET', '/api/parties/2001', undefined, 404, {}],
  ['GET', '/api/parties?pageSize=1', undefined, 200, { totalCount: 1002, items: [{ id: 1, accountRole: 2 }] }],
])('sections 6 and 7: %s %s %j answers %i', async (method, path, body, status, shown) => {
  const { send } = await openManager();
  expect(await send(method, path, body)).toMatchObject({ status, body: shown });
});
