import type { ProviderActivities } from '../../../contract/activities.ts';
import type { MemberRequest } from '../../../contract/request.ts';
import { notYet } from '../../failure.ts';
import { HttpError, ifThere, isHttpError } from '../../http/errors.ts';
import { personBody } from '../body.ts';
import type { DefentryClient } from '../client.ts';
import type { DefentryConfig } from '../config.ts';
import { foundAgain } from '../creation.ts';
import { findOwn, isOurs, mustBeOurs, refusal } from '../lookup.ts';
import { accepted, memberExternalId } from '../membership.ts';
import type { Account } from '../schemas.ts';

type Steps = Pick<ProviderActivities, 'addMember' | 'inviteMember' | 'awaitMemberAccepted' | 'removeMember'>;

/**
 * Assumption (Defentry contract, section 9.8): a member is an account of its own with an external id, listed under its main account, inactive
 * until the invitation is accepted, and removed as an account.
 */
export function memberSteps({ accounts, members }: DefentryClient, config: DefentryConfig): Steps {
  const v2 = config.routes === 'v2';

  return {
    async addMember({ accountId, ownerReference, member: { reference, person } }) {
      const externalId = memberExternalId(ownerReference, reference);
      const there = await find(accountId, externalId);
      if (there) return { memberId: mustBeOurs(there, person).id };
      try {
        const body = personBody(person, externalId, config);
        const made = await (v2 ? members.addV2(accountId, body) : members.add(accountId, body));
        return { memberId: await foundAgain(accounts, made, () => find(accountId, externalId)) };
      } catch (error) {
        if (!isHttpError(error, 'Conflict', 'Invalid')) throw error;
        const landed = await find(accountId, externalId);
        if (landed) return { memberId: mustBeOurs(landed, person).id };
        throw await refusal(accounts, error, person);
      }
    },

    async inviteMember({ accountId, memberId, member: { person }, again }) {
      const there = await listed(accountId, memberId);
      if (accepted(there) === 'yes' || (there.invitation === 'PENDING' && !again)) return;
      try {
        const named = config.inviteBy === 'email' && person.email ? { email: person.email } : { member_id: memberId };
        await (v2 ? members.inviteV2(memberId) : members.invite(accountId, named));
      } catch (error) {
        // Accepted between the look and the call.
        if (!isHttpError(error, 'Conflict') || accepted(await listed(accountId, memberId)) !== 'yes') throw error;
      }
    },

    async awaitMemberAccepted({ accountId, memberId, ...poll }) {
      if (accepted(await listed(accountId, memberId)) !== 'yes')
        throw notYet('The invitation is not accepted yet.', poll);
    },

    async removeMember({ accountId, ownerReference, member, memberId }) {
      const id = memberId ?? (await lookUp(accountId, ownerReference, member));
      if (id !== undefined) await ifThere(accounts.remove(id));
    },
  };

  /** By the list, which is this account's own; by external id where the list does not show any. */
  async function find(accountId: string, externalId: string): Promise<Account | undefined> {
    const all = await members.list(accountId);
    const found = all.find((member) => member.externalId === externalId);
    if (found || all.every((member) => member.externalId !== undefined)) return found;
    const elsewhere = await findOwn(accounts, externalId);
    return all.find((member) => member.id === elsewhere?.id);
  }

  /** Somebody else's member under our reference is nothing of ours to take back. */
  async function lookUp(accountId: string, owner: string, { reference, person }: MemberRequest) {
    const found = await ifThere(find(accountId, memberExternalId(owner, reference)));
    return found && isOurs(found, person) ? found.id : undefined;
  }

  async function listed(accountId: string, memberId: string): Promise<Account> {
    const found = (await members.list(accountId)).find((member) => member.id === memberId);
    if (found) return found;
    throw new HttpError('NotFound', { provider: 'Defentry', route: 'GET /api/v1/account/{account_id}/members' });
  }
}
