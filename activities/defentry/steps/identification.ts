import type { IdentificationOutcome, ProviderActivities } from '../../../contract/activities.ts';
import type { Known } from '../../../contract/account.ts';
import { notYet, rejected } from '../../failure.ts';
import { isHttpError } from '../../http/errors.ts';
import type { Send } from '../../http/send.ts';
import type { DefentryClient } from '../client.ts';
import type { DefentryConfig } from '../config.ts';
import type { EidAdapter, EidStatus } from '../eid.ts';

type Steps = Pick<ProviderActivities, 'startIdentification' | 'awaitIdentification'>;

const ENDED: Record<Exclude<EidStatus, 'PENDING' | 'COMPLETED'>, IdentificationOutcome> = {
  CANCELLED: 'cancelled',
  FAILED: 'failed',
  EXPIRED: 'expired',
};

/** The person's own eID brings the SSN. Proof is only the account, read back under the CRM token (Defentry contract, section 9.1). */
export function identificationSteps(
  { accounts, sendAs }: DefentryClient,
  eid: EidAdapter | undefined,
  config: DefentryConfig,
): Steps {
  return {
    // A lost answer opens a second session on the retry: harmless, the first one expires unused.
    async startIdentification({ accountId, email, scheme, returnUrl }) {
      const { adapter, send } = open(email);
      try {
        return await adapter.start(send, scheme, returnUrl);
      } catch (error) {
        if (!isHttpError(error, 'Conflict') || (await ssnPresent(accountId)) !== 'yes') throw error;
        // Done meanwhile with an earlier link: nothing is left for the person to do, so the link leads straight back.
        return { identificationId: 'done-before', link: returnUrl };
      }
    },

    async awaitIdentification({ accountId, email, identificationId, ...poll }) {
      // First, whatever became of this session: the person may have used an earlier link.
      if ((await ssnPresent(accountId)) === 'yes') return { outcome: 'completed' };
      const { adapter, send } = open(email);
      const status = await adapter.status(send, identificationId);
      if (status === 'PENDING') throw notYet('The eID is not done yet.', poll);
      if (status !== 'COMPLETED') return { outcome: ENDED[status] };
      const present = await ssnPresent(accountId);
      if (present === 'yes' || (present === 'unknown' && config.trustEidStatus)) return { outcome: 'completed' };
      throw notYet('The eID is done, but the account does not show an SSN yet.', poll);
    },
  };

  async function ssnPresent(accountId: string): Promise<Known> {
    return (await accounts.get(accountId)).ssnPresent;
  }

  function open(email: string): { adapter: EidAdapter; send: Send } {
    if (eid && sendAs) return { adapter: eid, send: sendAs(email) };
    throw rejected(
      'RequestRefused',
      'identification: the eID is not configured here; set the DEFENTRY_EID_… variables.',
    );
  }
}
