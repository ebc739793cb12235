import type { AccountChange, ChangeProgress, RequestedChange } from '../../../contract/change.ts';
import { changeFault } from '../../../workflows/engine/change-fault.ts';
import { CHANGE_KINDS } from '../../../contract/change.ts';
import {
  ahead,
  beginNext,
  differs,
  endChange,
  enqueue,
  findChange,
  memberReported,
  newChangeRun,
  openChanges,
  running,
  withCurrent,
  withoutCurrentSsn,
  type ChangeState,
} from '../../../workflows/change/state.ts';
import { changeSentence, toChangeProgress, toChangesProgress } from '../../../workflows/change/progress.ts';
import {
  changeEnded,
  changesEmail,
  handOver,
  openChanges as openHandedOver,
} from '../../../workflows/onboarding/state-changes.ts';
import { carriedOn, newOnboarding } from '../../../workflows/onboarding/state.ts';
import { endStep, stepOf } from '../../../workflows/engine/state.ts';
import { isAnother, sameChange } from '../../../contract/same-change.ts';

const AT = Date.parse('2026-01-01T00:00:00Z');
const SSN = '19900101-1234';
const person = { firstName: 'Anna', lastName: 'Test', email: 'anna@example.com', ssn: SSN };
const email: AccountChange = { kind: 'change-email', email: 'new@example.com' };
const add: AccountChange = { kind: 'add-member', member: { reference: 'anna', person } };
const request = (changeId: string, change: AccountChange): RequestedChange => ({ changeId, change, ifBusy: 'wait' });

const fresh = newChangeRun({ provider: 'defentry', reference: 'c-1' });
const two = enqueue(enqueue(fresh, request('one', email)), request('two', add));
const first = withCurrent(beginNext(two, AT), { emailBefore: 'old@example.com', mayBeApplied: true });
const second = beginNext(endChange(first, 'one', { status: 'done' }, AT), AT);

it.each([fresh, two, first, second])('is the same after JSON: continue-as-new carries it as JSON', (state) => {
  expect(JSON.parse(JSON.stringify(state))).toEqual(state);
  expect(toChangesProgress(JSON.parse(JSON.stringify(state)) as ChangeState)).toEqual(toChangesProgress(state));
});

it('queues in the order of asking, the same id once', () => {
  expect(openChanges(two).map(({ changeId }) => changeId)).toEqual(['one', 'two']);
  expect(enqueue(two, request('one', { kind: 'activate' }))).toBe(two);
  expect([ahead(two, 'one'), ahead(two, 'two'), ahead(second, 'one')]).toEqual([0, 1, 0]);
});

it('begins the next change with nothing left of the one before', () => {
  expect(running(second)).toMatchObject({ changeId: 'two', status: 'running' });
  expect(second.current).toEqual({ change: add, mayBeApplied: false });
  const worn = endStep({ ...first, hints: { emailVerified: 3 } }, 'findAccount', 'done', AT);
  const next = beginNext(endChange(worn, 'one', { status: 'done' }, AT), AT);
  expect(stepOf(next, 'findAccount').status).toBe('pending');
  expect(next.hints).toEqual({ emailVerified: 0 });
});

const print = (changeId: string, change: AccountChange, fingerprint?: string): RequestedChange => ({
  ...request(changeId, change),
  ...(fingerprint !== undefined && { fingerprint }),
});

it.each([
  ['the same', 'a', 'a', false],
  ['another change of its kind', 'a', 'b', true],
  ['one from a library without fingerprints', 'a', undefined, false],
  ['one after an older run', undefined, 'b', false],
])('knows an ended change by its fingerprint, and by its kind alone without: %s', (_, kept, asked, other) => {
  const ended = endChange(beginNext(enqueue(fresh, print('one', email, kept)), AT), 'one', { status: 'done' }, AT);
  const again = print('one', { ...email, email: 'other@example.com' }, asked);
  expect(differs(findChange(ended, 'one')!, again)).toBe(other);
  expect(differs(findChange(ended, 'one')!, print('one', { kind: 'activate' }, kept))).toBe(true);
  expect(toChangesProgress(ended).changes[0]?.fingerprint).toBe(kept);
  expect(toChangeProgress(findChange(ended, 'one')!)).not.toHaveProperty('fingerprint');
  const handed = changeEnded(handOver(onboarding, print('one', email, kept)), { ...told, kind: 'change-email' });
  expect(isAnother(handed.changes[0]!, again)).toBe(other);
});

it('forgets what was asked for once it has ended, and shows it never', () => {
  expect(JSON.stringify(endChange(first, 'one', { status: 'expired' }, AT))).not.toContain('new@example.com');
  expect(JSON.stringify([toChangesProgress(first), changeSentence(first)])).not.toContain('example.com');
  const spared = withoutCurrentSsn(second);
  expect(JSON.stringify(spared)).not.toContain(SSN);
  expect(differs(findChange(spared, 'two')!, request('two', add))).toBe(false);
});

