import type { ProviderActivities } from '../../../contract/activities.ts';
import type { MemberRequest } from '../../../contract/request.ts';
import { notYet, rejected } from '../../failure.ts';
import { HttpError, ifThere, isHttpError } from '../../http/errors.ts';
import { proof } from '../../proof.ts';
import type { ReadBack } from '../../proof.ts';
import type { TuloPaywayClient } from '../client.ts';
import type { TuloPaywayConfig } from '../config.ts';
import type { Sharing } from '../schemas.ts';
import { subscriptions } from '../subscriptions.ts';

type Steps = Pick<ProviderActivities, 'addMember' | 'inviteMember' | 'awaitMemberAccepted' | 'removeMember'>;

const SHARES: ReadBack = { provider: 'Tulo Payway', route: 'GET /external/api/v1/accounts/shared_subscriptions' };

/**
 * Payway has no member accounts; sharing a subscription is the equivalent (Tulo Payway contract, section 10). A share belongs to our own
 * account and names the receiver's address, so the one with a member's address is that member's.
 */
export function memberSteps(client: TuloPaywayClient, config: TuloPaywayConfig): Steps {
  const { sharing } = client;
  const { toShare } = subscriptions(client, config);

  return {
    async addMember({ accountId, member }) {
      const there = await find(accountId, member);
      if (there) return { memberId: there.id };
      const email = addressOf(member);
      try {
        const made = await sharing.share(accountId, await toShare(accountId), [email]);
        const own = made.find(({ receiver_email }) => sameAddress(receiver_email, email)) ?? made[0];
        if (own) return { memberId: own.sharing_id };
      } catch (error) {
        if (!isHttpError(error, 'Conflict', 'Invalid')) throw error;
        const landed = await find(accountId, member);
        if (landed) return { memberId: landed.id };
        throw error;
      }
      throw new HttpError('ContractViolation', {
        provider: 'Tulo Payway',
        route: 'POST /external/api/v1/accounts/share_subscription',
        fields: ['items'],
      });
    },

    /** The invitation goes out with the share; no route sends it again. */
    async inviteMember({ again }) {
      if (!again) return;
      throw rejected(
        'RequestRefused',
        'members: Payway sends an invitation once; ask the member for the first mail, or remove and add the member.',
      );
    },

    async awaitMemberAccepted({ accountId, memberId, ...poll }) {
      const found = (await sharing.shared(accountId)).find(({ id }) => id === memberId);
      if (!found) {
        throw new HttpError('NotFound', SHARES);
      }
      if (!found.accepted) throw notYet('The invitation is not accepted yet.', poll);
    },

    async removeMember({ accountId, member, memberId }) {
      const id = memberId ?? (await ifThere(find(accountId, member)))?.id;
      if (id === undefined) return;
      await ifThere(sharing.remove(accountId, id));
      const left = (await ifThere(sharing.shared(accountId))) ?? [];
      proof(left.some((share) => share.id === id) ? 'no' : 'yes', SHARES);
    },
  };

  async function find(accountId: string, member: MemberRequest): Promise<Sharing | undefined> {
    return (await sharing.shared(accountId)).find(({ email }) => sameAddress(email, addressOf(member)));
  }
}

function addressOf({ person }: MemberRequest): string {
  if (person.email !== undefined) return person.email;
  throw rejected('RequestRefused', 'member.person.email: the invitation goes there; give an e-mail address.');
}

function sameAddress(one: string | null | undefined, other: string): boolean {
  return one?.toLowerCase() === other.toLowerCase();
}
