import { matches, findSimilarAccounts } from '../../../activities/facilioo/accounts.ts';
import type { Depth } from '../../../activities/facilioo/accounts.ts';
import { findIn } from '../../../activities/facilioo/lookup.ts';
import type { Account } from '../../../activities/facilioo/schemas.ts';
import { HttpError } from '../../../activities/http/errors.ts';
import type { HttpErrorCode } from '../../../activities/http/errors.ts';
import { requestFor } from './desk.ts';

const OURS: Account = {
  id: '1',
  deleted: null,
  email: 'erika@example.com',
  partyId: 4000,
  accountGroupId: 12,
  externalId: 'ref-1',
  isAdmin: false,
  canViewAllRepresentations: false,
  isSupervisor: false,
};

async function* these(accounts: Account[]) {
  yield* accounts;
}

/** Who stands there when the list holds these accounts, and a search proposes the same whatever it is asked. */
function standing(accounts: Account[], partyId: number | undefined) {
  const directory = { search: () => these(accounts), list: () => these(accounts) };
  return findSimilarAccounts(findIn(directory, matches, { search: true }), requestFor(), partyId, 'conflicts');
}

test.each<[string, Partial<Account>, object]>([
  ['ours', {}, { own: OURS }],
  ['ours, in capitals', { email: ' ERIKA@example.com ' }, { clash: false, emailTaken: false }],
  ['ours, where address and party are not shown', { email: undefined, partyId: undefined }, { clash: false }],
  ['deleted', { deleted: '2026-01-15T09:30:00Z' }, { own: undefined, emailTaken: false, partyTaken: false }],
  ['our address, another reference', { externalId: 'ref-10' }, { own: undefined, clash: false, emailTaken: true }],
  ['our address, no reference', { externalId: null, partyId: 1 }, { own: undefined, emailTaken: true }],
  ['our reference and address in another party', { partyId: 1 }, { own: undefined, clash: false, emailTaken: true }],
  [
    'our reference, another address',
    { email: 'xerika@example.com' },
    { own: undefined, clash: true, partyTaken: true },
  ],
  ['our reference, no address', { email: null }, { own: undefined, clash: true }],
  ['a stranger in the party', { externalId: null, email: 'x@example.com' }, { emailTaken: false, partyTaken: true }],
  [
    'a stranger that the search proposed',
    { externalId: 'ref', email: 'e', partyId: 1 },
    { own: undefined, clash: false },
  ],
])('%s (contract, sections 4.2 and 10)', async (_, rest, expected) => {
  expect(await standing([{ ...OURS, ...rest }], 4000)).toMatchObject(expected);
});

test('our reference in another party is ours where no party was named (contract, section 4.2)', async () => {
  const account = { ...OURS, partyId: 5000 };
  expect(await standing([account], undefined)).toMatchObject({ own: account });
});

/** What is read, in order, by so many look-ups. */
async function readings(depth: Depth, search: boolean, code?: HttpErrorCode, lookUps = 1): Promise<unknown[]> {
  const read: unknown[] = [];
  const directory = {
    async *search(filter: object) {
      read.push(filter);
      if (code) throw new HttpError(code, { provider: 'facilioo', route: 'POST /api/accounts/search' });
      yield* these([]);
    },
    list() {
      read.push('list');
      return these([]);
    },
  };
  const find = findIn(directory, matches, { search });
  for (let done = 0; done < lookUps; done++) await findSimilarAccounts(find, requestFor(), 4000, depth);
  return read;
}

const REFERENCE = { externalId: 'ref-1' };

test.each<[Depth, boolean, unknown[]]>([
  ['reference', true, [REFERENCE]],
  ['conflicts', true, [REFERENCE, { email: 'erika@example.com' }, { partyId: 4000 }]],
  ['whole', true, ['list']],
  ['conflicts', false, ['list']],
])('a look-up: %s, search %p (contract, section 10)', async (depth, search, read) => {
  expect(await readings(depth, search)).toEqual(read);
});

test.each<HttpErrorCode>(['NotFound', 'Invalid', 'Forbidden', 'ContractViolation'])(
  'a search that ends %s is replaced by the list (contract, section 10)',
  async (code) => {
    expect(await readings('conflicts', true, code)).toEqual([REFERENCE, 'list']);
  },
);

test.each<[HttpErrorCode, unknown[]]>([
  ['NotFound', [REFERENCE, 'list', 'list']],
  ['Invalid', [REFERENCE, 'list', REFERENCE, 'list']],
])('a second look-up after a search that ended %s (section 9)', async (code, read) => {
  expect(await readings('conflicts', true, code, 2)).toEqual(read);
});

test.each<HttpErrorCode>(['Throttled', 'Unavailable', 'Unauthorized'])(
  'a search that ends %s ends the look-up (contract, section 10)',
  async (code) => {
    await expect(readings('conflicts', true, code)).rejects.toMatchObject({ code });
  },
);
