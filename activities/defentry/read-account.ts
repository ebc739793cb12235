import type { AccountReading, Known } from '../../contract/account.ts';
import { ifThere, isHttpError } from '../http/errors.ts';
import type { ReadBack } from '../proof.ts';
import type { DefentryClient } from './client.ts';
import type { Account } from './schemas.ts';

type Accounts = DefentryClient['accounts'];

/** Where a change of the account is read back. */
export const ACCOUNT: ReadBack = { provider: 'Defentry', route: 'GET /api/v1/account/{account_id}' };

/** What the account shows. */
export async function readAccount(accounts: Accounts, accountId: string): Promise<AccountReading> {
  const account = await ifThere(accounts.get(accountId));
  if (!account) return { exists: false, active: 'no', emailVerified: 'no', ssnPresent: 'no', ssnMonitoring: 'no' };
  const { active, ssnPresent, ssnMonitoring } = account;
  const emailVerified = await isConfirmed(accounts, account);
  return { exists: true, active, emailVerified, ssnPresent, ssnMonitoring };
}

/**
 * Whether the address of an account that was just read is confirmed. Assumption (Defentry contract, section 9.8): the account is active once it is.
 * Where the activation status does not tell, or is not to be had, the account itself does.
 */
export async function isConfirmed(accounts: Accounts, { id, active }: Account): Promise<Known> {
  try {
    const said = await accounts.activationStatus(id);
    return said === 'unknown' ? active : said;
  } catch (error) {
    if (!isHttpError(error, 'NotFound', 'Forbidden', 'ContractViolation')) throw error;
    return active;
  }
}
