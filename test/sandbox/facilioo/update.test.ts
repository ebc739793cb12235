import { CALLERS, closeSandboxes, ERIKA, MAX, openManager } from './manager.ts';

afterEach(closeSandboxes);

async function openErika(options: Parameters<typeof openManager>[0] = {}) {
  const manager = await openManager(options);
  await manager.send('POST', '/api/accounts', ERIKA);
  await manager.send('POST', '/api/accounts', MAX);
  return manager;
}

/** Sections 4.2, 4.4 and 10. */
const CHANGES: [body: Record<string, unknown>, status: number, shown: unknown][] = [
  [{}, 200, ERIKA],
  [{ email: 'new@example.com', theme: 1 }, 200, { email: 'new@example.com', theme: 1, lastName: ERIKA.lastName }],
  [{ externalId: null, theme: null, colorId: null }, 200, { externalId: null, theme: 2, colorId: 1 }],
  [{ email: ERIKA.email, externalId: ERIKA.externalId }, 200, ERIKA],
  [{ accountGroupId: 2 }, 200, { accountGroupId: 2 }],
  [{ accountGroupId: 91 }, 400, { errors: { accountGroupId: [expect.any(String)] } }],
  [{ email: MAX.email }, 400, { errors: { email: [expect.any(String)] } }],
  [{ email: 'x' }, 400, { errors: { email: [expect.any(String)] } }],
  [{ externalId: 'x'.repeat(51) }, 400, { errors: { externalId: [expect.any(String)] } }],
  [{ firstName: 'Eva', lastName: 'M', partyId: 4712 }, 400, { errors: { firstName: [], lastName: [], partyId: [] } }],
  [{ lastName: ERIKA.lastName, partyId: ERIKA.partyId }, 200, ERIKA],
  [{ isAdmin: true }, 403, {}],
  [{ isAdmin: false }, 200, { isAdmin: false }],
];

test.each(CHANGES)('sections 4.2, 4.4 and 10: a change %j answers %i', async (body, status, shown) => {
  const { send, sandbox } = await openErika();
  const { errors, ...fields } = shown as { errors?: object };
  const got = await send('PATCH', '/api/accounts/9001', body);
  expect(got).toMatchObject({ status, body: fields });
  expect(Object.keys((got.body as { errors?: object }).errors ?? {}).toSorted()).toEqual(
    Object.keys(errors ?? {}).toSorted(),
  );
  const effects = sandbox.ledger.entries({ effect: 'account.updated' });
  expect(effects.map(({ accountId }) => accountId)).toEqual(status === 200 ? ['9001'] : []);
});

/** Section 4.2: the three flags, by an administrator of the same party only. */
test.each([
  ['pool', 4, 200],
  ['platform', 4, 403],
  ['guest', 7, 403],
  ['reader', 1, 403],
  ['other', 9001, 404],
])('section 4.2 rows 6, 9, 10: %s sets the flags of account %i: %i', async (name, id, status) => {
  const { as, sandbox } = await openErika(CALLERS);
  const send = await as(name);
  const flags = { isSupervisor: true, canViewAllRepresentations: true };
  const got = await send('PATCH', `/api/accounts/${id}`, flags);
  expect(got).toMatchObject({ status, body: status === 200 ? flags : { status } });
  const turned = status === 200 ? ['canViewAllRepresentations,isSupervisor'] : [];
  expect(sandbox.ledger.entries({ effect: 'rights.changed' }).map(({ kind }) => kind)).toEqual(turned);
});

test('a change that turns no flag changes no rights (section 4.2)', async () => {
  const { send, sandbox } = await openErika();
  await send('PATCH', '/api/accounts/9001', { isAdmin: false, theme: 1 });
  expect(sandbox.ledger.entries({ effect: 'rights.changed' })).toHaveLength(0);
});

const PATCH_TYPE = { 'content-type': 'application/json-patch+json' };
const patch = (...operations: object[]) => JSON.stringify(operations);
const THEME = { op: 'replace', path: '/theme', value: 1 };

