import type { Person } from '../../contract/request.ts';
import { rejected } from '../failure.ts';
import { HttpError, ifThere, isHttpError } from '../http/errors.ts';
import type { TuloPaywayClient } from './client.ts';
import { ssnForUpdate } from './fields.ts';
import type { Account } from './schemas.ts';

type Accounts = TuloPaywayClient['accounts'];

/** More archived accounts under one reference than anybody makes. */
const MOST_ARCHIVED = 20;

export interface Own {
  /** Not there, or archived: `undefined`. */
  account: Account | undefined;
  /** Under which it is, or is to be, created. */
  externalId: string;
}

/**
 * The account under our own reference. There are no idempotency keys: this look-up is what keeps a repeated creation single.
 * Assumption: an archived account may keep its identity mapping. Nobody can take it away, so the next account under the same reference gets
 * `<reference>.2`; a reference has no dot.
 */
export async function findOwn(accounts: Accounts, external_id_key: string, reference: string): Promise<Own> {
  for (let generation = 1; generation <= MOST_ARCHIVED; generation++) {
    const externalId = generation === 1 ? reference : `${reference}.${generation}`;
    const account = await ifThere(accounts.get({ external_id_key, external_id_value: externalId }));
    if (account?.status !== 'archived') return { account, externalId };
  }
  throw new HttpError('Conflict', {
    provider: 'Tulo Payway',
    route: 'GET /external/api/v1/accounts',
    vendorCode: 'TOO_MANY_ARCHIVED',
  });
}

/** Ours is only what carries our reference and the address that we gave. */
export function isOurs({ email }: Account, person: Pick<Person, 'email'>): boolean {
  return (email ?? '').toLowerCase() === (person.email ?? '').toLowerCase();
}

/** For adopting it. */
export function mustBeOurs(account: Account, person: Person): Account {
  if (isOurs(account, person)) return account;
  throw rejected(
    'AccountNotOurs',
    'reference: Payway has an account under this reference with another e-mail address; use another reference, or archive that account first.',
  );
}

/** There is no other route that tells (section 5.4). The address of an archived account is free, that of an inactive one is not. */
export async function isEmailTaken(accounts: Accounts, email: string): Promise<boolean> {
  const status = await ifThere(accounts.status({ email }));
  return status !== undefined && status !== 'archived';
}

export async function isSsnTaken(accounts: Accounts, ssn: string): Promise<boolean> {
  const social_security_number = ssnForUpdate(ssn);
  return (
    social_security_number !== undefined && (await ifThere(accounts.get({ social_security_number }))) !== undefined
  );
}

/**
 * What a refused creation or change means. How a duplicate is told is not documented (section 17, 2): a conflict that names the field says it, and any
 * other refusal that may be about it is looked up before anyone is told that an address is taken.
 */
export async function refusal(
  accounts: Accounts,
  error: HttpError,
  { email, ssn }: Pick<Person, 'email' | 'ssn'>,
  path = 'person.',
): Promise<Error> {
  const conflict = isHttpError(error, 'Conflict');
  const concerns = (field: string) => error.fields.includes(field);
  const open = conflict && error.fields.length === 0;
  if (email && (concerns('email') || open)) {
    if ((conflict && concerns('email')) || (await isEmailTaken(accounts, email))) return emailTaken(path);
  }
  if (ssn && (concerns('social_security_number') || open)) {
    if ((conflict && !open) || (await isSsnTaken(accounts, ssn))) return ssnTaken();
  }
  return error;
}

/** `path`: what stands before the field's name in what was asked for. */
export function emailTaken(path = 'person.'): Error {
  return rejected('EmailTaken', `${path}email: another account at Payway has this address; give another one.`);
}

export function ssnTaken(): Error {
  return rejected(
    'SsnTaken',
    'person.ssn: another account at Payway has this SSN; the person is a customer there already.',
  );
}
