import type { AccountReading } from '../../contract/account.ts';
import type { AccountChange } from '../../contract/change.ts';
import type { AppliedChange, Holdings } from '../../contract/management.ts';

/** `undefined`: the provider does not show it. */
export interface ScriptedAccount {
  exists: boolean;
  email?: string | null | undefined;
  emailVerified: boolean;
  active: boolean;
  ssnMonitoring: boolean;
  members?: string[] | undefined;
  watchlistItems?: string[] | undefined;
  /** What the provider goes on showing, whatever it said it had removed. */
  stuck: boolean;
}

export function newAccount(): ScriptedAccount {
  return {
    exists: true,
    email: 'ada@example.com',
    emailVerified: true,
    active: true,
    ssnMonitoring: false,
    members: [],
    watchlistItems: [],
    stuck: false,
  };
}

export function remove(account: ScriptedAccount, list: 'members' | 'watchlistItems', value: string): void {
  if (!account.stuck) account[list] = account[list]?.filter((each) => each !== value);
}

/** What the change does to the account, and what the provider answers. */
export function changed(
  { account, applied }: { account: ScriptedAccount; applied: { proven: boolean; verificationNeeded: boolean } },
  change: AccountChange,
): AppliedChange {
  if (change.kind === 'change-email') {
    const confirmed = !applied.verificationNeeded;
    Object.assign(account, { email: change.email, emailVerified: confirmed, active: account.active && confirmed });
    return applied;
  }
  if (change.kind === 'delete-email') account.email = null;
  if (change.kind === 'activate' || change.kind === 'deactivate') account.active = change.kind === 'activate';
  if (change.kind === 'ssn-monitoring-on' || change.kind === 'ssn-monitoring-off') {
    account.ssnMonitoring = change.kind === 'ssn-monitoring-on';
  }
  if (change.kind === 'remove-watchlist-item') remove(account, 'watchlistItems', change.item.value);
  return { proven: applied.proven };
}

export function reading({
  exists,
  active,
  emailVerified,
  ssnMonitoring,
}: Pick<ScriptedAccount, 'exists' | 'active' | 'emailVerified' | 'ssnMonitoring'>): AccountReading {
  const known = (fact: boolean) => (fact ? 'yes' : 'no');
  return {
    exists,
    active: known(active),
    emailVerified: known(emailVerified),
    ssnPresent: 'no',
    ssnMonitoring: known(ssnMonitoring),
  };
}

export function holding(reference: string, accepted: Set<string>): NonNullable<Holdings['members']>[number] {
  return { memberId: `mem-${reference}`, reference, accepted: accepted.has(reference) ? 'yes' : 'no' };
}

/** The kind, and of an address which one: a test asserts that the old one is back. */
export function noteOf(change: AccountChange): string {
  return change.kind === 'change-email' ? `${change.kind} ${change.email}` : change.kind;
}
