import type { AppliedChange } from '../../contract/management.ts';
import { shows } from '../proof.ts';
import { applyAndProve } from '../apply-and-prove.ts';
import type { TuloPaywayClient } from './client.ts';
import type { TuloPaywayConfig } from './config.ts';
import { refusal } from './lookup.ts';
import { ACCOUNT } from './read-account.ts';
import { verificationSteps } from './steps/verification.ts';

type Config = Pick<TuloPaywayConfig, 'changedEmail' | 'requireVerification' | 'verificationUrl'>;

/**
 * Gives the account a new address. Fails `EmailTaken` when it belongs to another account.
 * Nobody is told of it by the change itself (section 5.3). Whether a changed address still counts as verified is not documented, so the
 * account is asked: a verified one takes no verification request (section 8.1), and for any other the mail goes out to the new address.
 * Where a new address waits for its confirmation no route withdraws it, so that the address which stands already is not proven to stay.
 */
export async function changeEmail(
  client: TuloPaywayClient,
  config: Config,
  accountId: string,
  email: string,
): Promise<AppliedChange> {
  const { accounts, verification } = client;
  const waits = config.changedEmail === 'replaces-when-confirmed';
  if (waits && shows((await accounts.get({ id: accountId })).email, email) === 'yes') {
    return { proven: false, verificationNeeded: false };
  }
  const { proven } = await applyAndProve({ ...ACCOUNT, get: (id) => accounts.get({ id }) }, accountId, {
    act: (id) => accounts.update(id, { email }),
    isDone: (account) => {
      const said = shows(account.email, email);
      return waits && said === 'no' ? 'unknown' : said;
    },
    refusal: (error) => refusal(accounts, error, { email }, ''),
  });
  if (waits) return { proven, verificationNeeded: !proven };
  if (!config.requireVerification) return { proven, verificationNeeded: false };
  const verificationNeeded = (await verification.pending(accountId)) !== 'verified';
  // Also where a request is pending: its mail may have gone to the old address. Of several, the newest counts.
  if (verificationNeeded) await verificationSteps(client, config).sendVerification({ accountId });
  return { proven, verificationNeeded };
}

/** Whether the account says that this address is its own, and confirmed. */
export async function isEmailChanged(
  { accounts, verification }: TuloPaywayClient,
  { changedEmail }: Config,
  accountId: string,
  email: string,
): Promise<boolean> {
  if (shows((await accounts.get({ id: accountId })).email, email) !== 'yes') return false;
  return changedEmail === 'replaces-when-confirmed' || (await verification.pending(accountId)) === 'verified';
}
