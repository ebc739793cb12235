import { PROVIDER_CAPABILITIES, TULO_PAYWAY_CHANGES as CHANGES } from '../../../contract/provider-capabilities.ts';
import { brokenChangeRule } from '../../../activities/tulo-payway/change-rules.ts';
import { account as accountSchema } from '../../../activities/tulo-payway/schemas.ts';
import type { AccountChange } from '../../../contract/change.ts';
import { MEMBER } from './desk.ts';

/** Numbers are sections of the Tulo Payway contract. */

const ACCOUNT = accountSchema.parse({ id: 'a', email: 'anna@example.com', status: 'active', verified: true });
const WATCHED = { kind: 'email', value: 'anna@example.com' } as const;
const invited = (email?: string) => ({ ...MEMBER, person: { ...MEMBER.person, ...(email ? { email } : {}) } });
const { email: _, ...NAMELESS } = MEMBER.person;
const profile = (fields: object): AccountChange => ({ kind: 'update-profile', profile: fields });

test.each<[string, AccountChange]>([
  ['a new address', { kind: 'change-email', email: 'new@example.com' }],
  ['a password that nobody knows', { kind: 'set-password', by: 'generated' }],
  ['a password that the person chooses', { kind: 'set-password', by: 'reset-mail' }],
  ['another plan', { kind: 'upgrade-plan', planId: 'digital' }],
  ['a smaller plan', { kind: 'downgrade-plan', planId: 'digital' }],
  ['a name', profile({ firstName: 'Anna', lastName: undefined })],
  ['a phone in another form', profile({ phone: '+46 70-123 45 67' })],
  ['a member', { kind: 'add-member', member: MEMBER }],
  ['a member who goes', { kind: 'remove-member', member: invited('anna@example.com') }],
])('%s keeps the rules', (_, change) => {
  expect(brokenChangeRule(change, ACCOUNT)).toBeUndefined();
});

test.each<[section: string, start: string, AccountChange]>([
  ['5.1', 'kind: the address is the login name', { kind: 'delete-email' }],
  ['6', 'kind: a Payway account has no supervisor', { kind: 'change-supervisor', supervisorId: '7' }],
  ['6', 'kind: a Payway account has no rights', { kind: 'change-rights', rights: { admin: true } }],
  ['5.5, 17.16', 'kind: Payway documents no route that activates', { kind: 'activate' }],
  ['5.5, 17.16', 'kind: Payway documents no route that deactivates', { kind: 'deactivate' }],
  ['5.0', 'kind: Payway has no SSN monitoring', { kind: 'ssn-monitoring-on' }],
  ['5.0', 'kind: Payway has no SSN monitoring', { kind: 'ssn-monitoring-off' }],
  ['5.0', 'kind: Payway has no watchlists', { kind: 'add-watchlist-item', item: WATCHED }],
  ['5.0', 'kind: Payway has no watchlists', { kind: 'remove-watchlist-item', item: WATCHED }],
  ['10', 'kind: Payway sends an invitation once', { kind: 'invite-member', member: MEMBER }],
  ['14.1', 'email: Payway takes no address', { kind: 'change-email', email: 'user@mail.example-site.se' }],
  ['3.3', 'email: Payway takes no address', { kind: 'change-email', email: '__UNSET__' }],
  ['12', 'planId: a Payway package code', { kind: 'upgrade-plan', planId: 'two words' }],
  ['3.3', 'planId: this is the word', { kind: 'downgrade-plan', planId: '__unset__' }],
  ['5.3', 'profile: there is nothing to change', profile({ lastName: undefined })],
  ['5.3', 'profile: Payway changes firstName, lastName, phone only', profile({ languageCode: 'sv' })],
  ['5.3', 'profile: Payway changes', profile({ email: 'new@example.com' })],
  ['5.3', 'profile: Payway changes', profile({ toString: 'x' })],
  ['3.3', 'profile.phone: an update cannot clear it', profile({ phone: null })],
  ['5.1', 'profile.firstName: Payway takes 1 to 1024', profile({ firstName: ' ' })],
  ['3.3', 'profile.lastName: this is the word', profile({ firstName: 'Anna', lastName: ' __Unset__' })],
  ['14.2', 'profile.phone: Payway takes a mobile', profile({ phone: '+46123' })],
  ['10', 'member.person.email: the invitation', { kind: 'add-member', member: { reference: 'm', person: NAMELESS } }],
  ['10', 'member.person.email: the inv', { kind: 'remove-member', member: { reference: 'm', person: NAMELESS } }],
  ['14.1', 'member.person.email: Payway takes no', { kind: 'add-member', member: invited('bo@1.2.se') }],
  ['10', 'member.person.email: each account', { kind: 'add-member', member: invited('ANNA@example.com') }],
])('%s: refuses with "%s"', (_, start, change) => {
  const sentence = brokenChangeRule(change, ACCOUNT);
  expect(sentence).toMatch(/^[\w.[\]]+: [^;]+; .+\.$/);
  expect(sentence?.startsWith(start)).toBe(true);
});

test('9.1 an account without an address has no way to a password', () => {
  const bare = { ...ACCOUNT, email: null };
  expect(brokenChangeRule({ kind: 'set-password', by: 'generated' }, bare)).toMatch(/^kind: .+; .+\.$/);
});

test('what the capabilities offer is what no rule refuses by its kind', () => {
  expect(PROVIDER_CAPABILITIES['tulo-payway'].changes).toEqual([...CHANGES]);
  const refused = (['activate', 'deactivate', 'delete-email', 'ssn-monitoring-on', 'ssn-monitoring-off'] as const).map(
    (kind) => ({ kind, sentence: brokenChangeRule({ kind }, ACCOUNT) }),
  );
  for (const { kind, sentence } of refused) {
    expect(sentence).toBeDefined();
    expect(PROVIDER_CAPABILITIES['tulo-payway'].changes).not.toContain(kind);
  }
});

test('no sentence repeats a value', () => {
  for (const change of [
    profile({ phone: 'canary' }),
    profile({ canary: 'canary' }),
    { kind: 'change-email', email: 'canary' } as const,
    { kind: 'upgrade-plan', planId: 'canary canary' } as const,
  ]) {
    const sentence = brokenChangeRule(change, ACCOUNT);
    expect(sentence).toBeDefined();
    expect(sentence).not.toContain('canary');
  }
});
