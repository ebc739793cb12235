import type { ProviderActivities } from '../../../contract/activities.ts';
import type { OnboardingRequest } from '../../../contract/request.ts';
import { HttpError, isHttpError } from '../../http/errors.ts';
import {
  asAsked,
  emailTaken,
  emailTakenElsewhere,
  matches,
  notOurs,
  partyFull,
  findSimilarAccounts,
} from '../accounts.ts';
import type { Depth, SimilarAccounts } from '../accounts.ts';
import { accountBody } from '../body.ts';
import type { FaciliooClient } from '../client.ts';
import type { FaciliooConfig } from '../config.ts';
import { findIn } from '../lookup.ts';
import type { Account } from '../schemas.ts';
import { readAccount } from '../read-account.ts';
import { partyOf } from './party.ts';

type Steps = Pick<ProviderActivities, 'checkUniqueness' | 'createAccount' | 'readAccount'>;

export function accountSteps(client: FaciliooClient, config: FaciliooConfig): Steps {
  const { accounts } = client;
  const party = partyOf(client, config);
  const find = findIn(accounts, matches, config);

  return {
    async checkUniqueness({ request }) {
      const partyId = party.named(request);
      const { own, clash, ...similar } = await look(request, partyId, 'conflicts');
      if (own) return { uniqueness: 'ours' };
      if (clash) throw notOurs();
      if (similar.emailTaken) throw emailTaken();
      if (similar.partyTaken && partyId !== undefined && (await party.holdsOne(partyId))) throw partyFull();
      return { uniqueness: 'free' };
    },

    async createAccount({ request }) {
      const named = party.named(request);
      // A party cannot be taken back, so nothing must stand in the way of the account when one is made.
      const { own, clash, ...similar } = await look(request, named, named === undefined ? 'conflicts' : 'reference');
      if (own) return adopted(own, request, named);
      if (clash) throw notOurs();
      if (similar.emailTaken) throw emailTaken();
      const asked = accountBody(request, named ?? (await party.own(request)), config);
      try {
        const made = (await accounts.create(asked)) ?? (await unanswered(request, asked.partyId));
        return { accountId: asAsked(made, asked).id, created: true };
      } catch (error) {
        if (!isHttpError(error, 'Conflict', 'Invalid')) throw error;
        return afterRefusal(request, named, error);
      }
    },

    readAccount: ({ accountId }) => readAccount(accounts, accountId),
  };

  function look(request: OnboardingRequest, partyId: number | undefined, depth: Depth): Promise<SimilarAccounts> {
    return findSimilarAccounts(find, request, partyId, depth);
  }

  function adopted(own: Account, request: OnboardingRequest, partyId: number | undefined) {
    const asked = accountBody(request, partyId ?? own.partyId ?? Number.NaN, config);
    return { accountId: asAsked(own, asked).id, created: false };
  }

  /** A success without a body: the account must be there. */
  async function unanswered(request: OnboardingRequest, partyId: number): Promise<Account> {
    const { own } = await look(request, partyId, 'whole');
    if (own) return own;
    throw new HttpError('UnknownOutcome', { provider: 'facilioo', route: 'POST /api/accounts', vendorCode: 'NO_BODY' });
  }

  /** The clash may be with an earlier attempt of ours, which a search did not show: the list is read whole before anyone is told no. */
  async function afterRefusal(request: OnboardingRequest, partyId: number | undefined, refused: HttpError) {
    const similar = await look(request, partyId, 'whole');
    if (similar.own) return adopted(similar.own, request, partyId);
    throw meaningOf(refused, similar);
  }
}

/**
 * Assumption (section 10): 400, 409 and 422 that name a unique field say "exists already"; its form was checked before. Without a name, what was
 * found decides.
 */
function meaningOf(refused: HttpError, similar: SimilarAccounts): Error {
  const { fields } = refused;
  if (similar.clash || fields.includes('externalId')) return notOurs();
  if (similar.emailTaken && (fields.length === 0 || fields.includes('email'))) return emailTaken();
  if (fields.includes('email')) return emailTakenElsewhere();
  return similar.partyTaken && fields.includes('partyId') ? partyFull() : refused;
}
