import type { HostedActivities } from '../../../../contract/activities.ts';
import type { OnboardingRequest } from '../../../../contract/request.ts';
import { rejected } from '../../../../activities/failure.ts';
import { HttpError, ifThere, isHttpError } from '../../../../activities/http/errors.ts';
import type { SkeletonClient } from '../client.ts';
import { normalEmail } from '../rules.ts';
import type { Account } from '../schemas.ts';

type Steps = Pick<HostedActivities, 'checkUniqueness' | 'createAccount' | 'removeAccount'>;

/** Each step may run more than once and has its effect once: it looks, acts, and reads back. */
export function accountSteps({ accounts }: SkeletonClient): Steps {
  return {
    async checkUniqueness({ request }) {
      return { uniqueness: (await own(request)) ? 'ours' : 'free' };
    },

    async createAccount({ request }) {
      const there = await own(request);
      if (there) return { accountId: there.id, created: false };
      const { firstName = '', lastName, email = '' } = request.person;
      const body = { reference: request.reference, firstName, lastName, email };
      try {
        const made = await accounts.create(body);
        if (made.reference === request.reference) return { accountId: made.id, created: true };
        throw new HttpError('ContractViolation', { ...CREATION, fields: ['reference'] });
      } catch (error) {
        if (!isHttpError(error, 'Conflict', 'Invalid')) throw error;
        // The clash may be with an earlier attempt of ours whose answer was lost.
        const landed = await own(request);
        if (!landed) throw error;
        return { accountId: landed.id, created: false };
      }
    },

    async removeAccount({ reference, accountId }) {
      const found = await (accountId === undefined ? under(reference) : ifThere(accounts.get(accountId)));
      if (found?.reference !== reference) return;
      await ifThere(accounts.remove(found.id));
      if (await ifThere(accounts.get(found.id))) {
        throw new HttpError('Unavailable', { ...REMOVAL, vendorCode: 'READ_BACK_DIFFERS' });
      }
    },
  };

  /** Our account for this request, if there is one; somebody else's is never taken for ours. */
  async function own({ reference, person }: OnboardingRequest): Promise<Account | undefined> {
    const found = await under(reference);
    if (found?.email != null && normalEmail(found.email) !== person.email) throw rejected('AccountNotOurs', NOT_OURS);
    const { email } = person;
    if (
      !found &&
      email !== undefined &&
      (await accounts.find({ email })).some((each) => normalEmail(each.email ?? '') === email)
    ) {
      throw rejected('EmailTaken', EMAIL_TAKEN);
    }
    return found;
  }

  /** Every hit is verified: a vendor may ignore a filter. */
  async function under(reference: string): Promise<Account | undefined> {
    return (await accounts.find({ reference })).find((each) => each.reference === reference);
  }
}

const CREATION = { provider: 'skeleton', route: 'POST /accounts' } as const;
const REMOVAL = { provider: 'skeleton', route: 'DELETE /accounts/{id}' } as const;
const EMAIL_TAKEN = 'person.email: an account at Skeleton has this address; use another, or let its owner log in.';
const NOT_OURS = 'reference: an account at Skeleton carries it with another address; use another reference.';