/** Sections 4.4 and 10. */
test.each([
  ['json-patch', patch(THEME, { op: 'remove', path: '/externalId' }), PATCH_TYPE, 200, { theme: 1, externalId: null }],
  ['json-patch', patch({ ...THEME, value: 7 }), PATCH_TYPE, 400, {}],
  ['json-patch', patch({ ...THEME, op: 'turn' }), PATCH_TYPE, 400, {}],
  ['json-patch', '{}', PATCH_TYPE, 400, {}],
  ['json-patch', '{', PATCH_TYPE, 400, {}],
  ['json-patch', '{"theme":1}', {}, 415, {}],
  ['merge', patch(THEME), PATCH_TYPE, 415, {}],
] as const)('sections 4.4 and 10: where a change is a %s, %s with %j answers %i', async (...given) => {
  const [changeBody, body, headers, status, shown] = given;
  const { send } = await openErika({ changeBody });
  expect(await send('PATCH', '/api/accounts/9001', body, headers)).toMatchObject({ status, body: shown });
});

test('a deleted account is out of all lists, its mail is void and its address stays taken (section 10)', async () => {
  const { send, sandbox } = await openErika();
  expect(await send('DELETE', '/api/accounts/9001')).toMatchObject({ status: 204, text: '' });
  expect((await send('DELETE', '/api/accounts/9001')).status).toBe(404);
  expect((await send('GET', '/api/accounts/9001')).status).toBe(404);
  expect((await send('PATCH', '/api/accounts/9001', {})).status).toBe(404);
  expect((await send('POST', '/api/accounts/search', { email: ERIKA.email })).body).toMatchObject({ totalCount: 0 });
  expect(sandbox.outbox.items().map(({ state }) => state)).toEqual(['void', 'open']);
  expect(() => sandbox.act('1')).toThrow('closed already');
  expect(await send('POST', '/api/accounts', ERIKA)).toMatchObject({
    status: 400,
    body: { errors: { email: [expect.any(String)] } },
  });
  expect((await send('POST', '/api/accounts', { ...ERIKA, email: 'new@example.com' })).status).toBe(201);
  expect(sandbox.ledger.entries({ effect: 'account.deleted' })).toMatchObject([{ accountId: '9001' }]);
});

test.each([
  ['reader', 403],
  ['pool', 403],
  ['platform', 204],
])('section 10: %s deletes: %i', async (name, status) => {
  const send = await (await openErika(CALLERS)).as(name);
  expect((await send('DELETE', '/api/accounts/9001')).status).toBe(status);
});

const PARTY = {
  accountRole: 7,
  primaryName: 'Erika',
  secondaryName: 'Muster',
  externalId: 'P-1',
  contactByEmail: true,
  contactByPush: false,
  contactByMail: false,
};

/** Section 6.2. */
test.each([
  [{ ...PARTY, salutation: 'Dr.', city: 'Berlin' }, []],
  [{ ...PARTY, primaryName: null }, []],
  [{ ...PARTY, primaryName: null, secondaryName: '' }, ['primaryName', 'secondaryName']],
  [{ ...PARTY, accountRole: 4 }, ['accountRole']],
  [{ primaryName: 'Erika' }, ['accountRole', 'contactByEmail', 'contactByPush', 'contactByMail']],
  [{ ...PARTY, contactByEmail: false, contactByPush: true }, ['contactByPush']],
  [{ ...PARTY, contactByPush: true }, []],
  [{ ...PARTY, contactByEmail: false, contactByPush: true, contactByMail: true }, []],
])('section 6.2: a party %j: wrong are %j', async (body, wrong) => {
  const { send, sandbox } = await openManager();
  const got = await send('POST', '/api/parties', body);
  expect(got.status).toBe(wrong.length === 0 ? 201 : 400);
  expect(Object.keys((got.body as { errors?: object }).errors ?? {})).toEqual(wrong);
  expect(sandbox.ledger.entries({ effect: 'party.created' })).toHaveLength(wrong.length === 0 ? 1 : 0);
});

test('a created party is found, belongs to its company and takes one account (sections 4.1 and 6.1)', async () => {
  const { send, as } = await openManager(CALLERS);
  expect((await send('POST', '/api/parties', PARTY)).body).toMatchObject({ id: 1_000_001, fullName: 'Erika Muster' });
  expect((await send('POST', '/api/parties/search', { externalId: 'P-1' })).body).toMatchObject({ totalCount: 1 });
  expect((await (await as('other'))('GET', '/api/parties/1000001')).status).toBe(404);
  const account = { ...ERIKA, partyId: 1_000_001 };
  expect((await send('POST', '/api/accounts', account)).status).toBe(201);
  expect((await send('POST', '/api/accounts', { ...MAX, partyId: 1_000_001 })).status).toBe(400);
  const reader = await as('reader');
  expect((await reader('POST', '/api/parties', PARTY)).status).toBe(403);
});
