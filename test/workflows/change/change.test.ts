import type { AccountChange } from '../../../contract/change.ts';
import { changesOf, newEmail, person } from './changes.ts';
import { permanent } from '../scripted-provider.ts';
import { openSuite, type Suite } from '../suite.ts';

const item = { kind: 'email', value: 'ada@example.com' } as const;
const member = { reference: 'anna', person };
let suite: Suite;
afterEach(() => suite.close());

/** Each kind; what reaches the provider. */
const KINDS: [AccountChange, string[]][] = [
  [newEmail, ['applyChange change-email new@example.com']],
  [{ kind: 'delete-email' }, ['applyChange delete-email']],
  [{ kind: 'change-supervisor', supervisorId: '7' }, ['applyChange change-supervisor']],
  [{ kind: 'change-rights', rights: { admin: true } }, ['applyChange change-rights']],
  [{ kind: 'set-password', by: 'reset-mail' }, ['applyChange set-password']],
  [{ kind: 'upgrade-plan', planId: '2' }, ['applyChange upgrade-plan']],
  [{ kind: 'downgrade-plan', planId: '1' }, ['applyChange downgrade-plan']],
  [{ kind: 'update-profile', profile: { phone: '+46701234567' } }, ['applyChange update-profile']],
  [{ kind: 'activate' }, ['applyChange activate']],
  [{ kind: 'deactivate' }, ['applyChange deactivate']],
  [{ kind: 'ssn-monitoring-on' }, ['applyChange ssn-monitoring-on']],
  [{ kind: 'ssn-monitoring-off' }, ['applyChange ssn-monitoring-off']],
  [{ kind: 'add-watchlist-item', item }, ['applyChange add-watchlist-item']],
  [{ kind: 'remove-watchlist-item', item }, ['applyChange remove-watchlist-item']],
  [{ kind: 'add-member', member }, ['addMember anna', 'inviteMember anna']],
  [{ kind: 'remove-member', member }, ['removeMember anna']],
  [{ kind: 'invite-member', member }, ['addMember anna', 'inviteMember anna again']],
];

it.each(KINDS)('makes the change once and proves it: %j', async (change, effects) => {
  suite = await openSuite({}, { clock: 'real' });
  suite.provider.applied.verificationNeeded = false;
  const changes = changesOf(suite);
  expect(await changes.ask(change)).toBe(0);
  const [ended] = await changes.result();
  expect(ended).toMatchObject({ kind: change.kind, status: 'done' });
  expect(ended).not.toHaveProperty('code');
  expect(suite.provider.effects.slice(0, effects.length)).toEqual(effects);
  expect(JSON.stringify([ended, await changes.progress()])).not.toContain('example.com');
});

it('is done with a code where the provider accepts the change and cannot be read', async () => {
  suite = await openSuite({}, { clock: 'real' });
  suite.provider.applied.proven = false;
  const changes = changesOf(suite);
  await changes.ask({ kind: 'activate' });
  expect(await changes.result()).toMatchObject([{ status: 'done', code: 'NotReadable' }]);
});

it('refuses by the provider’s rules before any effect, with the sentence', async () => {
  suite = await openSuite({}, { clock: 'real' });
  suite.provider.refusals['upgrade-plan'] = 'planId: this provider has no plans.';
  const changes = changesOf(suite);
  await changes.ask({ kind: 'upgrade-plan', planId: '2' });
  expect(await changes.result()).toMatchObject([
    { status: 'refused', code: 'RequestRefused', sentence: 'planId: this provider has no plans.' },
  ]);
  expect(suite.provider.effects).toEqual([]);
});

it('refuses where there is no account of ours', async () => {
  suite = await openSuite({}, { clock: 'real' });
  suite.provider.account.exists = false;
  const changes = changesOf(suite);
  await changes.ask({ kind: 'activate' });
  const sentence = expect.stringContaining('no account of ours');
  expect(await changes.result()).toMatchObject([{ status: 'refused', code: 'NotFound', sentence }]);
  expect(suite.provider.attempts).toEqual(['findAccount']);
});

it('refuses an address that is taken, and does not set the old one back: nothing was changed', async () => {
  suite = await openSuite({}, { clock: 'real' });
  suite.provider.failForever('applyChange', permanent('EmailTaken'));
  const changes = changesOf(suite);
  await changes.ask(newEmail);
  expect(await changes.result()).toMatchObject([{ status: 'refused', code: 'EmailTaken' }]);
  expect(suite.provider.attempts.filter((name) => name === 'applyChange')).toHaveLength(1);
});
