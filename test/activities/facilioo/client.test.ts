import { createClient } from '../../../activities/facilioo/client.ts';
import type { FaciliooClient } from '../../../activities/facilioo/client.ts';
import { LocalServer, answer } from '../http/local-server.ts';
import { CREATE_PARTIES, configFor } from './settings.ts';

const server = new LocalServer();
beforeAll(() => server.start());
afterAll(() => server.stop());

/** Takes any call; the answer suits every schema. */
function record(env: Record<string, string | undefined> = {}): FaciliooClient {
  server.handle(({ method, path }, response) => {
    const route = path.split('?')[0] ?? '';
    if (route.startsWith('/api/auth/')) answer(response, 200, { accessToken: 'access' });
    else if (route.endsWith('/batch')) answer(response, 200, []);
    else if (route.endsWith('/search') || (method === 'GET' && !/\/(\d+|myself)$/.test(route)))
      answer(response, 200, { items: [], hasNextPage: false });
    else answer(response, 200, { id: 7 });
  });
  return createClient(configFor(server.url, env));
}

async function drained(items: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of items) continue;
}

const ACCOUNT = { email: 'a@b.de', partyId: 4, lastName: 'B', accountGroupId: 12, externalId: 'ref-1' };
const PARTY = {
  accountRole: 7,
  secondaryName: 'B',
  partyExternalId: 'ref-1',
  contactByEmail: true,
  contactByMail: false,
  contactByPush: false,
};
const { partyExternalId, ...PARTY_SENT } = PARTY;
const PAGE = '?pageNumber=1&pageSize=100';

type Case = [section: string, route: string, call: (client: FaciliooClient) => Promise<unknown>, body?: object];

const CASES: Case[] = [
  ['4.2', 'POST /api/accounts', ({ accounts }) => accounts.create(ACCOUNT), ACCOUNT],
  ['4.4', 'GET /api/accounts/7', ({ accounts }) => accounts.get('7')],
  ['4.4', 'GET /api/accounts/myself', ({ accounts }) => accounts.myself()],
  ['4.4', `GET /api/accounts${PAGE}`, ({ accounts }) => drained(accounts.list())],
  [
    '4.4',
    `POST /api/accounts/search${PAGE}`,
    ({ accounts }) => drained(accounts.search({ email: 'a@b.de' })),
    { email: 'a@b.de' },
  ],
  ['4.4', `GET /api/accounts${PAGE}`, ({ accounts }) => accounts.page()],
  ['4.4', 'PATCH /api/accounts/7', ({ accounts }) => accounts.patch('7', { isAdmin: true }), { isAdmin: true }],
  [
    '4.4',
    'PATCH /api/accounts/7',
    ({ accounts }) => accounts.patch('7', { canViewAllRepresentations: false, isSupervisor: true }),
    { canViewAllRepresentations: false, isSupervisor: true },
  ],
  ['7', `GET /api/account-groups${PAGE}`, ({ groups }) => drained(groups.list())],
  ['7', 'GET /api/account-groups/12', ({ groups }) => groups.get('12')],
  ['7', 'POST /api/account-groups/batch', ({ groups }) => groups.batch([12]), { ids: [12] }],
  ['6.2', 'POST /api/parties', ({ parties }) => parties.create(PARTY), { ...PARTY_SENT, externalId: partyExternalId }],
  ['6.2', 'GET /api/parties/4', ({ parties }) => parties.get('4')],
  ['6.2', `GET /api/parties${PAGE}`, ({ parties }) => drained(parties.list())],
  [
    '6.2',
    `POST /api/parties/search${PAGE}`,
    ({ parties }) => drained(parties.search({ partyExternalId })),
    { externalId: partyExternalId },
  ],
];

/** Section 2.1. */
const HEADERS = { accept: 'application/json', 'api-version': '2.0', 'accept-language': 'en-DE' };

/** What came in last. */
async function received(call: Case[2], env?: Record<string, string | undefined>) {
  await call(record(env));
  return server.received.at(-1);
}

test.each(CASES)('section %s, headers of 2.1: %s', async (...[, route, call, body]) => {
  const request = await received(call, CREATE_PARTIES);
  expect(`${request?.method} ${request?.path}`).toBe(route);
  expect(request?.body).toEqual(body);
  expect(request?.headers).toMatchObject({ ...HEADERS, authorization: 'Bearer access' });
  expect(request?.headers['content-type']).toBe(body && 'application/json');
});

