import { needsPerson } from '../failure.ts';
import { HttpError, isHttpError } from '../http/errors.ts';
import type { DefentryClient } from './client.ts';
import type { Account } from './schemas.ts';

/**
 * The id of what was just created, once a look-up by our reference leads to it. All that is done once rests on that look-up, and under which
 * name a creation takes the reference is not documented (Defentry contract, section 3.5): one that was not kept would be noticed only after
 * a lost answer, when our own account looks like somebody else's. What could not be found again is taken back while its id is known.
 */
export async function foundAgain(
  { remove }: Pick<DefentryClient['accounts'], 'remove'>,
  id: string,
  look: () => Promise<Account | undefined>,
): Promise<string> {
  if ((await readBack(look))?.id === id) return id;
  throw needsPerson('ContractViolation', (await isRemoved(remove(id))) ? TAKEN_BACK : LEFT_BEHIND);
}

const NOT_KEPT = 'DEFENTRY_EXTERNAL_ID_FIELD: Defentry does not find the new account under our reference';
const REMEDY = 'name the field by which a creation takes the external id';
const TAKEN_BACK = `${NOT_KEPT}, so it was removed again; ${REMEDY}, then retry.`;
const LEFT_BEHIND = `${NOT_KEPT}, and did not remove it either; remove it in the CRM portal and ${REMEDY}, then retry.`;

/** A look that fails says nothing of the creation before it: what was made is left, and the next attempt finds it by its first look. */
async function readBack(look: () => Promise<Account | undefined>): Promise<Account | undefined> {
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

async function isRemoved(removal: Promise<void>): Promise<boolean> {
  try {
    await removal;
    return true;
  } catch (error) {
    if (!isHttpError(error)) throw error;
    return error.code === 'NotFound';
  }
}
