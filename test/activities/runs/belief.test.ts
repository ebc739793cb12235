import { believe } from '../../../activities/runs/belief.ts';
import type { Asked, Told } from '../../../activities/runs/endings.ts';
import type { ChangeKind, ChangeStatus } from '../../../contract/change.ts';
import type { ErasureRecord } from '../../../contract/offboarding.ts';
import type { OnboardingResult, Remainder } from '../../../contract/progress.ts';
import type { Belief } from '../../../contract/runs.ts';

const DAY = 86_400_000;
const run = (type: Told['type'], startedAt: number, open = false) => ({
  type,
  reference: 'c-1',
  workflowId: `${type}.defentry.c-1`,
  runId: 'r',
  startedAt: startedAt * DAY,
  accountKnown: true,
  ...(open ? {} : { endedAt: (startedAt + 1) * DAY }),
});

const completed: OnboardingResult = {
  outcome: 'completed',
  accountId: 'a-1',
  gaps: [],
  members: [],
  account: 'active',
};

function onboarding(
  result: Partial<OnboardingResult & { remainder: Remainder[] }> = {},
  asked: Asked = { ssnMonitoring: true },
): Told {
  return { type: 'onboarding', run: run('onboarding', 1), asked, result: { ...completed, ...result } };
}

function change(kind: ChangeKind, status: ChangeStatus = 'done', startedAt = 3): Told {
  return { type: 'change', run: run('change', startedAt), result: { changes: [{ changeId: kind, kind, status }] } };
}

function offboarding(outcome: ErasureRecord['outcome'], removed: ErasureRecord['removed'] = []): Told {
  const record: ErasureRecord = { provider: 'defentry', reference: 'c-1', outcome, removed, remainder: [] };
  return { type: 'offboarding', run: run('offboarding', 5), result: record };
}

const openRun = (type: Told['type']): Told => ({ type, run: run(type, 7, true) });
const monitoringOff = { what: 'ssn-monitoring', count: 1, at: '' } as const;
const gap = (step: string) => ({ gaps: [{ step, reason: 'deadline' }] });
const kept = { outcome: 'aborted', account: 'kept' } as const;

