import { WATCHLIST_KINDS } from '../../contract/request.ts';
import type { Detail } from '../detail.ts';
import type { DefentryClient } from './client.ts';

/** What there is to read, and how (Defentry contract, sections 3.4, 3.5, 3.7 and 5). No schema keeps an SSN. */
export function details({ accounts, members, watchlists }: DefentryClient): Record<string, Detail> {
  const ofLists = WATCHLIST_KINDS.flatMap((list): [string, Detail][] => [
    [`${list}-watchlist`, (accountId) => watchlists[list].list(accountId)],
    // Their number: what a leak consists of is not documented.
    [`${list}-leaks`, async (accountId) => ({ leaks: (await watchlists[list].leaks(accountId)).length })],
  ]);
  return {
    account: (accountId) => accounts.get(accountId),
    activation: async (accountId) => ({ active: await accounts.activationStatus(accountId) }),
    members: (accountId) => members.list(accountId),
    ...Object.fromEntries(ofLists),
  };
}
