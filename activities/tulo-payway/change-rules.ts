import type { AccountChange, ChangeKind, ProfileChanges } from '../../contract/change.ts';
import { shows } from '../proof.ts';
import type { TULO_PAYWAY_CHANGES } from '../../contract/provider-capabilities.ts';
import { firstBroken } from '../rule.ts';
import type { Rule } from '../rule.ts';
import { WITHOUT_ADDRESS } from './password.ts';
import { isUnset } from './resources/documented.ts';
import { emailRule, inviteeRule, nameRule, phoneRule, planRule, sharedAddress } from './rules.ts';
import type { Account } from './schemas.ts';

/** What Payway has no route for, each with its remedy. A kind that is neither here nor in `TULO_PAYWAY_CHANGES` does not compile. */
const WITHOUT_ROUTE: Partial<Record<ChangeKind, string>> = {
  'delete-email': 'kind: the address is the login name, and no Payway account is without; use change-email.',
  'change-supervisor': 'kind: a Payway account has no supervisor; leave the change out.',
  'change-rights': 'kind: a Payway account has no rights to change; leave the change out.',
  activate:
    'kind: Payway documents no route that activates an account; have it done in its administration portal (PAP).',
  deactivate:
    'kind: Payway documents no route that deactivates an account; have it done in its administration portal (PAP), or offboard the customer.',
  'ssn-monitoring-on': 'kind: Payway has no SSN monitoring; leave the change out.',
  'ssn-monitoring-off': 'kind: Payway has no SSN monitoring; leave the change out.',
  'add-watchlist-item': 'kind: Payway has no watchlists; leave the change out.',
  'remove-watchlist-item': 'kind: Payway has no watchlists; leave the change out.',
  'invite-member':
    'kind: Payway sends an invitation once; ask the member for the first mail, or remove and add the member.',
} satisfies Record<Exclude<ChangeKind, (typeof TULO_PAYWAY_CHANGES)[number]>, string>;

/** The vendor's rules for a change of the account as it stands (Tulo Payway contract, sections 3.3, 5.3, 9.1, 10, 12 and 14). */
const RULES: Rule<[change: AccountChange, account: Account]>[] = [
  ({ kind }) => WITHOUT_ROUTE[kind],
  (change) => (change.kind === 'change-email' ? emailRule(change.email, 'email') : undefined),
  (change, account) => (change.kind === 'set-password' && !account.email ? WITHOUT_ADDRESS : undefined),
  (change) => (change.kind === 'update-profile' ? profileRule(change.profile) : undefined),
  (change) => {
    if (change.kind !== 'upgrade-plan' && change.kind !== 'downgrade-plan') return undefined;
    return planRule(change.planId) ?? unsetRule(change.planId, 'planId');
  },
  (change) =>
    change.kind === 'add-member' || change.kind === 'remove-member'
      ? inviteeRule(change.member.person, 'member.person')
      : undefined,
  (change, account) =>
    change.kind === 'add-member' && shows(account.email, change.member.person.email ?? '') === 'yes'
      ? sharedAddress('member.person')
      : undefined,
];

/** The sentence about the first broken rule: field, rule, remedy, no values. `undefined` when the change keeps them all. */
export function brokenChangeRule(change: AccountChange, account: Account): string | undefined {
  return firstBroken(RULES, change, account);
}

/** Payway has no field for country and language (section 5.3). */
const FIELDS: Record<keyof ProfileChanges, Rule<[value: string, path: string]>[] | undefined> = {
  firstName: [nameRule, unsetRule],
  lastName: [nameRule, unsetRule],
  phone: [phoneRule],
  countryCode: undefined,
  languageCode: undefined,
};
const CHANGED = new Map(Object.entries(FIELDS).filter(([, rules]) => rules !== undefined));

function profileRule(profile: object): string | undefined {
  const given: [string, unknown][] = Object.entries(profile).filter(([, value]) => value !== undefined);
  if (given.length === 0) return 'profile: there is nothing to change; give at least one field.';
  for (const [field, value] of given) {
    const rules = CHANGED.get(field);
    if (!rules) return `profile: Payway changes ${[...CHANGED.keys()].join(', ')} only; leave the other fields out.`;
    if (typeof value !== 'string') return `profile.${field}: an update cannot clear it; give a value, or leave it out.`;
    const sentence = firstBroken(rules, value, `profile.${field}`);
    if (sentence) return sentence;
  }
  return undefined;
}

function unsetRule(text: string, path: string): string | undefined {
  return isUnset(text) ? `${path}: this is the word by which Payway clears a value; give a real one.` : undefined;
}
