import { DEFAULT_KEEP_FOR } from '../../../contract/offboarding.ts';
import { DEFAULT_POLICY } from '../../../contract/policy.ts';
import {
  newOffboarding,
  noteRemoved,
  remainderOf,
  standing,
  toErasureRecord,
} from '../../../workflows/offboarding/state.ts';
import { endStep, startStep } from '../../../workflows/engine/state.ts';

const AT = Date.parse('2026-01-01T00:00:00Z');
const fresh = newOffboarding({ provider: 'defentry', reference: 'c-1', policy: { undoWithin: 'PT1H' } });
const found = { ...fresh, accountId: 'a-1' };

it('takes the defaults of the one table for what the request leaves out', () => {
  expect([fresh.keepFor, fresh.policy]).toEqual([
    DEFAULT_KEEP_FOR,
    { attention: DEFAULT_POLICY.attention, undoWithin: 'PT1H' },
  ]);
});

it('counts what is removed by its kind, with the instant of the last', () => {
  const once = noteRemoved(noteRemoved(fresh, 'member', AT, 2), 'access', AT);
  expect(noteRemoved(once, 'member', AT + 1000).removed).toEqual([
    { what: 'access', count: 1, at: '2026-01-01T00:00:00.000Z' },
    { what: 'member', count: 3, at: '2026-01-01T00:00:01.000Z' },
  ]);
});

it.each([
  ['nothing-there', fresh],
  ['kept', found],
  ['deactivated', endStep(found, 'deactivateAccount', 'done', AT)],
  ['deactivated', endStep(endStep(found, 'deactivateAccount', 'done', AT), 'proveRemoval', 'gap', AT, 'StillThere')],
  ['removed', endStep(found, 'proveRemoval', 'done', AT)],
])('stands %s', (outcome, state) => {
  expect(standing(state)).toBe(outcome);
});

it('lists as remainder what a settled step has left or not proven', () => {
  const settled = endStep(
    endStep(endStep(found, 'removeMembers', 'skipped', AT, 'skipped'), 'deactivateAccount', 'done', AT),
    'disableSsnMonitoring',
    'done',
    AT,
    'NotReadable',
  );
  const remainder = [
    { step: 'removeMembers', code: 'skipped' },
    { step: 'disableSsnMonitoring', code: 'NotReadable' },
  ];
  expect(remainderOf(startStep(settled, 'removeAccount', AT))).toEqual(remainder);
  expect(toErasureRecord(settled, 'aborted', { code: 'Cancelled' })).toEqual({
    provider: 'defentry',
    reference: 'c-1',
    accountId: 'a-1',
    outcome: 'aborted',
    removed: [],
    remainder,
    reason: { code: 'Cancelled' },
  });
});
