import { createFaciliooSandbox } from '../../../sandbox/facilioo/index.ts';
import { closeSandboxes, ERIKA, field, idsOf, MAX, openManager } from './manager.ts';

afterEach(closeSandboxes);

type Options = Parameters<typeof openManager>[0];
const CREATE = '/api/accounts';
const SEARCH = '/api/accounts/search';
const PARTY = {
  accountRole: 7,
  secondaryName: 'Muster',
  contactByEmail: true,
  contactByPush: false,
  contactByMail: false,
};

test('an unknown option is refused', () => {
  const misspelt = { duplicates: 400 as const, duplicate: 409 };
  expect(() => createFaciliooSandbox({ facilioo: misspelt })).toThrow('duplicate');
});

test('fields can have other names, in both directions and in errors (sections 4.2 and 11.6)', async () => {
  const { send } = await openManager({ names: { accountGroupId: 'groupId', externalId: 'foreignKey' } });
  const { accountGroupId: groupId, externalId: foreignKey, ...rest } = ERIKA;
  expect(await send('POST', CREATE, ERIKA)).toMatchObject({
    status: 400,
    body: { errors: { groupId: [expect.any(String)] } },
  });
  const got = await send('POST', CREATE, { ...rest, groupId, foreignKey, externalId: 'ignored' });
  expect(got).toMatchObject({ status: 201, body: { groupId, foreignKey } });
  expect(idsOf(await send('POST', SEARCH, { foreignKey }))).toEqual([9001]);
});

/** A creation of Erika's account, in a world where it is answered otherwise. */
const CREATIONS: [options: Options, body: Record<string, unknown>, status: number, shown: unknown][] = [
  [{ createStatus: 200 }, ERIKA, 200, { id: 9001 }],
  [{ createBody: 'empty' }, ERIKA, 201, undefined],
  [{ groupIdAlias: true }, { ...ERIKA, accountGroupId: undefined, groupId: 12 }, 201, { accountGroupId: 12 }],
  [{}, { ...ERIKA, accountGroupId: undefined, groupId: 12 }, 400, { errors: { accountGroupId: expect.anything() } }],
  [{ flagsAtCreation: 'refused' }, { ...ERIKA, isAdmin: true }, 400, { errors: { isAdmin: expect.anything() } }],
  [{ flagsAtCreation: 'refused' }, { ...ERIKA, isAdmin: null }, 201, { isAdmin: false }],
  [{ unknownReference: 404 }, { ...ERIKA, partyId: 77 }, 404, { status: 404 }],
  [{ unknownReference: 404 }, { ...ERIKA, partyId: 2 ** 31 }, 400, { errors: { partyId: expect.anything() } }],
  [
    { unknownReference: 404 },
    { ...ERIKA, accountGroupId: 12.5 },
    400,
    { errors: { accountGroupId: expect.anything() } },
  ],
  [{ unknownReference: 403 }, { ...ERIKA, accountGroupId: 91 }, 403, { status: 403 }],
  [{ activationField: 'state' }, ERIKA, 201, { state: 'invited' }],
  [{ activationField: 'state', invitationMail: false }, ERIKA, 201, { state: 'created' }],
  [{ timestamps: 'without-offset' }, ERIKA, 201, { created: expect.stringMatching(/T\d\d:\d\d:\d\d$/) }],
];

test.each(CREATIONS)('section 10: with %j a creation %j answers %i', async (options, body, status, shown) => {
  const { send } = await openManager(options);
  const got = await send('POST', CREATE, body);
  expect(got.status).toBe(status);
  expect(got).toMatchObject({ status, body: shown });
});

test.each([409, 422] as const)(
  'what is taken can answer %i, and still names the field (section 10)',
  async (duplicates) => {
    const { send } = await openManager({ duplicates });
    await send('POST', CREATE, ERIKA);
    const got = await send('POST', CREATE, ERIKA);
    expect(got.status).toBe(duplicates);
    expect(Object.keys(field(got, 'errors') as object)).toEqual(['email', 'externalId', 'partyId']);
  },
);

test('fixed fields can be ignored in a change (section 10)', async () => {
  const { send } = await openManager({ fixedFields: 'ignored' });
  await send('POST', CREATE, ERIKA);
  const got = await send('PATCH', '/api/accounts/9001', { firstName: 'Eva', partyId: 4712, theme: 0 });
  expect(got).toMatchObject({ status: 200, body: { ...ERIKA, theme: 0 } });
});

test('there can be no deletion (section 4.4)', async () => {
  const { send, sandbox } = await openManager({ deletion: 'absent' });
  await send('POST', CREATE, ERIKA);
  expect((await send('DELETE', '/api/accounts/9001')).status).toBe(404);
  expect(sandbox.ledger.entries({ effect: 'account.deleted' })).toEqual([]);
});

