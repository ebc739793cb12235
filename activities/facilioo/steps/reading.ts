import type { Capabilities } from '../../../contract/capabilities.ts';
import type { ManagementActivities } from '../../../contract/management.ts';
import { isIdPart } from '../../../contract/ids.ts';
import { rejected } from '../../failure.ts';
import { ifThere } from '../../http/errors.ts';
import { matches } from '../accounts.ts';
import type { FaciliooClient } from '../client.ts';
import type { FaciliooConfig } from '../config.ts';
import { findIn } from '../lookup.ts';
import type { Account } from '../schemas.ts';
import { readAccount, readingOf } from '../read-account.ts';

type Steps = Pick<ManagementActivities, 'findAccount' | 'readHoldings' | 'listAccounts'>;

export function readingSteps(
  { accounts }: FaciliooClient,
  config: Pick<FaciliooConfig, 'search'>,
  capabilities: Capabilities,
): Steps {
  const find = findIn(accounts, matches, config);

  return {
    async findAccount({ reference, accountId }) {
      const found = await (accountId === undefined ? findOwn(reference) : ifThere(accounts.get(accountId)));
      if (!found || found.deleted || (found.externalId && found.externalId !== reference)) return { capabilities };
      return { capabilities, accountId: found.id, ...(found.email === undefined ? {} : { email: found.email }) };
    },

    /** facilioo has neither members nor watchlists. */
    readHoldings: ({ accountId }) => readAccount(accounts, accountId),

    async listAccounts({ cursor }) {
      const { items, ...next } = await accounts.page(cursor);
      const listed = items.filter(({ deleted }) => !deleted);
      return {
        accounts: listed.map((account) => ({
          accountId: account.id,
          ...(account.externalId && isIdPart(account.externalId) ? { reference: account.externalId } : {}),
          ...readingOf(account),
        })),
        ...next,
      };
    },
  };

  /** A search that shows nothing proves nothing: the list is read whole before an account is said to be missing. */
  async function findOwn(externalId: string): Promise<Account | undefined> {
    const proposed = await find([{ externalId }]);
    const found = proposed.length > 0 ? proposed : await find([{ externalId }], { whole: true });
    // External ids are unique inside a party only (contract, section 4.2).
    if (found.length > 1) throw rejected('RequestRefused', SEVERAL);
    return found.at(0);
  }
}

const SEVERAL =
  'accountId: several accounts at facilioo carry this reference, in different parties; give the id of the one that is meant.';
