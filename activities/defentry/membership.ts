import type { Known } from '../../contract/account.ts';
import { isIdPart } from '../../contract/ids.ts';
import type { Account } from './schemas.ts';

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

export function accepted({ invitation, active }: Account): Known {
  if (invitation === undefined) return active;
  return invitation === 'ACCEPTED' ? 'yes' : 'no';
}
