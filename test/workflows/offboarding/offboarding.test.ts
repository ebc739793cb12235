import type { Capabilities } from '../../../contract/capabilities.ts';
import { CHANGE_KINDS } from '../../../contract/change.ts';
import { type ErasureRecord } from '../../../contract/offboarding.ts';
import { resolve } from '../../../contract/messages.ts';
import { memberInvited } from '../change/changes.ts';
import { offboard } from './offboardings.ts';
import type { ScriptedAccount } from '../scripted-account.ts';
import { permanent, transient } from '../scripted-provider.ts';
import { eventually, openSuite, type Suite } from '../suite.ts';

const DAY = 86_400_000;
const full = { members: ['anna', 'bo'], watchlistItems: ['ada@example.com'], ssnMonitoring: true };
let suite: Suite;
afterEach(() => suite.close());

it('keeps the deactivated account for 30 days, takes everything off, removes it, and answers with what went when', async () => {
  suite = await openSuite();
  Object.assign(suite.provider.account, full);
  const run = await offboard(suite);
  const record = await run.result();
  expect(record).toMatchObject({ outcome: 'removed', remainder: [] });
  expect(record.removed.map(({ what, count }) => [what, count])).toEqual([
    ['access', 1],
    ['member', 2],
    ['watchlist-item', 1],
    ['ssn-monitoring', 1],
    ['account', 1],
  ]);
  const at = (what: string) => Date.parse(record.removed.find((each) => each.what === what)!.at);
  expect(Math.round((at('account') - at('access')) / DAY)).toBe(30);
  expect(suite.provider.effects).toEqual([
    'deactivateAccount',
    'removeMember anna',
    'removeMember bo',
    'applyChange remove-watchlist-item',
    'disableSsnMonitoring',
    'removeAccount',
  ]);
  expect(JSON.stringify([record, await run.progress()])).not.toContain('example.com');
});

it('shows until when the account is kept', async () => {
  suite = await openSuite({}, { clock: 'frozen' });
  const run = await offboard(suite, { keepFor: 'P10D' });
  const { wait, next } = await run.until((story) => story.wait !== undefined);
  expect(wait!.for).toBe('retention');
  expect((Date.parse(wait!.deadline) - Date.parse(wait!.since)) / DAY).toBe(10);
  expect(next).toMatch(/^Keeping the deactivated account, at the latest until /);
  await suite.temporal.fastForward(run.id, 9 * DAY);
  expect(suite.provider.effects).toEqual(['deactivateAccount']);
  await suite.temporal.skipToEnd(run.id);
  expect(await run.result()).toMatchObject({ outcome: 'removed' });
});

type End = Pick<ErasureRecord, 'outcome' | 'remainder'>;
/** What the provider can, what hangs on the account, how it ends. */
const ENDS: [string, Partial<Capabilities>, Partial<ScriptedAccount>, End][] = [
  ['nothing is there', {}, { exists: false }, { outcome: 'nothing-there', remainder: [] }],
  [
    'the provider cannot remove',
    { remove: false },
    {},
    { outcome: 'deactivated', remainder: [{ step: 'removeAccount', code: 'NotSupported' }] },
  ],
  ['the provider cannot deactivate', { deactivate: false }, {}, { outcome: 'removed', remainder: [] }],
  [
    'the provider can do neither',
    { remove: false, deactivate: false },
    {},
    {
      outcome: 'kept',
      remainder: [
        { step: 'deactivateAccount', code: 'NotSupported' },
        { step: 'removeAccount', code: 'NotSupported' },
      ],
    },
  ],
  [
    'members and watchlist items stay',
    { removeMember: false, changes: CHANGE_KINDS.filter((kind) => kind !== 'remove-watchlist-item') },
    full,
    {
      outcome: 'removed',
      remainder: [
        { step: 'removeMembers', code: 'NotSupported' },
        { step: 'removeWatchlistItems', code: 'NotSupported' },
      ],
    },
  ],
  [
    'the provider shows neither members nor watchlists',
    {},
    { members: undefined, watchlistItems: undefined },
    {
      outcome: 'removed',
      remainder: [
        { step: 'removeMembers', code: 'NotReadable' },
        { step: 'removeWatchlistItems', code: 'NotReadable' },
      ],
    },
  ],
  [
    'the provider shows what it said was gone',
    {},
    { ...full, stuck: true },
    {
      outcome: 'deactivated',
      remainder: [
        { step: 'removeMembers', code: 'StillThere' },
        { step: 'removeWatchlistItems', code: 'StillThere' },
        { step: 'proveRemoval', code: 'StillThere' },
      ],
    },
  ],
  [
    'the provider has none of these things',
    { members: 'none', watchlists: [], ssnMonitoring: false },
    full,
    { outcome: 'removed', remainder: [] },
  ],
];

