import type { AccountChange, RequestedChange } from '../../../contract/change.ts';
import { changesOf, newEmail, type Changes } from './changes.ts';
import { permanent } from '../scripted-provider.ts';
import { openSuite, type Suite } from '../suite.ts';

let suite: Suite;
beforeEach(async () => {
  suite = await openSuite({}, { clock: 'real' });
});
afterEach(() => suite.close());

const UP: AccountChange = { kind: 'upgrade-plan', planId: '2' };
const DOWN: AccountChange = { kind: 'downgrade-plan', planId: '1' };

/** A change that stays under way until `release`. */
async function busy(changes: Changes): Promise<() => void> {
  const held = suite.provider.hold('applyChange');
  await changes.ask(UP, { changeId: 'first' });
  await held.entered;
  return held.release;
}

it('makes one change at a time, in the order of asking', async () => {
  const changes = changesOf(suite);
  const release = await busy(changes);
  expect(await changes.ask(DOWN)).toBe(1);
  expect(await changes.ask({ kind: 'activate' })).toBe(2);
  const { changes: list, next } = await changes.progress();
  expect(list.map(({ status }) => status)).toEqual(['running', 'queued', 'queued']);
  expect(next).toBe('upgrade-plan: Working on applyChange. 2 more to come.');
  release();
  expect((await changes.result()).map(({ status }) => status)).toEqual(['done', 'done', 'done']);
  expect(suite.provider.effects).toEqual([
    'applyChange upgrade-plan',
    'applyChange downgrade-plan',
    'applyChange activate',
  ]);
});

it('refuses a second change when asked to, and goes on with the first', async () => {
  const changes = changesOf(suite);
  const release = await busy(changes);
  await expect(changes.ask(DOWN, { ifBusy: 'refuse' })).rejects.toMatchObject({
    cause: { type: 'Busy', message: expect.stringMatching(/^ifBusy: another change .* is under way/) },
  });
  release();
  expect(await changes.result()).toHaveLength(1);
});

it('takes the same change once, while it waits and after it has ended', async () => {
  const changes = changesOf(suite);
  const release = await busy(changes);
  expect(await changes.ask(DOWN, { changeId: 'second' })).toBe(1);
  expect(await changes.ask({ planId: '1', kind: 'downgrade-plan' }, { changeId: 'second', ifBusy: 'refuse' })).toBe(1);
  suite.provider.fail('checkChange', permanent('Invalid'));
  release();
  await changes.until(({ attention }) => attention?.step === 'checkChange');
  expect(await changes.ask(UP, { changeId: 'first' })).toBe(0);
  await changes.handle.executeUpdate('resolve', { args: [{ step: 'checkChange', action: 'retry' }] });
  expect(await changes.result()).toHaveLength(2);
});

it('goes on with the next change when one was refused', async () => {
  suite.provider.refusals['upgrade-plan'] = 'planId: …';
  const changes = changesOf(suite);
  const held = suite.provider.hold('applyChange');
  await changes.ask({ kind: 'activate' });
  await held.entered;
  await changes.ask(UP);
  await changes.ask(DOWN);
  held.release();
  expect((await changes.result()).map(({ status }) => status)).toEqual(['done', 'refused', 'done']);
});

const FAULTS: [string, Partial<RequestedChange>, RegExp][] = [
  ['an id that is none', { changeId: 'no id' }, /^changeId: must match/],
  ['another change under the same id', { changeId: 'first', change: DOWN }, /^changeId: belongs to another change/],
  ['other content under the same id', { changeId: 'first', change: { ...UP, planId: '3' } }, /^changeId: belongs/],
  ['an unknown kind', { change: { kind: 'explode' } as never }, /^change.kind: must be one of change-email, /],
  [
    'a change without its content',
    { change: { kind: 'change-email' } as never },
    /^change: lacks what change-email needs/,
  ],
  ['a member without names', { change: { kind: 'add-member', member: { reference: 'a' } } as never }, /^change: lacks/],
  ['no change', { change: undefined as never }, /^change: must be an object/],
  ['no way to be busy', { ifBusy: 'perhaps' as never }, /^ifBusy: must be wait or refuse/],
];

it.each(FAULTS)('refuses %s', async (_, request, sentence) => {
  const changes = changesOf(suite);
  const release = await busy(changes);
  await expect(changes.ask(request.change ?? UP, request)).rejects.toMatchObject({
    cause: { type: 'UpdateRefused', message: expect.stringMatching(sentence) },
  });
  release();
  expect(await changes.result()).toHaveLength(1);
});

it('ends by itself when the only change it was started for is refused', async () => {
  suite.temporal.startClock = 'skip';
  const changes = changesOf(suite);
  await expect(changes.ask(newEmail, { changeId: 'no id' })).rejects.toMatchObject({
    cause: { type: 'UpdateRefused' },
  });
  expect(await changes.result()).toEqual([]);
});
