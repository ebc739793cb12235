import type { ProviderActivities } from '../../../contract/activities.ts';
import { isHttpError } from '../../http/errors.ts';
import { proof } from '../../proof.ts';
import type { DefentryClient } from '../client.ts';
import { isBorneOut, unlessAmbiguous } from '../errors.ts';
import { enrolled, listOf, plain } from '../enrolment.ts';

export function watchlistSteps({ watchlists }: DefentryClient): Pick<ProviderActivities, 'enrolWatchlist'> {
  return {
    async enrolWatchlist({ accountId, item }) {
      if ((await enrolled(watchlists, accountId, item)).isThere === 'yes') return;
      try {
        await watchlists[item.kind].add(accountId, plain(item));
      } catch (error) {
        if (!isHttpError(error, 'Conflict', 'Invalid')) throw error;
        // There already (section 9.9), if the list bears it out. One that tells too little may have refused the data as well.
        const { isThere, ids } = await enrolled(watchlists, accountId, item);
        const saysSo = error.code === 'Conflict' && isBorneOut(error, isThere);
        if (!saysSo && ids.length === 0) throw unlessAmbiguous(error);
        return;
      }
      proof((await enrolled(watchlists, accountId, item)).isThere, listOf(item));
    },
  };
}