it.each(ENDS)('says what is left when %s', async (_, capabilities, account, end) => {
  suite = await openSuite(capabilities);
  Object.assign(suite.provider.account, account);
  const run = await offboard(suite, { keepFor: 'PT0S' });
  expect(await run.result()).toMatchObject(end);
  const { outcome, remainder } = await run.progress();
  expect({ outcome, remainder }).toEqual(end);
});

it('counts as removed only what the provider no longer shows', async () => {
  suite = await openSuite();
  Object.assign(suite.provider.account, { ...full, stuck: true });
  const run = await offboard(suite, { keepFor: 'PT0S' });
  const { removed } = await run.result();
  expect(removed.map(({ what }) => what)).toEqual(['access', 'ssn-monitoring']);
});

it('says that it cannot know where the provider shows no list any more after it has removed', async () => {
  suite = await openSuite({}, { clock: 'real' });
  const { account, effects } = suite.provider;
  const members = () => (effects.includes('removeMember bo') ? undefined : full.members);
  Object.defineProperty(account, 'members', { get: members, set: () => {}, enumerable: true });
  const { removed, remainder } = await (await offboard(suite, { keepFor: 'PT0S' })).result();
  expect(remainder).toEqual([{ step: 'removeMembers', code: 'NotReadable' }]);
  expect(removed).toContainEqual(expect.objectContaining({ what: 'member', count: 2 }));
});

it('ends the run of a member whom the provider does not list, and waits until it has taken the member back', async () => {
  suite = await openSuite({}, { clock: 'real' });
  const { reference, member } = await memberInvited(suite);
  suite.provider.account.members = [];
  const record = await (await offboard(suite, { reference, keepFor: 'PT0S' })).result();
  expect(record).toMatchObject({ outcome: 'removed', remainder: [] });
  expect(await member.result()).toMatchObject({ status: 'removed' });
  expect(suite.provider.effects.slice(2)).toEqual(['deactivateAccount', 'removeMember anna', 'removeAccount']);
});

it('counts once a member whose own run takes it back', async () => {
  suite = await openSuite({}, { clock: 'real' });
  const { reference } = await memberInvited(suite);
  const record = await (await offboard(suite, { reference, keepFor: 'PT0S' })).result();
  expect(record).toMatchObject({ outcome: 'removed', remainder: [] });
  expect(record.removed).toContainEqual(expect.objectContaining({ what: 'member', count: 1 }));
});

it('lists a member whose run could not take it back', async () => {
  suite = await openSuite({}, { clock: 'real' });
  const { reference } = await memberInvited(suite);
  suite.provider.account.members = [];
  suite.provider.failForever('removeMember', permanent('Forbidden'));
  const record = await (await offboard(suite, { reference, keepFor: 'PT0S' })).result();
  expect(record).toMatchObject({ remainder: [{ step: 'removeMembers', code: 'Forbidden' }] });
});

it('keeps nobody waiting for an account that nobody can remove', async () => {
  suite = await openSuite({ remove: false }, { clock: 'real' });
  expect(await (await offboard(suite)).result()).toMatchObject({ outcome: 'deactivated' });
});

