import { CALLERS, closeSandboxes, ERIKA, field, idsOf, MAX, openManager } from './manager.ts';

afterEach(closeSandboxes);

const CREATE = '/api/accounts';
const created = 'account.created';

test('an account is created as section 4.3 shows it', async () => {
  const { send, sandbox } = await openManager({}, { now: () => new Date('2026-01-15T09:30:00.123Z') });
  expect(await send('POST', CREATE, ERIKA)).toMatchObject({
    status: 201,
    body: {
      id: 9001,
      ...ERIKA,
      theme: 2,
      isAdmin: false,
      colorId: 1,
      canViewAllRepresentations: false,
      isSupervisor: false,
      created: '2026-01-15T09:30:00Z',
      lastModified: '2026-01-15T09:30:00Z',
      deleted: null,
    },
  });
  expect(sandbox.ledger.entries({ effect: created })).toEqual([
    { seq: 1, at: '2026-01-15T09:30:00.123Z', effect: created, accountId: '9001', externalId: ERIKA.externalId },
  ]);
});

/** Rules of the seed's page (4.2); `named` are the fields that the answer names. */
const REFUSED: [why: string, body: Record<string, unknown>, named: string[]][] = [
  ['4.2: nothing', {}, ['email', 'partyId', 'lastName', 'accountGroupId']],
  ['4.2 row 1: no e-mail address', { ...MAX, email: 'max.muster' }, ['email']],
  [
    '4.2 row 1, 10: an address that is taken, compared without case and blanks',
    { ...MAX, email: ` ${ERIKA.email.toUpperCase()} ` },
    ['email'],
  ],
  ['2, 4.2 row 2: a party id that is no int32', { ...MAX, partyId: 2 ** 31 }, ['partyId']],
  ['2, 4.2 row 2: a party id as text', { ...MAX, partyId: '4712' }, ['partyId']],
  ['4.1: a second account of a User party', { ...MAX, partyId: ERIKA.partyId }, ['partyId']],
  ['10: an unknown party', { ...MAX, partyId: 77 }, ['partyId']],
  ["3.2, 10: another company's party", { ...MAX, partyId: 2001 }, ['partyId']],
  ['4.2 row 4: an empty last name', { ...MAX, lastName: ' ' }, ['lastName']],
  ['4.2 row 7: an unknown group', { ...MAX, accountGroupId: 77 }, ['accountGroupId']],
  ["4.2 row 7: another company's group", { ...MAX, accountGroupId: 91 }, ['accountGroupId']],
  ['4.2 row 5: a theme that is not listed', { ...MAX, theme: 3 }, ['theme']],
  ['2, 4.2 row 5: a theme by name', { ...MAX, theme: 'Dark' }, ['theme']],
  ['4.2 row 6: a flag that is no boolean', { ...MAX, isAdmin: 1 }, ['isAdmin']],
  ['4.2 row 11: an external id of 51 characters', { ...MAX, externalId: 'x'.repeat(51) }, ['externalId']],
];

test.each(REFUSED)('section %s is refused with 400, and nothing happens', async (_, body, named) => {
  const { send, sandbox } = await openManager();
  await send('POST', CREATE, ERIKA);
  const got = await send('POST', CREATE, body);
  expect(got).toMatchObject({ status: 400, body: { status: 400, title: expect.any(String) } });
  expect(got.headers.get('content-type')).toContain('application/problem+json');
  expect(Object.keys(field(got, 'errors') as object)).toEqual(named);
  expect(sandbox.ledger.entries({ effect: created })).toHaveLength(1);
});

const TAKEN: [why: string, body: Record<string, unknown>, shown: Record<string, unknown>][] = [
  [
    '4.2 row 11: an external id of 50 characters',
    { ...MAX, externalId: 'x'.repeat(50) },
    { externalId: 'x'.repeat(50) },
  ],
  ['4.2 row 11: the same external id in another party', { ...MAX, externalId: ERIKA.externalId }, { id: 9002 }],
  [
    '4.2 rows 3 and 11: neither first name nor external id',
    { ...MAX, firstName: null, externalId: undefined },
    { externalId: null },
  ],
  ['10: an address between blanks', { ...MAX, email: ` ${MAX.email} ` }, { email: MAX.email }],
  ['4.2 row 5: no theme', { ...MAX, theme: null }, { theme: 2 }],
  ['4.2 rows 5 and 8: a theme and a colour', { ...MAX, theme: 1, colorId: 7 }, { theme: 1, colorId: 7 }],
  [
    '4.2 rows 6, 9, 10: flags, which are ignored',
    { ...MAX, isAdmin: true, canViewAllRepresentations: true, isSupervisor: true },
    { isAdmin: false, canViewAllRepresentations: false, isSupervisor: false },
  ],
  ['10: unknown fields, which are ignored', { ...MAX, password: 'x' }, { id: 9002 }],
  ['4.1: a second account of an organisation', { ...MAX, partyId: 1 }, { partyId: 1 }],
];

test.each(TAKEN)('section %s is taken', async (_, body, shown) => {
  const { send } = await openManager();
  await send('POST', CREATE, ERIKA);
  expect(await send('POST', CREATE, body)).toMatchObject({ status: 201, body: shown });
});

test('an external id is unique inside its party (section 4.2 row 11)', async () => {
  const { send } = await openManager();
  await send('POST', CREATE, { ...ERIKA, partyId: 1 });
  const got = await send('POST', CREATE, { ...MAX, partyId: 1, externalId: ERIKA.externalId });
  expect(got).toMatchObject({ status: 400, body: { errors: { externalId: [expect.any(String)] } } });
});

test('an address is unique on the whole platform, also where the caller sees nothing (sections 4.2 row 1 and 10)', async () => {
  const { send, as } = await openManager(CALLERS);
  await send('POST', CREATE, ERIKA);
  const other = await as('other');
  expect(idsOf(await other('POST', '/api/accounts/search', { email: ERIKA.email }))).toEqual([]);
  const got = await other('POST', CREATE, { ...ERIKA, partyId: 2, accountGroupId: 91 });
  expect(got).toMatchObject({ status: 400, body: { errors: { email: [expect.any(String)] } } });
});

/** Section 3.2: party types Admin and PropertyManagementCompany, permission Create. */
test.each([
  ['platform', 201],
  ['reader', 403],
  ['pool', 403],
  ['resident', 403],
])('section 3.2: %s creates: %i', async (name, status) => {
  const { as } = await openManager(CALLERS);
  const send = await as(name);
  const accountGroupId = name === 'pool' ? 93 : 12;
  expect((await send('POST', CREATE, { ...ERIKA, accountGroupId })).status).toBe(status);
  expect((await send('GET', '/api/accounts/myself')).status).toBe(200);
});

test.each([[['a']], ['no object'], [undefined]])('the body %j is refused (section 2)', async (body) => {
  const { send, sandbox } = await openManager();
  expect((await send('POST', CREATE, JSON.stringify(body))).status).toBe(400);
  expect((await send('POST', CREATE, '{"email":')).status).toBe(400);
  expect(sandbox.ledger.entries()).toEqual([]);
});
