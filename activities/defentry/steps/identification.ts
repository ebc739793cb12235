import type { IdentificationOutcome, ProviderActivities } from '../../../contract/activities.ts';
import type { Known } from '../../../contract/account.ts';
import { notTold, notYet, rejected } from '../../failure.ts';
import { isHttpError } from '../../http/errors.ts';
import type { Send } from '../../http/send.ts';
import type { DefentryClient } from '../client.ts';
import type { DefentryConfig } from '../config.ts';
import type { EidAdapter, EidStatus } from '../eid.ts';

type Steps = Pick<ProviderActivities, 'startIdentification' | 'awaitIdentification'>;

type Addresses = Pick<Parameters<Steps['startIdentification']>[0], 'email' | 'createdEmail'>;

interface Opened {
  adapter: EidAdapter;
  send: Send;
}

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
    async startIdentification({ accountId, scheme, returnUrl, ...known }) {
      const { adapter, send } = await open(accountId, known);
      try {
        return await adapter.start(send, scheme, returnUrl);
      } catch (error) {
        if (!isHttpError(error, 'Conflict') || (await ssnPresent(accountId)) !== 'yes') throw error;
        // Done meanwhile with an earlier link: nothing is left for the person to do, so the link leads straight back.
        return { identificationId: 'done-before', link: returnUrl };
      }
    },

    async awaitIdentification({ accountId, email, createdEmail, identificationId, ...poll }) {
      // First, whatever became of this session: the person may have used an earlier link.
      if ((await ssnPresent(accountId)) === 'yes') return { outcome: 'completed' };
      const { adapter, send } = await open(accountId, { email, createdEmail });
      const status = await adapter.status(send, identificationId);
      if (status === 'PENDING') throw notYet('The eID is not done yet.', poll);
      if (status !== 'COMPLETED') return { outcome: ENDED[status] };
      const present = await ssnPresent(accountId);
      if (present === 'yes' || (present === 'unknown' && config.trustEidStatus)) return { outcome: 'completed' };
      if (present === 'no') throw notYet('The eID is done, but the account does not show an SSN yet.', poll);
      throw notTold('The eID is done, but the account does not tell whether it has an SSN.', poll);
    },
  };

  async function ssnPresent(accountId: string): Promise<Known> {
    return (await accounts.get(accountId)).ssnPresent;
  }

  async function open(accountId: string, { email, createdEmail }: Addresses): Promise<Opened> {
    const emails = createdEmail === undefined ? [email] : [email, createdEmail];
    if (eid && sendAs) return { adapter: eid, send: await sendAs(accountId, emails) };
    throw rejected(
      'RequestRefused',
      'identification: the eID is not configured here; set the DEFENTRY_EID_… variables.',
    );
  }
}