it('remembers the last two hundred that have ended, and every one that is open', () => {
  let state = fresh;
  for (let number = 0; number < 250; number += 1) {
    state = enqueue(state, request(`c-${number}`, { kind: 'activate' }));
    state = endChange(beginNext(state, AT), `c-${number}`, { status: 'done' }, AT);
  }
  state = enqueue(state, request('open', email));
  expect([state.changes.length, state.changes[0]!.changeId, state.changes.at(-1)!.changeId]).toEqual([
    201,
    'c-50',
    'open',
  ]);
});

it('takes the word of a member’s run only for the member of the change, and its end for good', () => {
  expect(memberReported(second, 'bo', 'invited')).toBe(second);
  expect(memberReported(first, 'anna', 'invited')).toBe(first);
  const invited = memberReported(second, 'anna', 'invited');
  expect(invited.current!.member).toBe('invited');
  const gone = memberReported(invited, 'anna', { reference: 'anna', status: 'removed' });
  expect(memberReported(gone, 'anna', 'invited')).toBe(gone);
});

it.each([
  [email, { email: 'new@example.com', kind: 'change-email' }, true],
  [email, { kind: 'change-email', email: 'other@example.com' }, false],
  [add, { kind: 'add-member', member: { person: { ...person, ssn: '1' }, reference: 'anna' } }, true],
  [add, { kind: 'add-member', member: { reference: 'anna', person: { ...person, phone: '+46' } } }, false],
  [{ kind: 'update-profile', profile: {} }, { kind: 'update-profile', profile: { phone: '+46' } }, false],
] as [AccountChange, AccountChange, boolean][])('compares what is asked for: %#', (one, other, same) => {
  expect([sameChange(one, other), sameChange(other, one)]).toEqual([same, same]);
});

const GOOD: AccountChange[] = [
  email,
  { kind: 'delete-email' },
  { kind: 'change-supervisor', supervisorId: '1' },
  { kind: 'change-rights', rights: {} },
  { kind: 'set-password', by: 'generated' },
  { kind: 'upgrade-plan', planId: '1' },
  { kind: 'downgrade-plan', planId: '1' },
  { kind: 'update-profile', profile: {} },
  { kind: 'activate' },
  { kind: 'deactivate' },
  { kind: 'ssn-monitoring-on' },
  { kind: 'ssn-monitoring-off' },
  { kind: 'add-watchlist-item', item: { kind: 'email', value: 'a' } },
  { kind: 'remove-watchlist-item', item: { kind: 'phone', value: '+46' } },
  add,
  { ...add, kind: 'remove-member' },
  { ...add, kind: 'invite-member' },
];

it('takes every kind in its own form, and none without what it needs', () => {
  expect(GOOD.map(({ kind }) => kind)).toEqual([...CHANGE_KINDS]);
  expect(GOOD.map((change) => changeFault(request('c', change)))).toEqual(GOOD.map(() => undefined));
  const bare = GOOD.filter((change) => Object.keys(change).length > 1).map(({ kind }) => ({ kind }) as AccountChange);
  expect(bare.map((change) => changeFault(request('c', change)))).not.toContain(undefined);
  expect(changeFault({ ...request('c', email), fingerprint: 7 })).toMatch(/^fingerprint: must be/);
});

const onboarding = newOnboarding({
  provider: 'defentry',
  reference: 'c-1',
  kind: 'single',
  person,
  ssnMonitoring: true,
});
const told = { changeId: 'one', status: 'done' } as const;

it('follows in an onboarding what a change has done, and only that', () => {
  const open = handOver(onboarding, request('one', email));
  expect([changesEmail(open), changesEmail(onboarding), openHandedOver(open).length]).toEqual([true, false, 1]);
  const changed = changeEnded(open, { ...told, kind: 'change-email', email: 'new@example.com', emailVerified: true });
  expect([changed.request.person.email, changed.hints.emailVerified, changesEmail(changed)]).toEqual([
    'new@example.com',
    1,
    false,
  ]);
  const expired = changeEnded(open, { changeId: 'one', kind: 'change-email', status: 'expired' });
  expect([expired.request, expired.hints]).toEqual([onboarding.request, onboarding.hints]);
  const off = changeEnded(open, { ...told, kind: 'ssn-monitoring-off' });
  expect(off.request.ssnMonitoring).toBe(false);
  const monitoring = ['done', 'failed', 'refused', 'aborted'].map(
    (status) =>
      changeEnded(open, { changeId: 'one', status, kind: 'ssn-monitoring-on' } as ChangeProgress).monitoringMayBeOn,
  );
  expect(monitoring).toEqual([true, true, false, false]);
});

it('goes on with an onboarding of a version that knew no changes', () => {
  const { changes: _, ...old } = onboarding;
  expect(carriedOn(old as typeof onboarding).changes).toEqual([]);
});
