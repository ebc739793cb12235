import { HttpError, ifThere } from '../http/errors.ts';
import type { DefentryClient } from './client.ts';
import { isSamePerson } from './membership.ts';
import type { Member } from './schemas.ts';

type Leaving = Pick<Member, 'id' | 'externalId' | 'email'>;

/**
 * Takes members out. The one documented removal is that of an account (Defentry contract, section 3.7), so it is used only where the account
 * with the member's id shows itself to be the member: otherwise it may be another customer's.
 */
export function takingOut({ accounts, members }: Pick<DefentryClient, 'accounts' | 'members'>) {
  /** `false` where the member is no account of its own. */
  async function takeOutAccount(member: Leaving): Promise<boolean> {
    const account = await ifThere(accounts.get(member.id));
    if (!account || !isSamePerson(account, member)) return false;
    await ifThere(accounts.remove(member.id));
    return true;
  }

  return {
    takeOutAccount,

    /** The same, read back from the list of the account that it is a member of. */
    async takeOut(accountId: string, member: Leaving): Promise<boolean> {
      if (member.id === accountId || !(await takeOutAccount(member))) return false;
      const left = (await ifThere(members.list(accountId))) ?? [];
      if (!left.some(({ id }) => id === member.id)) return true;
      const route = 'GET /api/v1/account/{account_id}/members';
      throw new HttpError('Unavailable', { provider: 'Defentry', route, vendorCode: 'READ_BACK_DIFFERS' });
    },
  };
}
