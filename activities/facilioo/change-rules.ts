import type { AccountChange, ChangeKind, Rights } from '../../contract/change.ts';
import type { FACILIOO_CHANGES } from '../../contract/provider-capabilities.ts';
import { firstBroken } from '../rule.ts';
import type { Rule } from '../rule.ts';
import type { FaciliooConfig } from './config.ts';
import { WITH_SUPERVISORS } from './resources/parties.ts';
import type { Account } from './schemas.ts';

const NO_MEMBERS = 'kind: facilioo has no members, a user’s party holds one account; onboard each person singly.';
const NO_MONITORING = 'kind: facilioo monitors nothing; leave the change out.';
const NO_WATCHLISTS = 'kind: facilioo has no watchlists; leave the change out.';
const GROUP_STAYS =
  'kind: facilioo documents no change of the account group, which stands for the plan; ask facilioo for it.';

/** What facilioo documents no way for (contract, sections 4.2, 5 and 10). A kind that is neither here nor in `FACILIOO_CHANGES` does not compile. */
const WITHOUT_ROUTE: Partial<Record<ChangeKind, string>> = {
  'change-email':
    'kind: facilioo documents no change of the address, by which the person logs in; ask facilioo for it.',
  'delete-email': 'kind: no facilioo account is without an address, by which the person logs in; leave the change out.',
  'change-supervisor':
    'kind: at facilioo no account has a supervisor, it may only be one; use change-rights with rights.supervisor.',
  'set-password':
    'kind: facilioo documents no route for passwords; have the person choose a new one in facilioo’s web app.',
  'upgrade-plan': GROUP_STAYS,
  'downgrade-plan': GROUP_STAYS,
  'update-profile':
    'kind: facilioo never changes first and last name, and keeps nothing else of a profile; leave the change out.',
  activate: 'kind: facilioo documents no route for an activation; have the person get in by facilioo’s web app.',
  deactivate: 'kind: facilioo documents no way to deactivate an account; have it done in facilioo’s web app.',
  'ssn-monitoring-on': NO_MONITORING,
  'ssn-monitoring-off': NO_MONITORING,
  'add-watchlist-item': NO_WATCHLISTS,
  'remove-watchlist-item': NO_WATCHLISTS,
  'add-member': NO_MEMBERS,
  'remove-member': NO_MEMBERS,
  'invite-member': NO_MEMBERS,
} satisfies Record<Exclude<ChangeKind, (typeof FACILIOO_CHANGES)[number]>, string>;

/** facilioo’s rules for a change, whatever the account. */
const RULES: Rule<[change: AccountChange, tenant: Pick<FaciliooConfig, 'patch'>]>[] = [
  ({ kind }) => WITHOUT_ROUTE[kind],
  (_, { patch }) =>
    patch === 'off'
      ? 'kind: changes are switched off here by FACILIOO_PATCH; have an administrator of the account’s party change the rights at facilioo.'
      : undefined,
  (change) => (change.kind === 'change-rights' ? formRule(change.rights) : undefined),
];

/** The sentence about the first broken rule: field, rule, remedy, no values. `undefined` when the change keeps them all. */
export function brokenChangeRule(...given: Parameters<(typeof RULES)[number]>): string | undefined {
  return firstBroken(RULES, ...given);
}

const RIGHTS = new Set(['admin', 'supervisor', 'viewAllRepresentations'] satisfies (keyof Rights)[]) as Set<string>;

function formRule(rights: object): string | undefined {
  const given = Object.entries(rights).filter(([, value]) => value !== undefined);
  if (given.length === 0) return 'rights: there is nothing to change; give at least one right.';
  for (const [right, value] of given as [string, unknown][]) {
    if (!RIGHTS.has(right)) return `rights: facilioo has no such right; use ${[...RIGHTS].join(', ')}.`;
    if (typeof value !== 'boolean') return `rights.${right}: it is given or taken; say true or false.`;
  }
  return undefined;
}

/** The account, who we are, and the type of the account’s party, as far as they can be read. */
export interface Situation {
  account: Pick<Account, 'partyId'>;
  login: Pick<Account, 'partyId' | 'isAdmin'> | undefined;
  partyType: number | undefined;
}

/** Section 4.2, rows 6, 9 and 10. What cannot be read breaks no rule: facilioo will tell. */
const RIGHTS_RULES: Rule<[rights: Rights, situation: Situation]>[] = [
  (_, { account, login }) =>
    login?.isAdmin === false || differ(login?.partyId, account.partyId)
      ? 'kind: rights are changed by an administrator of the account’s own party, and this login is none; have one change them at facilioo.'
      : undefined,
  ({ supervisor }, { partyType }) =>
    supervisor && partyType !== undefined && !WITH_SUPERVISORS.includes(partyType)
      ? 'rights.supervisor: it means something only in parties of pool managers and contractors, and the account’s is none; leave it out.'
      : undefined,
];

/** The same of rights that are to be changed where they stand. */
export function brokenRightsRule(rights: Rights, situation: Situation): string | undefined {
  return firstBroken(RIGHTS_RULES, rights, situation);
}

function differ(one: number | null | undefined, other: number | null | undefined): boolean {
  return one != null && other != null && one !== other;
}
