import type { Known } from '../../contract/account.ts';
import { needsPerson } from '../failure.ts';
import { HttpError, ifThere, isHttpError } from '../http/errors.ts';
import type { DefentryClient } from './client.ts';

interface Creation {
  /** As the creation answered it; some answer without. */
  made: string | undefined;
  /** The look that finds it at the next attempt. */
  look: () => Promise<{ id: string } | undefined>;
  /** Whether something was made, by what else tells it: for an answer without an id after which the look finds nothing. */
  isMade: () => Promise<Known>;
  /** Takes it back; whether it is proven gone. */
  takeBack: (id: string) => Promise<boolean>;
}

/**
 * The id of what was just created, once a look-up by our reference leads to it. All that is done once rests on that look-up, and under which
 * name a creation takes the reference is not documented (Defentry contract, section 3.5): one that was not kept would be noticed only after
 * a lost answer, when our own account looks like somebody else's. What could not be found again is taken back while its id is known.
 */
export async function foundAgain({ made, look, isMade, takeBack }: Creation): Promise<string> {
  const found = await readBack(look);
  if (found && (made === undefined || found.id === made)) return found.id;
  if (made === undefined && (await readBack(isMade)) === 'no') throw notMade();
  const isGone = made !== undefined && (await takeBack(made));
  throw needsPerson('ContractViolation', isGone ? TAKEN_BACK : LEFT_BEHIND);
}

const NOT_KEPT = 'DEFENTRY_EXTERNAL_ID_FIELD: Defentry does not find what was just created under our reference';
const REMEDY = 'name the field by which a creation takes the external id';
const TAKEN_BACK = `${NOT_KEPT}, so it was removed again; ${REMEDY}, then retry.`;
const LEFT_BEHIND = `${NOT_KEPT}, and it is not proven removed; remove it in the CRM portal and ${REMEDY}, then retry.`;

/** Such as after the empty success of something in between. */
function notMade(): HttpError {
  const route = 'GET /api/v1/account/external-id/{externalId}';
  return new HttpError('UnknownOutcome', { provider: 'Defentry', route, vendorCode: 'NOTHING_MADE' });
}

/** A look that fails says nothing of the creation before it: what was made is left, and the next attempt finds it by its first look. */
async function readBack<T>(look: () => Promise<T>): Promise<T> {
  try {
    return await look();
  } catch (error) {
    if (!isHttpError(error)) throw error;
    const { route, retryAfterMs } = error;
    throw new HttpError('UnknownOutcome', {
      provider: 'Defentry',
      route,
      retryAfterMs,
      vendorCode: 'READ_BACK_FAILED',
    });
  }
}

/** A removal that is refused, and one of an account that is not found by the id, removes nothing: only what is read back counts. */
export async function isRemoved({ get, remove }: DefentryClient['accounts'], id: string): Promise<boolean> {
  try {
    await remove(id);
    return (await ifThere(get(id))) === undefined;
  } catch (error) {
    if (!isHttpError(error)) throw error;
    return false;
  }
}