test('the login asks for no second factor (contract, section 3.1)', async () => {
  const request = await received((client) => client.logIn());
  expect(`${request?.method} ${request?.path}`).toBe('POST /api/auth/login');
  expect(request?.body).toEqual({
    email: 'service@verwaltung.example',
    password: 'sandbox-password',
    skipMultiFactorAuthentication: true,
  });
  expect(request?.headers).toMatchObject(HEADERS);
  expect(request?.headers.authorization).toBeUndefined();
});

test('a change may be a JSON Patch (contract, section 10)', async () => {
  const FACILIOO_FIELD_NAMES = 'isSupervisor=supervisor';
  const env = { FACILIOO_PATCH: 'json-patch', FACILIOO_FIELD_NAMES };
  const request = await received(({ accounts }) => accounts.patch('7', { isAdmin: true, isSupervisor: false }), env);
  expect(request?.headers['content-type']).toBe('application/json-patch+json');
  expect(request?.body).toEqual([
    { op: 'replace', path: '/isAdmin', value: true },
    { op: 'replace', path: '/supervisor', value: false },
  ]);
});

test('fields that cannot be set, or whose names nobody knows, are not sent (section 4.2)', async () => {
  const unset = { isAdmin: true, colorId: 1, canViewAllRepresentations: true, isSupervisor: true };
  const created = await received(({ accounts }) => accounts.create({ ...ACCOUNT, ...unset }));
  expect(created?.body).toEqual(ACCOUNT);
  const flags: object = { isAdmin: true, partyId: 5, lastName: 'C' };
  const request = await received(({ accounts }) => accounts.patch('7', { ...flags }));
  expect(request?.body).toEqual({ isAdmin: true });
});

test('other names are sent, searched for and read (section 4.2)', async () => {
  const FACILIOO_FIELD_NAMES = 'accountGroupId=groupId,externalId=foreignId';
  const client = record({ FACILIOO_FIELD_NAMES });
  await client.accounts.create(ACCOUNT);
  expect(server.received.at(-1)?.body).toMatchObject({ groupId: 12, foreignId: 'ref-1' });
  await drained(client.accounts.search({ externalId: 'ref-1' }));
  expect(server.received.at(-1)?.body).toEqual({ foreignId: 'ref-1' });
  server.handle((_, response) => answer(response, 200, { id: 7, groupId: 12, foreignId: 'ref-1' }));
  expect(await client.accounts.get('7')).toMatchObject({ id: '7', accountGroupId: 12, externalId: 'ref-1' });
});

test('a party’s names are replaced as well, and may change places (section 6.2)', async () => {
  const exchanged = 'primaryName=secondaryName,secondaryName=primaryName,accountRole=role,partyExternalId=foreignId';
  const client = record({
    ...CREATE_PARTIES,
    FACILIOO_FIELD_NAMES: `${CREATE_PARTIES.FACILIOO_FIELD_NAMES},${exchanged}`,
  });
  await client.parties.create({ ...PARTY, primaryName: 'A' });
  const { contactByEmail, contactByMail, contactByPush } = PARTY;
  const preferences = { contactByEmail, contactByMail, contactByPush };
  expect(server.received.at(-1)?.body).toEqual({
    ...preferences,
    role: 7,
    secondaryName: 'A',
    primaryName: 'B',
    foreignId: 'ref-1',
  });
  server.handle((_, response) => answer(response, 200, { id: 4, role: 99, foreignId: 'ref-1' }));
  expect(await client.parties.get('4')).toMatchObject({ accountRole: 99, externalId: 'ref-1' });
});

test('a group needs no more than its id (section 7)', async () => {
  const client = record();
  await client.groups.get('12');
  server.handle((_, response) => answer(response, 200, { id: 12, name: null, permissions: 'all' }));
  expect(await client.groups.get('12')).toEqual({ id: '12', name: null });
});

test('unknown fields are ignored, missing ones prove nothing, an id is needed (section 4.3)', async () => {
  const client = record();
  await client.accounts.get('7');
  server.handle((_, response) => answer(response, 200, { id: 7, partyId: 'four', email: null, colour: 'red' }));
  expect(await client.accounts.get('7')).toEqual({ id: '7', email: null });
  server.handle((_, response) => answer(response, 200, { id: 'seven' }));
  await expect(client.accounts.get('7')).rejects.toMatchObject({ code: 'ContractViolation' });
});
