import type { AccountChange } from '../../../contract/change.ts';
import { PROVIDER_CAPABILITIES } from '../../../contract/provider-capabilities.ts';
import { brokenChangeRule } from '../../../activities/defentry/change-rules.ts';
import { account } from '../../../activities/defentry/schemas.ts';

const CAPABILITIES = PROVIDER_CAPABILITIES.defentry;

const THERE = {
  id: 7,
  email: 'anna@example.com',
  phone: '+46701234567',
  has_ssn: true,
};
const member = (email?: string) => ({
  reference: 'm1',
  person: { firstName: 'Bo', lastName: 'Berg', ...(email ? { email } : {}) },
});
const broken = (change: AccountChange, there: object = {}, capabilities = CAPABILITIES) =>
  brokenChangeRule(change, account.parse({ ...THERE, ...there }), { capabilities });

test.each<[AccountChange, object?]>([
  [{ kind: 'change-email', email: 'new@example.com' }],
  [{ kind: 'delete-email' }],
  [{ kind: 'delete-email' }, { phone: undefined }],
  [{ kind: 'change-supervisor', supervisorId: '8' }],
  [{ kind: 'set-password', by: 'generated' }],
  [{ kind: 'upgrade-plan', planId: '2' }],
  [{ kind: 'update-profile', profile: { phone: '+46701234568' } }],
  [{ kind: 'ssn-monitoring-on' }],
  [{ kind: 'ssn-monitoring-on' }, { has_ssn: undefined }],
  [{ kind: 'ssn-monitoring-off' }, { has_ssn: false }],
  [{ kind: 'add-watchlist-item', item: { kind: 'phone', value: '+46701234567' } }],
  [{ kind: 'add-member', member: member('bo@example.com') }],
  [{ kind: 'remove-member', member: member() }],
])('%j keeps the rules', (...[change, there]) => {
  expect(broken(change, there)).toBeUndefined();
});

test.each<[start: string, AccountChange, object?]>([
  ['kind: Defentry has no change-rights', { kind: 'change-rights', rights: { admin: true } }],
  ['kind: Defentry needs an e-mail address or a phone', { kind: 'delete-email' }, { phone: null }],
  ['supervisorId: an account is not its own', { kind: 'change-supervisor', supervisorId: '7' }],
  ['by: Defentry documents no mail', { kind: 'set-password', by: 'reset-mail' }],
  ['planId: a Defentry plan is a positive', { kind: 'upgrade-plan', planId: 'gold' }],
  ['planId: a Defentry plan is a positive', { kind: 'downgrade-plan', planId: '-1' }],
  ['profile: there is nothing to change', { kind: 'update-profile', profile: {} }],
  ['profile.firstName: an update cannot clear it', { kind: 'update-profile', profile: { firstName: ' ' } }],
  ['profile.phone: an update cannot clear it', { kind: 'update-profile', profile: { phone: '' } }],
  ['kind: the account has no SSN to monitor', { kind: 'ssn-monitoring-on' }, { has_ssn: false }],
  ['member.person.email: the invitation goes there', { kind: 'invite-member', member: member() }],
  ['member.person.email: each account needs an address', { kind: 'add-member', member: member('ANNA@example.com') }],
])('refuses with "%s"', (...[start, change, there]) => {
  const sentence = broken(change, there);
  expect(sentence).toMatch(/^[\w.]+: [^;]+; .+\.$/);
  expect(sentence?.startsWith(start)).toBe(true);
});

/** What the type forbids may still come as data. */
test.each<[start: string, profile: object]>([
  ['profile.ssn: Defentry ignores an SSN in an update', { firstName: 'A', ssn: '19900101-1234' }],
  ['profile.email: a new address has to be confirmed', { email: 'new@example.com' }],
  ['profile: Defentry has no such field', { shoeSize: '44' }],
])('3.2: a profile refuses with "%s"', (start, profile) => {
  const sentence = broken({ kind: 'update-profile', profile });
  expect(sentence?.startsWith(start)).toBe(true);
  for (const value of Object.values(profile)) expect(sentence).not.toContain(value);
});

test('a watchlist that this deployment has not is refused', () => {
  const capabilities = { ...CAPABILITIES, watchlists: ['email' as const] };
  const item = { kind: 'phone', value: '+46701234567' } as const;
  for (const kind of ['add-watchlist-item', 'remove-watchlist-item'] as const) {
    expect(broken({ kind, item }, {}, capabilities)).toMatch(/^item\.kind: /);
  }
});
