import { HttpError, ifThere } from '../http/errors.ts';
import type { DefentryClient } from './client.ts';
import { isSamePerson } from './membership.ts';
import type { Member } from './schemas.ts';

type Leaving = Pick<Member, 'id' | 'externalId' | 'email'>;
type Resources = Pick<DefentryClient, 'accounts' | 'members'>;

/**
 * Removes a member by the one removal that is documented, that of an account (Defentry contract, section 3.7). So it is used only where the account
 * with the member's id shows itself to be the member: otherwise it may be another customer's. `false` where it does not.
 */
export async function removeMemberAccount({ accounts }: Resources, member: Leaving): Promise<boolean> {
  const account = await ifThere(accounts.get(member.id));
  if (!account || !isSamePerson(account, member)) return false;
  await ifThere(accounts.remove(member.id));
  return true;
}

/** The same, read back from the list of the account that it is a member of. */
export async function removeMemberOf(resources: Resources, accountId: string, member: Leaving): Promise<boolean> {
  if (member.id === accountId || !(await removeMemberAccount(resources, member))) return false;
  const left = (await ifThere(resources.members.list(accountId))) ?? [];
  if (!left.some(({ id }) => id === member.id)) return true;
  const route = 'GET /api/v1/account/{account_id}/members';
  throw new HttpError('Unavailable', { provider: 'Defentry', route, vendorCode: 'READ_BACK_DIFFERS' });
}
