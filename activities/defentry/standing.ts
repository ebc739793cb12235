import type { AccountReading } from '../../contract/account.ts';
import { ifThere } from '../http/errors.ts';
import type { ReadBack } from '../proof.ts';
import type { DefentryClient } from './client.ts';

/** Where a change of the account is read back. */
export const ACCOUNT: ReadBack = { provider: 'Defentry', route: 'GET /api/v1/account/{account_id}' };

/** How the account stands. Assumption: it is active once its e-mail address is confirmed. */
export async function readAccount(accounts: DefentryClient['accounts'], accountId: string): Promise<AccountReading> {
  const account = await ifThere(accounts.get(accountId));
  if (!account) return { exists: false, active: 'no', emailVerified: 'no', ssnPresent: 'no', ssnMonitoring: 'no' };
  const { active, ssnPresent, ssnMonitoring } = account;
  const emailVerified = await accounts.activationStatus(accountId);
  return { exists: true, active, emailVerified, ssnPresent, ssnMonitoring };
}