it.each([
  ['skip', 'removed', [{ step: 'removeMembers', code: 'skipped' }]],
  ['abort', 'aborted', [{ step: 'removeMembers', code: 'Conflict' }]],
] as const)('waits for an operator when a step fails: %s', async (action, outcome, remainder) => {
  suite = await openSuite({}, { clock: 'real' });
  Object.assign(suite.provider.account, full);
  suite.provider.failForever('removeMember', permanent('Conflict'));
  const run = await offboard(suite, { keepFor: 'PT0S' });
  const { attention } = await run.until((story) => story.attention !== undefined);
  expect(attention).toMatchObject({ step: 'removeMembers', code: 'Conflict', allowed: ['retry', 'skip', 'abort'] });
  await run.handle.executeUpdate(resolve, { args: [{ step: 'removeMembers', action }] });
  expect(await run.result()).toMatchObject({ outcome, remainder });
});

it('goes on where it was when the operator says retry, and counts each member once', async () => {
  suite = await openSuite({}, { clock: 'real' });
  Object.assign(suite.provider.account, full);
  suite.provider.fail('disableSsnMonitoring', permanent('Forbidden'));
  const run = await offboard(suite, { keepFor: 'PT0S' });
  await run.until((story) => story.attention?.step === 'disableSsnMonitoring');
  await run.handle.executeUpdate(resolve, { args: [{ step: 'disableSsnMonitoring', action: 'retry' }] });
  const { outcome, removed } = await run.result();
  expect(outcome).toBe('removed');
  expect(removed.find(({ what }) => what === 'member')).toMatchObject({ count: 2 });
});

it('lists the step that a cancel came into, of which nobody can say whether it had its effect', async () => {
  suite = await openSuite({}, { clock: 'real' });
  Object.assign(suite.provider.account, full);
  suite.provider.failForever('disableSsnMonitoring', transient('UnknownOutcome', 10));
  const run = await offboard(suite, { keepFor: 'PT0S' });
  await eventually(async () => suite.provider.attempts.includes('disableSsnMonitoring'), Boolean);
  await run.handle.cancel();
  const { outcome, removed, remainder } = await run.result();
  expect({ outcome, remainder }).toEqual({
    outcome: 'aborted',
    remainder: [{ step: 'disableSsnMonitoring', code: 'Cancelled' }],
  });
  expect(removed.map(({ what }) => what)).toEqual(['access', 'member', 'watchlist-item']);
});

it('leaves an account alone that is not ours', async () => {
  suite = await openSuite({}, { clock: 'real' });
  suite.provider.fail('findAccount', permanent('AccountNotOurs'));
  expect(await (await offboard(suite)).result()).toMatchObject({
    outcome: 'nothing-there',
    reason: { code: 'AccountNotOurs' },
  });
  expect(suite.provider.effects).toEqual([]);
});

it('brings the account back when it is cancelled while it is kept', async () => {
  suite = await openSuite({}, { clock: 'real' });
  Object.assign(suite.provider.account, full);
  const run = await offboard(suite);
  await run.until((story) => story.wait?.for === 'retention');
  await run.handle.cancel();
  const record = await run.result();
  expect(record).toMatchObject({ outcome: 'brought-back', remainder: [] });
  expect(record.removed).toEqual([]);
  expect(suite.provider.effects).toEqual(['deactivateAccount', 'applyChange activate']);
  expect(suite.provider.account).toMatchObject({ active: true });
});

it('ends aborted and says so where the provider cannot bring an account back', async () => {
  suite = await openSuite({ changes: [] }, { clock: 'real' });
  const run = await offboard(suite);
  await run.until((story) => story.wait?.for === 'retention');
  await run.handle.cancel();
  expect(await run.result()).toMatchObject({
    outcome: 'aborted',
    removed: [{ what: 'access', count: 1 }],
    remainder: [{ step: 'keepAccount', code: 'NotSupported' }],
  });
});

it('fails with the record when the account does not come back', async () => {
  suite = await openSuite({}, { clock: 'real' });
  suite.provider.failForever('applyChange', permanent('Conflict'));
  const run = await offboard(suite);
  await run.until((story) => story.wait?.for === 'retention');
  await run.handle.cancel();
  await expect(run.result()).rejects.toMatchObject({
    cause: {
      type: 'UndoIncomplete',
      details: [{ outcome: 'aborted', remainder: [{ step: 'keepAccount', code: 'Conflict' }] }],
    },
  });
});
