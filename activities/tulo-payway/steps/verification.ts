import type { ProviderActivities } from '../../../contract/activities.ts';
import { notYet } from '../../failure.ts';
import { isHttpError } from '../../http/errors.ts';
import type { TuloPaywayClient } from '../client.ts';
import type { TuloPaywayConfig } from '../config.ts';
import { proof } from '../../proof.ts';
import type { ReadBack } from '../../proof.ts';
import { isUnset } from '../resources/documented.ts';

type Steps = Pick<ProviderActivities, 'sendVerification' | 'confirmEmail' | 'awaitEmailVerified'>;
type Verification = TuloPaywayClient['verification'];

const REQUEST: ReadBack = {
  provider: 'Tulo Payway',
  route: 'GET /external/api/v1/accounts/pending_verification_request',
};

type Config = Pick<TuloPaywayConfig, 'changedEmail' | 'requireVerification' | 'verificationUrl'>;

export function verificationSteps({ verification }: Pick<TuloPaywayClient, 'verification'>, config: Config): Steps {
  const waitsForAddress = config.changedEmail === 'replaces-when-confirmed';

  return {
    async sendVerification({ accountId }) {
      try {
        await verification.request(accountId, config.verificationUrl);
      } catch (error) {
        // Verified meanwhile: `already_verified`, or how else it is told here (section 8.1).
        if (!isHttpError(error, 'Conflict', 'Invalid') || !(await isVerified(accountId))) throw error;
      }
      const isOpen = (await verification.pending(accountId)) !== 'no_pending_request';
      proof(isOpen ? 'yes' : 'no', REQUEST);
    },

    async confirmEmail({ accountId, code }) {
      // Never sent (section 3.3), and no code.
      if (isUnset(code)) return { confirmed: false };
      if (waitsForAddress && (await isVerified(accountId))) return { confirmed: await isAddressCode(accountId, code) };
      try {
        return { confirmed: await verification.verify(accountId, code) };
      } catch (error) {
        // How a wrong, expired or used code is told is not documented (section 17, 7); the read-back tells them from a right one.
        if (!isHttpError(error, 'Conflict', 'Invalid', 'NotFound')) throw error;
        return { confirmed: await isVerified(accountId) };
      }
    },

    async awaitEmailVerified({ accountId, ...poll }) {
      if (await isVerified(accountId)) return { needed: true }; // Where it is not, the creation has said so, and nobody waits.
      throw notYet('The e-mail address is not verified yet.', poll);
    },
  };

  /** The account does not tell which address waits, so a right code whose answer was lost is wrong when repeated; the address itself then tells. */
  async function isAddressCode(accountId: string, code: string): Promise<boolean> {
    try {
      await verification.verifyEmailChange(accountId, code);
      return true;
    } catch (error) {
      if (!isHttpError(error, 'Conflict', 'Invalid', 'NotFound')) throw error;
      return false;
    }
  }

  async function isVerified(accountId: string): Promise<boolean> {
    return (await verification.pending(accountId)) === 'verified';
  }
}

/**
 * Sees to it that the mail has gone out, and answers whether there is anything to verify: an organisation that has switched verification off
 * creates every account as verified, whatever was asked for (section 8.2).
 * Assumption: the creation opens a verification request itself (section 17, 10). Where it does not, one is opened here.
 */
export async function ensureVerification(
  verification: Verification,
  accountId: string,
  url?: string,
): Promise<boolean> {
  const status = await verification.pending(accountId);
  if (status === 'no_pending_request') await verification.request(accountId, url);
  return status !== 'verified';
}
