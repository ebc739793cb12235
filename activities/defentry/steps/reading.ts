import type { Capabilities } from '../../../contract/capabilities.ts';
import type { ManagementActivities } from '../../../contract/management.ts';
import type { WatchlistItem } from '../../../contract/request.ts';
import { ifThere } from '../../http/errors.ts';
import type { DefentryClient } from '../client.ts';
import type { DefentryConfig } from '../config.ts';
import { findOwn } from '../lookup.ts';
import { references } from '../membership.ts';
import { readAccount } from '../read-account.ts';

type Steps = Pick<ManagementActivities, 'findAccount' | 'readHoldings' | 'listAccounts'>;

export function readingSteps(
  { accounts, members, watchlists }: DefentryClient,
  { capabilities, routes }: Pick<DefentryConfig, 'routes'> & { capabilities: Capabilities },
): Steps {
  const v2 = routes === 'v2';

  return {
    async findAccount({ reference, accountId }) {
      const found = await (accountId === undefined ? findOwn(accounts, reference) : ifThere(accounts.get(accountId)));
      if (!found || (found.externalId && found.externalId !== reference)) return { capabilities };
      const { id, email, active } = found;
      return { capabilities, accountId: id, active, ...(email === undefined ? {} : { email }) };
    },

    async readHoldings({ accountId, ownerReference, lists = ['members', 'watchlistItems'] }) {
      const reading = await readAccount(accounts, accountId);
      if (!reading.exists) return reading;
      const people = lists.includes('members') ? await ifThere(members.list(accountId)) : undefined;
      const items = lists.includes('watchlistItems') ? await watched(accountId) : undefined;
      return {
        ...reading,
        ...(people && {
          members: people.map((person) => {
            const ours = references(person.externalId ?? '');
            const reference = ours?.owner === ownerReference ? ours.member : undefined;
            return {
              memberId: person.id,
              accepted: person.accepted,
              ...(reference === undefined ? {} : { reference }),
            };
          }),
        }),
        ...(items && { watchlistItems: items }),
      };
    },

    async listAccounts({ cursor }) {
      const page = cursor === undefined ? 1 : Number(cursor);
      if (!Number.isInteger(page) || page < 1) throw new TypeError('a cursor is the number of a page');
      const { items, next } = await (v2 ? accounts.listV2 : accounts.list)(page);
      const listed = items.flatMap(({ id, externalId, active, ssnPresent, ssnMonitoring }) => {
        const ours = references(externalId ?? '');
        if (ours?.member !== undefined) return []; // a member of ours is part of its owner's holdings
        const reference = ours === undefined ? {} : { reference: ours.owner };
        return [
          { accountId: id, ...reference, exists: true, active, emailVerified: active, ssnPresent, ssnMonitoring },
        ];
      });
      return { accounts: listed, ...(next === undefined ? {} : { cursor: String(next) }) };
    },
  };

  /** Without a value an item is not known, and neither is the list. */
  async function watched(accountId: string): Promise<WatchlistItem[] | undefined> {
    const all: WatchlistItem[] = [];
    for (const kind of capabilities.watchlists) {
      for (const { value } of await watchlists[kind].list(accountId)) {
        if (!value) return undefined;
        all.push({ kind, value });
      }
    }
    return all;
  }
}
