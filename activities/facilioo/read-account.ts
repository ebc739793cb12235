import type { AccountReading } from '../../contract/account.ts';
import { ifThere } from '../http/errors.ts';
import type { ReadBack } from '../proof.ts';
import type { FaciliooClient } from './client.ts';
import type { Account } from './schemas.ts';

/** Where a change of the account is read back. */
export const ACCOUNT: ReadBack = { provider: 'facilioo', route: 'GET /api/accounts/{id}' };

export async function readAccount(accounts: FaciliooClient['accounts'], accountId: string): Promise<AccountReading> {
  return readingOf(await ifThere(accounts.get(accountId)));
}

/** What an account shows: no field tells whether a person ever logged in or confirmed the address (contract, section 4.3). */
export function readingOf(account: Account | undefined): AccountReading {
  return {
    exists: account !== undefined && !account.deleted,
    active: 'unknown',
    emailVerified: 'unknown',
    ssnPresent: 'no',
    ssnMonitoring: 'no',
  };
}
