import type { Holdings } from '../../../contract/management.ts';
import { MOST_FINDINGS, type Finding } from '../../../contract/reconciliation.ts';
import type { Belief } from '../../../contract/runs.ts';
import { differences, foreign, isDecided } from '../../../workflows/reconciliation/comparison.ts';
import { newReconciliation, outcomeOf, toReconciliation, withPage } from '../../../workflows/reconciliation/state.ts';

const asOf = '2026-11-01T00:00:00.000Z';
const believed: Belief = {
  reference: 'c-1',
  accountId: 'a-1',
  outcome: 'completed',
  account: 'active',
  open: false,
  ssnMonitoring: 'yes',
  members: [{ reference: 'anna', accepted: true }],
  asOf,
};
const anna = { memberId: 'm-1', reference: 'anna', accepted: 'yes' } as const;
const there: Holdings = {
  exists: true,
  active: 'yes',
  emailVerified: 'yes',
  ssnPresent: 'yes',
  ssnMonitoring: 'yes',
  members: [anna],
};
const gone: Holdings = { ...there, exists: false };

type Told = Partial<Finding>[];
const CASES: [string, Partial<Belief>, Partial<Holdings> | undefined, Told][] = [
  ['all agrees', {}, {}, []],
  ['nothing is there, as believed', { account: 'none' }, undefined, []],
  ['an account is gone', {}, { exists: false }, [{ kind: 'missing', code: 'NoAccount' }]],
  ['an account is not found', { account: 'kept' }, undefined, [{ kind: 'missing', code: 'NoAccount' }]],
  ['one that an onboarding still needs is gone', { open: true }, undefined, [{ kind: 'missing', code: 'NoAccount' }]],
  ['what an undo left is gone', { account: 'kept', left: 'account' }, undefined, []],
  ['nobody knows what to expect', { account: 'unknown' }, undefined, []],
  [
    'a removed account is still there',
    { account: 'none' },
    { ssnMonitoring: 'unknown' },
    [{ kind: 'half-done', code: 'StillThere' }],
  ],
  [
    'an account in use is inactive',
    { ssnMonitoring: 'unknown' },
    { active: 'no' },
    [{ kind: 'half-done', code: 'Inactive' }],
  ],
  [
    'a deactivated account is in use',
    { account: 'deactivated', ssnMonitoring: 'unknown' },
    {},
    [{ kind: 'half-done', code: 'StillActive' }],
  ],
  ['an account that was kept is inactive', { account: 'kept' }, { active: 'no' }, []],
  ['activity is not shown', {}, { active: 'unknown' }, []],
  [
    'undo could not take the account back',
    { account: 'kept', left: 'account', ssnMonitoring: 'unknown' },
    {},
    [{ kind: 'half-done', code: 'AccountLeft', repair: 'deactivate' }],
  ],
  [
    'undo could not, and somebody has deactivated it since',
    { account: 'kept', left: 'account', ssnMonitoring: 'unknown' },
    { active: 'no' },
    [{ kind: 'half-done', code: 'AccountLeft' }],
  ],
  [
    'undo could not, and the provider does not show whether it may be used',
    { account: 'kept', left: 'account', ssnMonitoring: 'unknown' },
    { active: 'unknown' },
    [{ kind: 'half-done', code: 'AccountLeft' }],
  ],
  [
    'undo left parts',
    { account: 'kept', left: 'parts', ssnMonitoring: 'unknown' },
    {},
    [{ kind: 'half-done', code: 'PartsLeft' }],
  ],
  [
    'an offboarding was aborted',
    { account: 'kept', left: 'offboarding', ssnMonitoring: 'unknown' },
    {},
    [{ kind: 'half-done', code: 'OffboardingAborted' }],
  ],
  [
    'monitoring is off without a reason',
    {},
    { ssnMonitoring: 'no' },
    [{ kind: 'monitoring-off', code: 'SwitchedOff', repair: 'ssn-monitoring-on' }],
  ],
  ['monitoring is off for a reason', { ssnMonitoring: 'no' }, { ssnMonitoring: 'no' }, []],
  ['monitoring is not shown', {}, { ssnMonitoring: 'unknown' }, []],
  ['monitoring may be either', { ssnMonitoring: 'unknown' }, { ssnMonitoring: 'no' }, []],
  [
    'monitoring was switched off here, and is on',
    { ssnMonitoring: 'no' },
    {},
    [{ kind: 'monitoring-on', code: 'SwitchedOn' }],
  ],
  ['an accepted member is gone', {}, { members: [] }, [{ kind: 'member', code: 'MemberMissing', member: 'anna' }]],
  [
    'a member who accepted may be the one without a reference',
    {},
    { members: [{ memberId: 'm-2', accepted: 'yes' }] },
    [],
  ],
  ['a member who never accepted is gone', { members: [{ reference: 'anna', accepted: false }] }, { members: [] }, []],
  [
    'a member of ours is there that nobody added',
    {},
    { members: [anna, { ...anna, reference: 'bo' }] },
    [{ kind: 'member', code: 'MemberUnknown', member: 'bo' }],
  ],
  [
    'the customer has added somebody at the provider',
    {},
    { members: [anna, { memberId: 'm-2', accepted: 'yes' }] },
    [],
  ],
  [
    'several things differ at once',
    {},
    { active: 'no', ssnMonitoring: 'no', members: [] },
    [{ kind: 'half-done' }, { kind: 'monitoring-off', repair: 'ssn-monitoring-on' }, { kind: 'member' }],
  ],
  ['a run is under way', { open: true }, { active: 'no', ssnMonitoring: 'no', members: [] }, []],
];

