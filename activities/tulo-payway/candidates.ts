import { isHttpError } from '../http/errors.ts';
import type { TuloPaywayClient } from './client.ts';
import type { CandidateQuery } from './resources/accounts.ts';
import type { Candidate } from './schemas.ts';

/**
 * The customer of a subscription system who has no account yet (Tulo Payway contract, section 5.7).
 * Assumption: whatever conflict the look-up answers says that the customer has one; only the beginning of its code is known.
 */
export async function candidateOf(
  accounts: Pick<TuloPaywayClient['accounts'], 'candidate'>,
  query: CandidateQuery,
): Promise<Candidate | 'unknown' | 'has-account'> {
  try {
    return await accounts.candidate(query);
  } catch (error) {
    if (isHttpError(error, 'NotFound')) return 'unknown';
    if (isHttpError(error, 'Conflict')) return 'has-account';
    throw error;
  }
}
