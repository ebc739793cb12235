import type { Known } from '../../contract/account.ts';
import { isIdPart } from '../../contract/ids.ts';
import type { Person } from '../../contract/request.ts';
import { all, shows } from '../proof.ts';
import type { Account, Member } from './schemas.ts';

/** Unique, because a reference has no dot. */
export function memberExternalId(owner: string, member: string): string {
  return `${owner}.${member}`;
}

/** Our own references in a member's external id, or in an account's, which has one part. */
export function references(externalId: string): { owner: string; member?: string } | undefined {
  const [owner = '', member, ...rest] = externalId.split('.');
  if (!isIdPart(owner) || rest.length > 0) return undefined;
  if (member === undefined) return { owner };
  return isIdPart(member) ? { owner, member } : undefined;
}

/**
 * Whether somebody on the account's own list is the member. Our reference decides where it is shown; else the address, together with the name:
 * no contract says that a member has an external id (Defentry contract, section 9.8).
 */
export function isMember(listed: Member, externalId: string, { email, firstName, lastName }: Person): Known {
  if (listed.externalId) return listed.externalId === externalId ? 'yes' : 'no';
  const address = shows(listed.email, email ?? null);
  const name = all([shows(listed.firstName, firstName ?? ''), shows(listed.lastName, lastName)]);
  if (address === 'no' || name === 'no') return 'no';
  return address === 'yes' ? 'yes' : name;
}

/**
 * Whether the account with a member's id is that member: the ids of members may be their list's own, and then that account is somebody else's.
 */
export function isSamePerson(account: Account, member: Pick<Member, 'externalId' | 'email'>): boolean {
  if (account.externalId && member.externalId) return account.externalId === member.externalId;
  return Boolean(member.email) && shows(account.email, member.email ?? null) === 'yes';
}