const CASES: [string, Told[], Partial<Belief>][] = [
  ['nothing is left', [], { account: 'unknown', ssnMonitoring: 'unknown', open: false }],
  [
    'an onboarding completed',
    [onboarding()],
    { account: 'active', accountId: 'a-1', ssnMonitoring: 'yes', outcome: 'completed' },
  ],
  ['monitoring was not asked for', [onboarding({}, {})], { account: 'active', ssnMonitoring: 'unknown' }],
  ['monitoring was given up', [onboarding(gap('enableSsnMonitoring'))], { ssnMonitoring: 'unknown' }],
  [
    'what was asked for cannot be read',
    [{ type: 'onboarding', run: run('onboarding', 1), result: completed }],
    { ssnMonitoring: 'unknown' },
  ],
  ['nobody waited for the address', [onboarding({}, { awaitEmailVerified: false })], { account: 'kept' }],
  ['an operator left the address out', [onboarding(gap('verifyEmail'))], { account: 'kept' }],
  ['an onboarding is open', [openRun('onboarding')], { account: 'kept', open: true }],
  [
    'an onboarding that knows no account yet is open',
    [{ type: 'onboarding', run: { ...run('onboarding', 1, true), accountKnown: false } }],
    { account: 'unknown', open: true },
  ],
  [
    'an onboarding was rejected',
    [onboarding({ outcome: 'rejected', account: 'none' })],
    { account: 'none', ssnMonitoring: 'unknown' },
  ],
  ['an aborted one was kept by policy', [onboarding(kept)], { account: 'kept', ssnMonitoring: 'unknown' }],
  [
    'undo could not remove the account',
    [onboarding({ ...kept, remainder: [{ step: 'createAccount', code: 'Forbidden' }] })],
    { account: 'kept', left: 'account' },
  ],
  [
    'undo could not remove a member',
    [onboarding({ ...kept, remainder: [{ step: 'members.anna', code: 'Forbidden' }] })],
    { account: 'kept', left: 'parts' },
  ],
  [
    'what undo left was deactivated',
    [onboarding({ ...kept, remainder: [{ step: 'createAccount', code: 'X' }] }), change('deactivate')],
    { account: 'deactivated' },
  ],
  [
    'a change switched monitoring off',
    [onboarding(), change('ssn-monitoring-off')],
    { account: 'active', ssnMonitoring: 'no' },
  ],
  ['a change switched it on', [onboarding({}, {}), change('ssn-monitoring-on')], { ssnMonitoring: 'yes' }],
  [
    'the last change counts',
    [onboarding(), change('ssn-monitoring-off'), change('ssn-monitoring-on', 'done', 4)],
    { ssnMonitoring: 'yes' },
  ],
  ['a change was refused', [onboarding(), change('ssn-monitoring-off', 'refused')], { ssnMonitoring: 'yes' }],
  ['a change was undone', [onboarding(), change('ssn-monitoring-off', 'aborted')], { ssnMonitoring: 'yes' }],
  [
    'a change may have taken effect',
    [onboarding(), change('ssn-monitoring-off', 'failed')],
    { ssnMonitoring: 'unknown' },
  ],
  [
    'what is on could not be switched on once more',
    [onboarding(), change('ssn-monitoring-on', 'failed')],
    { ssnMonitoring: 'yes' },
  ],
  [
    'what is off may have been switched on',
    [onboarding(), change('ssn-monitoring-off'), change('ssn-monitoring-on', 'failed', 4)],
    { ssnMonitoring: 'unknown' },
  ],
  [
    'another plan may be without monitoring',
    [onboarding(), change('downgrade-plan')],
    { account: 'active', ssnMonitoring: 'unknown' },
  ],
  ['a change deactivated the account', [onboarding(), change('deactivate')], { account: 'deactivated' }],
  [
    'a change activated it again',
    [onboarding(), change('deactivate'), change('activate', 'done', 4)],
    { account: 'active' },
  ],
  ['a change of no matter', [onboarding(), change('update-profile')], { account: 'active', ssnMonitoring: 'yes' }],
  [
    'changes are under way',
    [onboarding(), openRun('change')],
    { account: 'kept', ssnMonitoring: 'unknown', open: true },
  ],
  ['an offboarding removed it', [onboarding(), offboarding('removed')], { account: 'none' }],
  ['an offboarding found nothing', [onboarding(), offboarding('nothing-there')], { account: 'none' }],
  [
    'an offboarding could only deactivate',
    [onboarding(), offboarding('deactivated', [monitoringOff])],
    { account: 'deactivated', ssnMonitoring: 'no' },
  ],
  ['an offboarding was taken back', [onboarding(), offboarding('brought-back')], { account: 'active' }],
  ['an offboarding was aborted', [onboarding(), offboarding('aborted')], { account: 'kept', left: 'offboarding' }],
  ['an offboarding is open', [onboarding(), openRun('offboarding')], { account: 'unknown', open: true }],
  [
    'the histories of a removed account are erased, or about to be',
    [offboarding('removed'), openRun('erasure')],
    { account: 'none', open: false },
  ],
  ['nothing but the erasure is left', [openRun('erasure')], { account: 'unknown', open: false }],
  ['only changes are left', [change('ssn-monitoring-off')], { account: 'unknown', ssnMonitoring: 'no' }],
];

it.each(CASES)('when %s', (_, told, wanted) => {
  const belief = believe('c-1', told);
  expect(belief).toMatchObject({ reference: 'c-1', ...wanted });
  expect(belief.left).toBe(wanted.left);
});

const members: OnboardingResult['members'] = [
  { reference: 'anna', status: 'accepted' },
  { reference: 'bo', status: 'gap' },
  { reference: 'cy', status: 'removed' },
];

it('knows members from the onboarding, until a change of members that does not say of whom', () => {
  expect(believe('c-1', [onboarding({ members })]).members).toEqual([
    { reference: 'anna', accepted: true },
    { reference: 'bo', accepted: false },
  ]);
  expect(believe('c-1', [onboarding({ members }), change('add-member')])).not.toHaveProperty('members');
  expect(believe('c-1', [onboarding({ members }), openRun('change')])).not.toHaveProperty('members');
});

it('is as of the last run that says so', () => {
  expect(believe('c-1', [onboarding()]).asOf).toBe('1970-01-03T00:00:00.000Z');
  expect(believe('c-1', [onboarding(), change('activate')]).asOf).toBe('1970-01-05T00:00:00.000Z');
  expect(believe('c-1', [onboarding(), openRun('change')]).asOf).toBe('1970-01-08T00:00:00.000Z');
});
