import type { OnboardingRequest, Person } from '../../contract/request.ts';
import { rejected } from '../failure.ts';
import { HttpError } from '../http/errors.ts';
import { normalEmail } from './body.ts';
import type { Find } from './lookup.ts';
import type { AccountFilter, NewAccount } from './resources/accounts.ts';
import type { Account } from './schemas.ts';

/** What the provider has that could be, or clash with, the account of a request. */
export interface SimilarAccounts {
  own: Account | undefined;
  /** Somebody else's, with our reference in the same party. */
  clash: boolean;
  emailTaken: boolean;
  /** The party has an account that is not ours. */
  partyTaken: boolean;
}

/** `reference`: only our own; `conflicts`: also what stands in the way; `whole`: the same, without trusting a search. */
export type Depth = 'reference' | 'conflicts' | 'whole';

/** Looks for accounts under our reference, under the address and, when it is known, in the party. */
export async function findSimilarAccounts(
  find: Find<Account, AccountFilter>,
  { reference, person }: OnboardingRequest,
  partyId: number | undefined,
  depth: Depth,
): Promise<SimilarAccounts> {
  const email = normalEmail(person.email ?? '');
  const conflicts: AccountFilter[] = [{ email }, ...(partyId === undefined ? [] : [{ partyId }])];
  const filters = [{ externalId: reference }, ...(depth === 'reference' ? [] : conflicts)];
  const found = await find(filters, { whole: depth === 'whole' });
  const referred = found.filter(({ externalId }) => externalId === reference);
  const own = referred.find((account) => isOurs(account, person, partyId));
  return {
    own,
    clash: !own && referred.some((account) => inParty(account, partyId)),
    emailTaken: found.some((account) => account !== own && matches(account, { email })),
    partyTaken: found.some((account) => account !== own && account.partyId === partyId && partyId !== undefined),
  };
}

/** Whether an account has all that a filter asks for. */
export function matches(account: Account, { email, externalId, partyId }: AccountFilter): boolean {
  return (
    (email === undefined || normalEmail(account.email ?? '') === email) &&
    (externalId === undefined || account.externalId === externalId) &&
    (partyId === undefined || account.partyId === partyId)
  );
}

/** External ids are unique inside a party only (contract, section 4.2), so address and party must be ours too, where the account shows them. */
function isOurs(account: Account, person: Pick<Person, 'email'>, partyId: number | undefined): boolean {
  const { email } = account;
  return (
    inParty(account, partyId) && (email === undefined || normalEmail(email ?? '') === normalEmail(person.email ?? ''))
  );
}

function inParty({ partyId }: Account, wanted: number | undefined): boolean {
  return wanted === undefined || partyId == null || partyId === wanted;
}

/**
 * The account, once it is seen to be what was asked for. Without our reference on it, it could not be found again; in another group
 * it would have other permissions (section 10: compare the answer with what was asked and report a difference).
 */
export function asAsked(
  account: Account,
  asked: Pick<NewAccount, 'email' | 'externalId' | 'accountGroupId' | 'partyId'>,
): Account {
  const differing = [
    account.externalId === asked.externalId ? [] : ['externalId'],
    account.email == null || normalEmail(account.email) === asked.email ? [] : ['email'],
    account.partyId == null || account.partyId === asked.partyId ? [] : ['partyId'],
    account.accountGroupId == null || account.accountGroupId === asked.accountGroupId ? [] : ['accountGroupId'],
  ].flat();
  if (differing.length === 0) return account;
  throw new HttpError('ContractViolation', {
    provider: 'facilioo',
    route: 'POST /api/accounts',
    vendorCode: 'ACCOUNT_DIFFERS',
    fields: differing,
  });
}

export function notOurs(): Error {
  return rejected(
    'AccountNotOurs',
    'reference: facilioo has an account under this reference in the same party with another e-mail address; use another reference.',
  );
}

export function emailTaken(): Error {
  return rejected('EmailTaken', 'person.email: another account at facilioo has this address; give another one.');
}

/** Addresses are unique across all of facilioo, also where this login sees nothing (section 4.2). */
export function emailTakenElsewhere(): Error {
  return rejected(
    'EmailTaken',
    'person.email: facilioo has this address already, outside of what this login may see; give another one.',
  );
}

export function partyFull(): Error {
  return rejected(
    'RequestRefused',
    'holderId: this party is a user’s and has its one account already; name another party.',
  );
}
