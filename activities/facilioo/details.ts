import type { FACILIOO_READS } from '../../contract/provider-capabilities.ts';
import type { Detail } from '../detail.ts';
import { HttpError } from '../http/errors.ts';
import type { FaciliooClient } from './client.ts';

/** What there is to read, and how (contract, sections 4.4, 6 and 7). */
export function details({
  accounts,
  groups,
  parties,
}: FaciliooClient): Record<(typeof FACILIOO_READS)[number], Detail> {
  return {
    account: (id) => accounts.get(id),
    'account-group': async (id) => groups.get(await related(id, 'accountGroupId')),
    /** All that this login may give to an account. */
    'account-groups': async () => {
      const all: object[] = [];
      for await (const group of groups.list()) all.push(group);
      return all;
    },
    party: async (id) => parties.get(await related(id, 'partyId')),
  };

  async function related(id: string, field: 'accountGroupId' | 'partyId'): Promise<string> {
    const found = (await accounts.get(id))[field];
    if (found != null) return String(found);
    throw new HttpError('ContractViolation', {
      provider: 'facilioo',
      route: 'GET /api/accounts/{id}',
      fields: [field],
    });
  }
}