it.each(CASES)('when %s', (_, belief, holdings, wanted) => {
  const found = differences({ ...believed, ...belief }, holdings && { ...there, ...holdings });
  expect(found).toMatchObject(wanted);
  expect(found).toHaveLength(wanted.length);
  for (const each of found) expect(each).toMatchObject({ reference: 'c-1', accountId: 'a-1', asOf });
  for (const [index, each] of found.entries()) expect(each.repair).toBe(wanted[index]!.repair);
});

it('repairs only what our own runs have on record, and never an account that somebody may have locked', () => {
  const repaired = CASES.flatMap(([, belief, holdings]) =>
    differences({ ...believed, ...belief }, holdings && { ...there, ...holdings }),
  ).flatMap(({ code, repair }) => (repair ? [`${code}: ${repair}`] : []));
  expect([...new Set(repaired)].toSorted()).toEqual(['AccountLeft: deactivate', 'SwitchedOff: ssn-monitoring-on']);
});

const { accountId: _id, ...nameless } = believed;

it.each<[string, Belief | undefined, string[]]>([
  ['no run of ours made it', undefined, ['NoRun']],
  ['our runs made another', { ...believed, accountId: 'a-2' }, ['OtherAccount']],
  ['our runs made it', believed, []],
  ['a run is about to make it', nameless, []],
])('an account in the provider’s list when %s', (_, belief, codes) => {
  const found = foreign({ ...there, accountId: 'a-1', reference: 'c-1' }, belief);
  expect(found.map(({ code }) => code)).toEqual(codes);
});

it.each<[Partial<Belief>, boolean]>([
  [{}, true],
  [{ account: 'none' }, true],
  [{ account: 'unknown' }, false],
  [{ open: true }, false],
])('a comparison with %j is decided: %s', (belief, decided) => {
  expect(isDecided({ ...believed, ...belief })).toBe(decided);
});

describe('the state of a run', () => {
  const empty = newReconciliation({ provider: 'defentry' }, 0);
  const finding = (reference: string): Finding => ({ kind: 'missing', code: 'NoAccount', reference });

  it('counts each finding once, however often its account comes', () => {
    const once = withPage(empty, { found: [finding('c-1')], known: 1, differing: 1 });
    const twice = withPage(once, { found: [finding('c-1'), finding('c-2')], known: 2, differing: 2 });
    expect(twice.counts.findings.missing).toBe(2);
    expect(twice.findings.map(({ reference }) => reference)).toEqual(['c-1', 'c-2']);
    expect(empty.counts.findings.missing).toBe(0);
  });

  it('lists so many findings, counts all, and says how many are not listed', () => {
    const many = Array.from({ length: MOST_FINDINGS + 7 }, (_, index) => finding(`c-${index}`));
    const state = withPage(empty, { found: many });
    expect(toReconciliation(state, 1)).toMatchObject({
      unlisted: 7,
      counts: { findings: { missing: MOST_FINDINGS + 7 } },
    });
    expect(state.findings).toHaveLength(MOST_FINDINGS);
    // Less than a tenth of what Temporal takes as one payload.
    expect(JSON.stringify(state).length).toBeLessThan(200_000);
  });

  it.each([
    [empty, 'agreed'],
    [withPage(empty, { found: [finding('c-1')] }), 'differences'],
    [{ ...withPage(empty, { found: [finding('c-1')] }), stopped: 'Unavailable' }, 'stopped'],
  ])('says in one word how it ended', (state, word) => {
    expect(outcomeOf(state)).toBe(word);
  });
});

it('an account that is gone has no other difference', () => {
  expect(differences(believed, gone)).toHaveLength(1);
});
