import { faciliooConfig } from '../../../activities/facilioo/config.ts';
import { FIELD_NAMES, toVendor } from '../../../activities/facilioo/fields.ts';
import { CREATE_PARTIES, ENV } from './settings.ts';

test('the least that must be set, and the defaults; no base address is one (contract, section 10)', () => {
  const { FACILIOO_BASE_URL, FACILIOO_EMAIL, FACILIOO_PASSWORD } = ENV;
  expect(faciliooConfig({ FACILIOO_BASE_URL, FACILIOO_EMAIL, FACILIOO_PASSWORD })).toEqual({
    baseUrl: 'https://api.example.com',
    timeoutMs: 20_000,
    credentials: { email: 'service@verwaltung.example', password: 'sandbox-password', refresh: 'bearer' },
    accountGroupId: undefined,
    partyId: undefined,
    createParties: false,
    names: FIELD_NAMES,
    search: true,
    patch: 'merge',
    htmlForbiddenBlocks: true,
    errorBodies: 'problem-json',
    pause: { after: 5, ms: 300_000 },
  });
});

test('a fixed token instead of a login (contract, section 3.1)', () => {
  const { FACILIOO_BASE_URL } = ENV;
  const config = faciliooConfig({ FACILIOO_BASE_URL, FACILIOO_ACCESS_TOKEN: 'fixed' });
  expect(config.credentials).toEqual({ accessToken: 'fixed' });
});

test.each<[string, Record<string, string | undefined>]>([
  ['FACILIOO_BASE_URL', { FACILIOO_BASE_URL: undefined }],
  ['FACILIOO_BASE_URL', { FACILIOO_BASE_URL: 'http://api.example.com' }],
  ['FACILIOO_EMAIL', { FACILIOO_EMAIL: undefined, FACILIOO_PASSWORD: undefined }],
  ['FACILIOO_EMAIL', { FACILIOO_ACCESS_TOKEN: 'fixed' }],
  ['FACILIOO_PASSWORD', { FACILIOO_PASSWORD: undefined }],
  ['FACILIOO_REFRESH', { FACILIOO_REFRESH: 'cookie' }],
  ['FACILIOO_ACCOUNT_GROUP_ID', { FACILIOO_ACCOUNT_GROUP_ID: '2147483648' }],
  ['FACILIOO_PARTY_ID', { FACILIOO_PARTY_ID: '0' }],
  ['FACILIOO_PARTY_ID', { ...CREATE_PARTIES, FACILIOO_PARTY_ID: '1' }],
  ['FACILIOO_FIELD_NAMES', { FACILIOO_FIELD_NAMES: 'colour=red' }],
  ['FACILIOO_FIELD_NAMES', { FACILIOO_FIELD_NAMES: 'email' }],
  ['FACILIOO_FIELD_NAMES', { FACILIOO_CREATE_PARTIES: 'true' }],
  ['FACILIOO_FIELD_NAMES', { FACILIOO_CREATE_PARTIES: 'true', FACILIOO_FIELD_NAMES: 'contactByEmail=a' }],
  ['FACILIOO_SEARCH', { FACILIOO_SEARCH: 'maybe' }],
  ['FACILIOO_PATCH', { FACILIOO_PATCH: 'put' }],
  ['FACILIOO_PAUSE_AFTER', { FACILIOO_PAUSE_AFTER: '0' }],
  ['FACILIOO_PAUSE_MS', { FACILIOO_PAUSE_MS: '1' }],
])('refuses a wrong %s by name: %j', (name, env) => {
  expect(() => faciliooConfig({ ...ENV, ...env })).toThrow(`\n${name}: `);
});

test('never repeats a value', () => {
  const run = () => faciliooConfig({ ...ENV, FACILIOO_ACCESS_TOKEN: 'canary', FACILIOO_FIELD_NAMES: 'canary=canary' });
  expect(run).toThrow(/FACILIOO_FIELD_NAMES: /);
  expect(run).not.toThrow('canary');
});

test('names of fields are replaced one by one; the others stay (contract, section 4.2)', () => {
  const { names } = faciliooConfig({ ...ENV, FACILIOO_FIELD_NAMES: 'accountGroupId = groupId, lastName=surname' });
  expect(names).toEqual({ ...FIELD_NAMES, accountGroupId: 'groupId', lastName: 'surname' });
  expect(toVendor({ accountGroupId: 1, lastName: 'B', email: 'e' }, names)).toEqual({
    groupId: 1,
    surname: 'B',
    email: 'e',
  });
});

test('a field that facilioo has given no name is never sent under a guess (section 6.2)', () => {
  expect(() => toVendor({ contactByEmail: true }, FIELD_NAMES)).toThrow('contactByEmail has no name');
});
