import type { AccountChange, KeptChange, RequestedChange } from './change.ts';
import type { MemberRequest } from './request.ts';

export const ANOTHER_CHANGE = 'changeId: belongs to another change; choose a new one.';

/**
 * Whether the id of a change is asked for with another one. Where one of them has no fingerprint, from an older library or an older run, only
 * the kind is left to compare.
 */
export function isAnother(
  known: Pick<KeptChange, 'kind' | 'fingerprint'>,
  { change, fingerprint }: RequestedChange,
): boolean {
  if (known.kind !== change.kind) return true;
  return known.fingerprint !== undefined && fingerprint !== undefined && known.fingerprint !== fingerprint;
}

/** Whether two requests ask for the same. An SSN does not count: it is dropped from the state before the change has ended. */
export function sameChange(one: AccountChange, other: AccountChange): boolean {
  return same(withoutSsn(one), withoutSsn(other));
}

/** The member's own run has the SSN now: from here on the run of the changes must not hold it. */
export function withoutSsn(change: AccountChange): AccountChange {
  if (!('member' in change)) return change;
  return { ...change, member: memberWithoutSsn(change.member) };
}

/** Whether it is the same person under the same reference; no SSN counts here either. */
export function sameMember(one: MemberRequest, other: MemberRequest): boolean {
  return same(memberWithoutSsn(one), memberWithoutSsn(other));
}

function memberWithoutSsn(member: MemberRequest): MemberRequest {
  const { ssn: _, ...person } = member.person;
  return { ...member, person };
}

function same(one: unknown, other: unknown): boolean {
  if (!isRecord(one) || !isRecord(other)) return one === other;
  const names = Object.keys({ ...one, ...other });
  return names.every((name) => same(one[name], other[name]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