test("a deleted account's address can be free (section 10)", async () => {
  const { send } = await openManager({ deletedEmail: 'free' });
  await send('POST', CREATE, ERIKA);
  await send('DELETE', '/api/accounts/9001');
  expect(await send('POST', CREATE, ERIKA)).toMatchObject({ status: 201, body: { id: 9002 } });
});

/** What a search or a list finds; the accounts are the service's (1), Erika's (9001) and Max's (9002). */
const FOUND: [
  options: Options,
  method: string,
  path: string,
  body: Record<string, unknown> | undefined,
  ids: number[],
][] = [
  [{ search: 'ignores-filters' }, 'POST', SEARCH, { email: MAX.email }, [1, 9001, 9002]],
  [{ searchMatch: 'contains' }, 'POST', SEARCH, { externalId: 'ERP-00012' }, [9001, 9002]],
  [{ searchPaging: false }, 'POST', `${SEARCH}?pageSize=1&pageNumber=2`, {}, [1, 9001, 9002]],
  [{ sortByAttribute: false }, 'GET', `${CREATE}?SortByAttributeName=email`, undefined, [1, 9001, 9002]],
  [{ listOrder: 'newest-first' }, 'GET', CREATE, undefined, [9002, 9001, 1]],
];

test.each(FOUND)(
  'sections 2.2, 2.3, 10 and 11.1: with %j %s %s %j finds %j',
  async (options, method, path, body, ids) => {
    const { send } = await openManager(options);
    await send('POST', CREATE, ERIKA);
    await send('POST', CREATE, MAX);
    expect(idsOf(await send(method, path, body))).toEqual(ids);
  },
);

test('there can be no search, and page sizes above 100 can be refused (sections 2.2 and 10)', async () => {
  const { send } = await openManager({ search: 'absent', pageSizeAbove: 'refused' });
  expect((await send('POST', SEARCH, {})).status).toBe(404);
  expect((await send('GET', `${CREATE}?pageSize=101`)).status).toBe(400);
  expect((await send('GET', `${CREATE}?pageSize=100`)).status).toBe(200);
});

/** Section 11, point 4: two versions of the page with the party types. */
test.each([
  ['later', [1, 2, 3, 5, 7, 10, 11, 13, 14, 15]],
  ['earlier', [2, 3, 5, 7, 11, 13, 14]],
] as const)('party types of the %s list (sections 6.1 and 11.4)', async (partyTypes, listed) => {
  const { send } = await openManager({ partyTypes });
  const taken: number[] = [];
  const named = new Set<string>();
  for (let accountRole = 0; accountRole <= 16; accountRole += 1) {
    const got = await send('POST', '/api/parties', { ...PARTY, accountRole });
    if (got.status === 201) taken.push(accountRole);
    else for (const name of Object.keys(field(got, 'errors') as object)) named.add(name);
  }
  expect(taken).toEqual(listed);
  expect([...named]).toEqual(['accountRole']);
});

test('the fields of a party can have other names, in both directions, in errors and in a search (section 6.2)', async () => {
  const partyNames = {
    primaryName: 'lastName',
    secondaryName: 'givenName',
    externalId: 'foreignKey',
    accountRole: 'type',
  };
  const { send } = await openManager({ partyNames });
  const preferences = { contactByEmail: true, contactByPush: false, contactByMail: false };
  expect(await send('POST', '/api/parties', { ...PARTY, ...preferences })).toMatchObject({
    status: 400,
    body: { errors: { type: [expect.any(String)] } },
  });
  const party = { type: 7, lastName: 'Muster', foreignKey: 'P-1' };
  const shown = { ...party, givenName: null, fullName: 'Muster' };
  expect(await send('POST', '/api/parties', { ...party, ...preferences })).toMatchObject({ status: 201, body: shown });
  const found = await send('POST', '/api/parties/search', { foreignKey: 'P-1', externalId: 'ignored' });
  expect(found.body).toMatchObject({ totalCount: 1, items: [shown] });
});

test('contact preferences can have other names (section 6.2)', async () => {
  const { send } = await openManager({ preferences: { email: 'wantsMail' } });
  const party = { accountRole: 7, secondaryName: 'Muster', contactByPush: false, contactByMail: true };
  expect(await send('POST', '/api/parties', party)).toMatchObject({
    status: 400,
    body: { errors: { wantsMail: [expect.any(String)] } },
  });
  expect((await send('POST', '/api/parties', { ...party, wantsMail: true })).status).toBe(201);
});

test('User parties are as many as configured (section 6.1)', async () => {
  const { send } = await openManager({ userParties: { first: 500, count: 2 } });
  const got = await send('POST', '/api/parties/batch', { ids: [499, 500, 501, 502, 4711] });
  expect(idsOf(got)).toEqual([500, 501]);
});
