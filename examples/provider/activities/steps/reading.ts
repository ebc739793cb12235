import type { AccountReading } from '../../../../contract/account.ts';
import type { HostedActivities } from '../../../../contract/activities.ts';
import { ifThere } from '../../../../activities/http/errors.ts';
import { CAPABILITIES } from '../capabilities.ts';
import type { SkeletonClient } from '../client.ts';
import type { Account } from '../schemas.ts';

type Steps = Pick<HostedActivities, 'readAccount' | 'findAccount' | 'readHoldings'>;

export function readingSteps({ accounts }: SkeletonClient): Steps {
  const read = async (accountId: string): Promise<AccountReading> => readingOf(await ifThere(accounts.get(accountId)));

  return {
    readAccount: ({ accountId }) => read(accountId),

    async findAccount({ reference, accountId }) {
      const proposed =
        accountId === undefined ? await accounts.find({ reference }) : [await ifThere(accounts.get(accountId))];
      const found = proposed.find((each) => each?.reference === reference);
      if (!found) return { capabilities: CAPABILITIES };
      const { email } = found;
      return {
        capabilities: CAPABILITIES,
        accountId: found.id,
        active: readingOf(found).active,
        ...(email === undefined ? {} : { email }),
      };
    },

    /** Neither members nor watchlists hang on an account. */
    readHoldings: ({ accountId }) => read(accountId),
  };
}

/** How an account stands; what the vendor does not show is `unknown`. */
function readingOf(account: Account | undefined): AccountReading {
  const { active } = account ?? {};
  return {
    exists: account !== undefined,
    active: active == null ? 'unknown' : active ? 'yes' : 'no',
    emailVerified: 'unknown',
    ssnPresent: 'no',
    ssnMonitoring: 'no',
  };
}
