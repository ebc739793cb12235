import type { ProviderActivities } from '../../../contract/activities.ts';
import { isHttpError } from '../../http/errors.ts';
import type { DefentryClient } from '../client.ts';
import { enrolled, plain } from '../enrolment.ts';

export function watchlistSteps({ watchlists }: DefentryClient): Pick<ProviderActivities, 'enrolWatchlist'> {
  return {
    async enrolWatchlist({ accountId, item }) {
      if ((await enrolled(watchlists, accountId, item)).isThere === 'yes') return;
      try {
        await watchlists[item.kind].add(accountId, plain(item));
      } catch (error) {
        if (isHttpError(error, 'Conflict')) return; // there already (section 9.9)
        if (!isHttpError(error, 'Invalid')) throw error;
        if ((await enrolled(watchlists, accountId, item)).ids.length === 0) throw error;
      }
    },
  };
}
