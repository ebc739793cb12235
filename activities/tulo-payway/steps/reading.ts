import type { ManagementActivities } from '../../../contract/management.ts';
import { ifThere } from '../../http/errors.ts';
import { capabilitiesWith } from '../capabilities.ts';
import type { TuloPaywayClient } from '../client.ts';
import type { TuloPaywayConfig } from '../config.ts';
import { findOwn } from '../lookup.ts';
import { isActive, readAccount } from '../read-account.ts';

type Steps = Pick<ManagementActivities, 'findAccount' | 'readHoldings'>;

export function readingSteps(
  { accounts, sharing }: TuloPaywayClient,
  config: Pick<TuloPaywayConfig, 'externalIdKey' | 'mapsIdentities'>,
): Steps {
  const capabilities = capabilitiesWith(config);
  return {
    /** A read does not show its external ids (section 17, 29): an account named by id is ours only when our reference leads to it. */
    async findAccount({ reference, accountId }) {
      const { account } = await findOwn(accounts, config.externalIdKey, reference);
      if (!account || (accountId !== undefined && accountId !== account.id)) return { capabilities };
      return {
        capabilities,
        accountId: account.id,
        active: isActive(account),
        ...(account.email === undefined ? {} : { email: account.email }),
      };
    },

    /** Members are those the account shares with; a share carries an address, and no reference of ours. */
    async readHoldings({ accountId, lists = ['members'] }) {
      const reading = await readAccount(accounts, accountId);
      const shares = reading.exists && lists.includes('members') ? await ifThere(sharing.shared(accountId)) : undefined;
      const members = shares?.map(({ id, accepted }) => ({
        memberId: id,
        accepted: accepted ? ('yes' as const) : ('no' as const),
      }));
      return { ...reading, ...(members && { members }) };
    },
  };
}
