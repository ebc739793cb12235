import type { Finding } from '../../contract/reconciliation.ts';
import type { Holdings, ListedAccount } from '../../contract/management.ts';
import type { Belief } from '../../contract/runs.ts';

type Difference = Omit<Finding, 'reference' | 'accountId' | 'asOf'>;

/** Where our runs and the provider disagree; `found` is absent when the provider has no account under the reference. What either does not know is no difference. */
export function differences(belief: Belief, found: Holdings | undefined): Finding[] {
  const { reference, accountId, asOf } = belief;
  const all = found?.exists
    ? [...accessDifferences(belief, found), ...monitoring(belief, found), ...members(belief, found)]
    : absent(belief);
  return all.map((each) => ({ ...each, reference, ...(accountId === undefined ? {} : { accountId }), asOf }));
}

/** Whether the comparison says all: not where a run is under way, nor where nothing is left to compare with. */
export function isDecided({ open, account }: Belief): boolean {
  return !open && account !== 'unknown';
}

export function unreadable({ reference, accountId, asOf }: Belief, code: string): Finding {
  return { kind: 'unreadable', code, reference, ...(accountId === undefined ? {} : { accountId }), asOf };
}

/** An account in the provider's list that no run of ours made, though it carries a reference of ours. */
export function foreign(
  { accountId, reference }: ListedAccount & { reference: string },
  belief: Belief | undefined,
): Finding[] {
  const other = belief?.accountId !== undefined && belief.accountId !== accountId;
  if (belief && !other) return [];
  return [{ kind: 'foreign', code: belief ? 'OtherAccount' : 'NoRun', reference, accountId }];
}

/** What an undo left may have been taken away by hand since. */
function absent({ account, left }: Belief): Difference[] {
  const expected = account !== 'none' && account !== 'unknown' && left === undefined;
  return expected ? [{ kind: 'missing', code: 'NoAccount' }] : [];
}

const LEFT = { account: 'AccountLeft', parts: 'PartsLeft', offboarding: 'OffboardingAborted' } as const;

function accessDifferences({ account, left, open }: Belief, { active }: Holdings): Difference[] {
  const differs = (code: string): Difference[] => [{ kind: 'half-done', code }];
  if (open) return [];
  if (left === 'account' && active === 'yes') return [{ kind: 'half-done', code: LEFT.account, repair: 'deactivate' }];
  if (left !== undefined) return differs(LEFT[left]);
  if (account === 'none') return differs('StillThere');
  if (account === 'active' && active === 'no') return differs('Inactive');
  return account === 'deactivated' && active === 'yes' ? differs('StillActive') : [];
}

function monitoring(
  { open, account, ssnMonitoring: believed }: Belief,
  { ssnMonitoring: found }: Holdings,
): Difference[] {
  if (open || account === 'none') return [];
  if (believed === 'yes' && found === 'no') {
    return [{ kind: 'monitoring-off', code: 'SwitchedOff', repair: 'ssn-monitoring-on' }];
  }
  return believed === 'no' && found === 'yes' ? [{ kind: 'monitoring-on', code: 'SwitchedOn' }] : [];
}

/** A member without a reference may be one of ours where the provider keeps none, so then nobody is said to be missing. */
function members({ open, account, members: believed }: Belief, { members: found }: Holdings): Difference[] {
  if (open || account !== 'active' || !believed || !found) return [];
  const there = new Set(found.flatMap(({ reference }) => reference ?? []));
  const known = new Set(believed.map(({ reference }) => reference));
  const named = found.every(({ reference }) => reference !== undefined);
  const missing = believed.filter(({ reference, accepted }) => named && accepted && !there.has(reference));
  return [
    ...missing.map(({ reference }): Difference => ({ kind: 'member', code: 'MemberMissing', member: reference })),
    ...[...there]
      .filter((reference) => !known.has(reference))
      .map((reference): Difference => ({ kind: 'member', code: 'MemberUnknown', member: reference })),
  ];
}
