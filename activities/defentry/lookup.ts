import { rejected } from '../failure.ts';
import type { Known } from '../../contract/account.ts';
import type { Person } from '../../contract/request.ts';
import { HttpError, ifThere, isHttpError } from '../http/errors.ts';
import { not } from '../proof.ts';
import type { DefentryClient } from './client.ts';
import { unlessAmbiguous } from './errors.ts';
import { withoutHyphen } from './schemas.ts';
import type { Account } from './schemas.ts';

type Accounts = DefentryClient['accounts'];

/** The account under our own reference. There are no idempotency keys: this look-up is what keeps a repeated creation single. */
export async function findOwn(accounts: Accounts, reference: string): Promise<Account | undefined> {
  const found = await ifThere(accounts.getByExternalId(reference));
  if (found?.externalId && found.externalId !== reference) {
    const route = 'GET /api/v1/account/external-id/{externalId}';
    throw new HttpError('ContractViolation', { provider: 'Defentry', route, fields: ['external_id'] });
  }
  return found;
}

/** Ours is only what carries our reference and, where the provider shows it, the address that we gave, or none when we gave none. */
export function isOurs({ email }: Pick<Account, 'email'>, person: Pick<Person, 'email'>): boolean {
  return email === undefined || (email ?? '').toLowerCase() === (person.email ?? '').toLowerCase();
}

/** For adopting it. */
export function mustBeOurs<T extends Pick<Account, 'email'>>(account: T, person: Person): T {
  if (isOurs(account, person)) return account;
  throw rejected(
    'AccountNotOurs',
    'reference: Defentry has an account under this reference with another e-mail address; use another reference, or remove that account first.',
  );
}

/** Advisory (section 9.6): `unknown` is neither free nor taken, the creation will tell. */
export async function isEmailFree(accounts: Accounts, email: string): Promise<Known> {
  try {
    return await accounts.checkUniqueness('email', email);
  } catch (error) {
    if (isHttpError(error, 'Invalid') && error.fields.includes('value')) return 'no';
    // Without a code it may as well be throttling (section 2.2).
    if (isHttpError(error, 'Conflict')) return error.vendorCode === undefined ? 'unknown' : 'no';
    throw error;
  }
}

/** Whether an account has this address; one without an address may have been made all the same. */
export async function isAddressTaken(accounts: Accounts, { email }: Pick<Person, 'email'>): Promise<Known> {
  return email ? not(await isEmailFree(accounts, email)) : 'unknown';
}

/**
 * Looked up as given and, when that is not known, without its hyphen (section 9.7). Where the account that is found shows its SSN, that decides:
 * a look-up may go by fewer digits than the whole.
 */
export async function isSsnTaken(accounts: Accounts, ssn: string): Promise<boolean> {
  for (const form of new Set([ssn, withoutHyphen(ssn)])) {
    const id = await ifThere(accounts.getIdBySsn(form));
    if (id !== undefined && (await ifThere(accounts.showsSsn(id, ssn))) !== 'no') return true;
  }
  return false;
}

/**
 * What a refused creation means. A 409 and a 422 that names a unique field may both say "exists already" (section 9.4), and the second may as
 * well be about the form of the value, so the provider is asked before anyone is told that an address is taken.
 */
export async function refusal(
  accounts: Accounts,
  error: HttpError,
  person: Pick<Person, 'email' | 'ssn'>,
  path = 'person.',
): Promise<Error> {
  const concerns = (field: string) => error.fields.includes(field);
  const open = isHttpError(error, 'Conflict') && error.fields.length === 0;
  if (person.email && (open || concerns('email'))) {
    const free = await isEmailFree(accounts, person.email);
    if (free === 'no' || (free === 'unknown' && isHttpError(error, 'Conflict') && concerns('email')))
      return emailTaken(path);
  }
  if (person.ssn && (open || concerns('ssn')) && (await isSsnTaken(accounts, person.ssn))) return ssnTaken();
  return unlessAmbiguous(error);
}

/** `path`: what stands before the field's name in what was asked for. */
export function emailTaken(path = 'person.'): Error {
  return rejected('EmailTaken', `${path}email: another account at Defentry has this address; give another one.`);
}

export function ssnTaken(): Error {
  return rejected(
    'SsnTaken',
    'person.ssn: another account at Defentry has this SSN; the person is a customer there already.',
  );
}
