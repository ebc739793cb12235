import type { Known } from '../../../contract/account.ts';
import type { ProviderActivities } from '../../../contract/activities.ts';
import type { Person } from '../../../contract/request.ts';
import { needsPerson, notTold, notYet } from '../../failure.ts';
import { HttpError, ifThere, isHttpError } from '../../http/errors.ts';
import { all, not } from '../../proof.ts';
import { personBody } from '../body.ts';
import type { DefentryClient } from '../client.ts';
import type { DefentryConfig } from '../config.ts';
import { foundAgain } from '../creation.ts';
import { isBorneOut, unlessAmbiguous } from '../errors.ts';
import { findOwn, isAddressTaken, isOurs, mustBeOurs, refusal } from '../lookup.ts';
import { isMember, memberExternalId } from '../membership.ts';
import { removeMemberOf, removeMemberAccount } from '../removal.ts';
import type { Member } from '../schemas.ts';

type Steps = Pick<ProviderActivities, 'addMember' | 'inviteMember' | 'awaitMemberAccepted' | 'removeMember'>;

/**
 * Members, by the account's own list (Defentry contract, section 3.4). Assumption (section 9.8): it is either of accounts, which carry our
 * reference and are removed as accounts, or of plain persons, told by address and name, whom no documented route removes.
 */
export function memberSteps(client: DefentryClient, config: DefentryConfig): Steps {
  const { accounts, members } = client;
  const v2 = config.routes === 'v2';

  return {
    async addMember({ accountId, ownerReference, member: { reference, person } }) {
      const externalId = memberExternalId(ownerReference, reference);
      const look = () => find(accountId, externalId, person);
      const there = await look();
      if (there) return { memberId: mustBeOurs(there, person).id };
      try {
        const body = personBody(person, externalId, config);
        const made = await (v2 ? members.addV2(accountId, body) : members.add(accountId, body));
        const takeBack = (id: string) => removeMemberOf(client, accountId, { id, externalId, email: person.email });
        const isMade = async () =>
          not(all([not(await isListed(accountId, externalId, person)), not(await isAddressTaken(accounts, person))]));
        return { memberId: await foundAgain({ made, look, isMade, takeBack }) };
      } catch (error) {
        if (!isHttpError(error, 'Conflict', 'Invalid')) throw error;
        const landed = await look();
        if (landed) return { memberId: mustBeOurs(landed, person).id };
        throw await refusal(accounts, error, person);
      }
    },

    async inviteMember({ accountId, memberId, member: { person }, again }) {
      const there = await listed(accountId, memberId);
      if (there.accepted === 'yes' || (there.isInvited && !again)) return;
      try {
        const named = config.inviteBy === 'email' && person.email ? { email: person.email } : { member_id: memberId };
        await (v2 ? members.inviteV2(memberId) : members.invite(accountId, named));
      } catch (error) {
        if (!isHttpError(error, 'Conflict')) throw error;
        // Accepted between the look and the call.
        if (!isBorneOut(error, (await listed(accountId, memberId)).accepted)) throw unlessAmbiguous(error);
      }
    },

    async awaitMemberAccepted({ accountId, memberId, ...poll }) {
      const { accepted } = await listed(accountId, memberId);
      if (accepted === 'no') throw notYet('The invitation is not accepted yet.', poll);
      if (accepted === 'unknown') throw notTold('The list of members does not tell who has accepted.', poll);
    },

    async removeMember({ accountId, ownerReference, member: { reference, person }, memberId }) {
      const externalId = memberExternalId(ownerReference, reference);
      const list = await ifThere(members.list(accountId));
      if (!list) {
        // The account is gone, and its list with it; who is an account of its own may have stayed.
        if (memberId !== undefined)
          await removeMemberAccount(client, { id: memberId, externalId, email: person.email });
        return;
      }
      const there = memberId === undefined ? await among(list, externalId, person) : list.find(byId(memberId));
      // Somebody else's member under our reference is nothing of ours to take back.
      if (!there || (memberId === undefined && !isOurs(there, person))) return;
      if (!(await removeMemberOf(client, accountId, there))) throw needsPerson('ContractViolation', LEFT_BEHIND);
    },
  };

  async function find(accountId: string, externalId: string, person: Person): Promise<Member | undefined> {
    return among(await members.list(accountId), externalId, person);
  }

  /** Where the list shows too little of somebody, by the look-up of accounts. */
  async function among(list: Member[], externalId: string, person: Person): Promise<Member | undefined> {
    const said = new Map(list.map((each) => [each, isMember(each, externalId, person)]));
    const found = list.find((each) => said.get(each) === 'yes');
    if (found || ![...said.values()].includes('unknown')) return found;
    const elsewhere = await findOwn(accounts, externalId);
    return elsewhere && list.find(byId(elsewhere.id));
  }

  async function isListed(accountId: string, externalId: string, person: Person): Promise<Known> {
    const said = (await members.list(accountId)).map((each) => isMember(each, externalId, person));
    return said.includes('unknown') ? 'unknown' : 'no';
  }

  async function listed(accountId: string, memberId: string): Promise<Member> {
    const found = (await members.list(accountId)).find(byId(memberId));
    if (found) return found;
    throw new HttpError('NotFound', { provider: 'Defentry', route: 'GET /api/v1/account/{account_id}/members' });
  }
}

const byId = (memberId: string) => (member: Member) => member.id === memberId;

const LEFT_BEHIND =
  'DEFENTRY_MEMBERS: this member is no account of its own, and Defentry documents no other route that removes one; remove it in the CRM portal, and set plain so that it is listed as left behind.';
