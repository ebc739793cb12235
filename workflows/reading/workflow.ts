import { ApplicationFailure } from '@temporalio/workflow';
import type { Capabilities } from '../../contract/capabilities.ts';
import type { AccountDetail, ReadInput, ReadResult } from '../../contract/reading.ts';
import { activityReason } from '../engine/failure.ts';
import { providerOf } from '../engine/provider.ts';

/** Between two attempts at most; a caller waits. */
const PACE = 'PT10S';

/**
 * Asks the provider for one thing about an account of ours, and changes nothing. Nobody decides about a look that fails: it ends as failed
 * with the provider's code, and the caller asks again.
 */
export async function readAccount({
  provider,
  reference,
  accountId,
  what,
  by,
  within,
}: ReadInput): Promise<ReadResult> {
  const patience = { attention: { after: within, retryEvery: PACE, deadline: within }, undoWithin: within };
  const { act } = providerOf(provider, patience);
  try {
    const found = await act('Find the account by our reference').findAccount({
      reference,
      ...(accountId === undefined ? {} : { accountId }),
    });
    const account = found.accountId === undefined ? {} : { accountId: found.accountId };
    // A provider of an older version names none.
    const lookups = (found.capabilities as Partial<Capabilities>).lookups ?? [];
    if (found.accountId === undefined && !lookups.includes(what)) return { outcome: 'nothing-there' };
    const input = { ...account, what, ...(by === undefined ? {} : { by }) };
    const answer: AccountDetail = await act('Read what was asked for').readDetail(input);
    return { outcome: 'read', ...account, ...answer };
  } catch (error) {
    const reason = activityReason(error);
    if (!reason) throw error;
    if (reason.sentence !== undefined) return { outcome: 'refused', sentence: reason.sentence };
    throw ApplicationFailure.nonRetryable('The provider could not be read; the code says why.', reason.code);
  }
}
