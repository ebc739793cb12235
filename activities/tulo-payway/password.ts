import type { AppliedChange } from '../../contract/management.ts';
import { rejected } from '../failure.ts';
import { HttpError } from '../http/errors.ts';
import { unknownPassword } from '../password.ts';
import type { TuloPaywayClient } from './client.ts';
import type { TuloPaywayConfig } from './config.ts';

type Mailing = Pick<TuloPaywayConfig, 'resetPasswordUrl' | 'returnUrl'>;

/** A password of an existing account (Tulo Payway contract, section 9.1). No read tells of one, so neither is ever proven. */
export function passwordChanges({ accounts, passwords }: TuloPaywayClient, config: Mailing) {
  return {
    /** A code comes without a mail and is spent at once on a password that nobody knows. After a lost answer there is just another such one. */
    generate: async (accountId: string): Promise<AppliedChange> => {
      const reset = await passwords.createReset(await addressOf(accountId));
      if (reset.account_id !== accountId) {
        throw new HttpError('ContractViolation', {
          provider: 'Tulo Payway',
          route: 'POST /external/api/v1/accounts/create_password_reset',
          fields: ['account_id'],
        });
      }
      await passwords.completeReset(accountId, reset.confirmation_code, unknownPassword());
      return { proven: false };
    },

    /** Once more after a lost answer: the newest link counts. */
    mail: async (accountId: string): Promise<AppliedChange> => {
      await mailReset(passwords, config, await addressOf(accountId));
      return { proven: false };
    },
  };

  async function addressOf(accountId: string): Promise<string> {
    const { email } = await accounts.get({ id: accountId });
    if (email) return email;
    throw rejected('RequestRefused', WITHOUT_ADDRESS);
  }
}

export const WITHOUT_ADDRESS =
  'kind: Payway sets a password by e-mail address, and the account shows none; give it one by change-email first.';

/** The mail by which the person chooses a password: on Payway's page, or on an own one where that is configured. */
export function mailReset(
  { requestReset, requestCustomReset }: TuloPaywayClient['passwords'],
  { resetPasswordUrl, returnUrl }: Mailing,
  email: string,
): Promise<void> {
  if (resetPasswordUrl && returnUrl) return requestCustomReset(email, resetPasswordUrl, returnUrl);
  return requestReset(email, returnUrl ? { return_url: returnUrl } : {});
}
