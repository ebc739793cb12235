import type { Known } from '../../contract/account.ts';
import type { AppliedChange } from '../../contract/management.ts';
import { needsPerson } from '../failure.ts';
import { isHttpError } from '../http/errors.ts';
import { all, proof, shows } from '../proof.ts';
import type { DefentryClient } from './client.ts';
import type { DefentryConfig } from './config.ts';
import { refusal } from './lookup.ts';
import { ACCOUNT, isConfirmed } from './read-account.ts';

type Accounts = DefentryClient['accounts'];

/**
 * Assumption (Defentry contract, section 9.8, "new address unconfirmed until clicked"; no page says what the account shows meanwhile):
 * `deactivates`: the new address is shown at once, and the account is inactive until it is confirmed ·
 * `keeps-active`: the new address is shown and counts at once, and nothing tells of its confirmation ·
 * `replaces-when-confirmed`: the old address is shown until the new one is confirmed, and asking for the old one withdraws the new one.
 */
type ChangedEmail = DefentryConfig['changedEmail'];

/** Gives the account a new address. Fails `EmailTaken` when it belongs to another account. */
export async function changeEmail(
  accounts: Accounts,
  accountId: string,
  email: string,
  changed: ChangedEmail,
): Promise<AppliedChange> {
  const isShown = async () => shows((await accounts.get(accountId)).email, email);
  const mayWait = changed === 'replaces-when-confirmed';
  const wasShown = (await isShown()) === 'yes';
  // The address that is shown may be about to give way to another one that waits for its click.
  if (mayWait || !wasShown) {
    try {
      await accounts.changeEmail(accountId, email);
    } catch (error) {
      if (!isHttpError(error, 'Conflict', 'Invalid')) throw error;
      // The clash may be with an earlier attempt of ours that was still under way at the look.
      if ((await isShown()) !== 'yes') throw await refusal(accounts, error, { email }, '');
      // Refused for being the account's own: another address that waits has not been withdrawn by it.
      if (mayWait) return { proven: false, verificationNeeded: false };
    }
  }
  const account = await accounts.get(accountId);
  const shown = shows(account.email, email);
  if (mayWait) return { proven: shown === 'yes', verificationNeeded: shown !== 'yes' };
  const proven = proof(shown, ACCOUNT);
  const isActive = changed === 'deactivates' && (await isConfirmed(accounts, account)) === 'yes';
  // Nobody can have clicked yet, so nothing would ever tell that somebody did. A call that is made again after a lost answer
  // finds the address there, and an account that is active by then has been clicked on, as the setting says.
  if (isActive && !wasShown) throw needsPerson('ContractViolation', STAYS_ACTIVE);
  return { ...proven, verificationNeeded: changed === 'deactivates' && !isActive };
}

const STAYS_ACTIVE =
  'DEFENTRY_CHANGED_EMAIL: the address is changed, but the account stayed active, so Defentry does not tell when the new one is confirmed; set what Defentry does here, or make sure of the address otherwise, then retry.';

/** Whether the account says that this address is its own, and confirmed. */
export async function isEmailChanged(
  accounts: Accounts,
  accountId: string,
  email: string,
  changed: ChangedEmail,
): Promise<Known> {
  const account = await accounts.get(accountId);
  const shown = shows(account.email, email);
  return changed === 'deactivates' ? all([shown, await isConfirmed(accounts, account)]) : shown;
}
