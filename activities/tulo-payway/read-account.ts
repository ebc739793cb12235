import type { AccountReading, Known } from '../../contract/account.ts';
import { ifThere } from '../http/errors.ts';
import type { ReadBack } from '../proof.ts';
import type { TuloPaywayClient } from './client.ts';
import type { Account } from './schemas.ts';

/** Where a change of the account is read back. */
export const ACCOUNT: ReadBack = { provider: 'Tulo Payway', route: 'GET /external/api/v1/accounts' };

/** What the account shows; an archived one is gone. */
export async function readAccount(accounts: TuloPaywayClient['accounts'], accountId: string): Promise<AccountReading> {
  const account = await ifThere(accounts.get({ id: accountId }));
  if (!account || account.status === 'archived') {
    return { exists: false, active: 'no', emailVerified: 'no', ssnPresent: 'no', ssnMonitoring: 'no' };
  }
  const { verified, ssnPresent } = account;
  return { exists: true, active: isActive(account), emailVerified: verified, ssnPresent, ssnMonitoring: 'no' };
}

export function isActive({ status }: Account): Known {
  return status === undefined ? 'unknown' : status === 'active' ? 'yes' : 'no';
}
