import type { AccountChange, ProfileChanges } from '../../contract/change.ts';
import { shows } from '../proof.ts';
import { firstBroken } from '../rule.ts';
import type { Rule } from '../rule.ts';
import { inviteeRule, planRule, sharedAddress, watchlistSentence } from './rules.ts';
import type { Tenant } from './rules.ts';
import type { Account } from './schemas.ts';

type Given = [change: AccountChange, account: Account, tenant: Pick<Tenant, 'capabilities'>];

/** The vendor's rules for a change of the account as it stands (Defentry contract, sections 3.2, 3.6 to 3.8 and 9.8). */
const RULES: Rule<Given>[] = [
  ({ kind }, _, { capabilities }) =>
    capabilities.changes.includes(kind)
      ? undefined
      : `kind: Defentry has no ${kind}; use one of ${capabilities.changes.join(', ')}.`,
  (change, { profile }) =>
    change.kind === 'delete-email' && shows(profile.phone, null) === 'yes' ? WITHOUT_PHONE : undefined,
  (change, { id }) =>
    change.kind === 'change-supervisor' && change.supervisorId === id
      ? 'supervisorId: an account is not its own supervisor; name another one.'
      : undefined,
  (change) =>
    change.kind === 'set-password' && change.by === 'reset-mail'
      ? 'by: Defentry documents no mail by which a person chooses a password; use generated.'
      : undefined,
  (change) =>
    change.kind === 'upgrade-plan' || change.kind === 'downgrade-plan' ? planRule(change.planId) : undefined,
  (change) => (change.kind === 'update-profile' ? profileRule(change.profile) : undefined),
  (change, { ssnPresent }) =>
    change.kind === 'ssn-monitoring-on' && ssnPresent === 'no'
      ? 'kind: the account has no SSN to monitor; have the person bring it by an eID first.'
      : undefined,
  (change, _, { capabilities }) =>
    (change.kind === 'add-watchlist-item' || change.kind === 'remove-watchlist-item') &&
    !capabilities.watchlists.includes(change.item.kind)
      ? watchlistSentence('item', capabilities)
      : undefined,
  (change, { email }) => {
    if (change.kind !== 'add-member' && change.kind !== 'invite-member') return undefined;
    const { person } = change.member;
    const unfit = inviteeRule(person, 'member.person');
    if (unfit) return unfit;
    return person.email && shows(email, person.email) === 'yes' ? sharedAddress('member.person') : undefined;
  },
];

/** Also what the vendor's own refusal is told as: the phone may have gone since the look. */
export const WITHOUT_PHONE =
  'kind: Defentry needs an e-mail address or a phone, and this account has no phone; add one by update-profile first.';

/** The sentence about the first broken rule: field, rule, remedy, no values. `undefined` when the change keeps them all. */
export function brokenChangeRule(...given: Given): string | undefined {
  return firstBroken(RULES, ...given);
}

/** Names are refused when blank, not when left out. What is no field of a profile would be ignored in silence (section 3.2). */
function profileRule(profile: object): string | undefined {
  const fields = new Map<string, unknown>(Object.entries(profile).filter(([, value]) => value !== undefined));
  if (fields.has('ssn')) {
    return 'profile.ssn: Defentry ignores an SSN in an update; it comes at creation or by the person’s own eID.';
  }
  if (fields.has('email')) {
    return 'profile.email: a new address has to be confirmed; use change-email.';
  }
  if (fields.size === 0) return 'profile: there is nothing to change; give at least one field.';
  for (const [field, value] of fields) {
    if (!Object.hasOwn(FIELDS, field))
      return `profile: Defentry has no such field; use ${Object.keys(FIELDS).join(', ')}.`;
    if (typeof value !== 'string' || value.trim() === '') {
      return `profile.${field}: an update cannot clear it; give a value, or leave it out.`;
    }
  }
  return undefined;
}

const FIELDS = {
  firstName: 'carried',
  lastName: 'carried',
  phone: 'carried',
  countryCode: 'carried',
  languageCode: 'carried',
} satisfies Record<keyof ProfileChanges, 'carried'>;
