import type { WorkflowFailedError, WorkflowHandle } from '@temporalio/client';
import type { ActivityName } from '../../../contract/activities.ts';
import type { Capabilities } from '../../../contract/capabilities.ts';
import type { AccountChange } from '../../../contract/change.ts';
import type { ErasureRecord } from '../../../contract/offboarding.ts';
import { resolve } from '../../../contract/messages.ts';
import { changesOf, newEmail, person } from '../change/changes.ts';
import { offboard } from '../offboarding/offboardings.ts';
import { sample } from '../../setup/sample.ts';
import { permanent, transient } from '../scripted-provider.ts';
import { eventually, openSuite, type Suite } from '../suite.ts';

const HOUR = 3_600_000;
let suite: Suite;
afterEach(() => suite.close());

/** What a test needs of a run, whichever workflow it is. */
interface Trial {
  id: string;
  handle: WorkflowHandle;
  attention: () => Promise<{ step: string; code: string } | undefined>;
  /** How it ended: the status of each change, or the outcome. */
  end: () => Promise<string>;
}

const change = () => asked({ kind: 'deactivate' });

async function asked(of: AccountChange): Promise<Trial> {
  const changes = changesOf(suite);
  await changes.ask(of);
  return {
    id: changes.id,
    handle: changes.handle,
    attention: async () => (await changes.progress()).attention,
    end: async () => (await changes.progress()).changes.map(({ status }) => status).join(),
  };
}

async function offboarding(): Promise<Trial> {
  const full = { members: ['anna'], watchlistItems: ['ada@example.com'], ssnMonitoring: true };
  Object.assign(suite.provider.account, full);
  const run = await offboard(suite, { keepFor: 'PT0S' });
  return {
    id: run.id,
    handle: run.handle,
    attention: async () => (await run.progress()).attention,
    end: async () => (await run.progress()).outcome!,
  };
}

const remove = () => asked({ kind: 'remove-member', member: { reference: 'anna', person } });
const email = () => asked(newEmail);
const CHANGED = 'applyChange change-email new@example.com';
const BACK = 'applyChange change-email ada@example.com';
const ACTIVE_AGAIN = 'applyChange activate';
const TAKEN_OFF = ['removeMember anna', 'applyChange remove-watchlist-item', 'disableSsnMonitoring'];

interface Trouble {
  run: string;
  open: () => Promise<Trial>;
  step: string;
  /** The call that fails there, so that nobody can say whether it has had its effect. */
  call: ActivityName;
  capabilities?: Partial<Capabilities>;
  /** How a cancel or an operator's abort ends it there; what the provider has been made to do by then. */
  end: string;
  effects: string[];
}

const TROUBLE: Trouble[] = [
  { run: 'change', open: change, step: 'findAccount', call: 'findAccount', end: 'aborted', effects: [] },
  { run: 'change', open: change, step: 'checkChange', call: 'checkChange', end: 'aborted', effects: [] },
  { run: 'change', open: change, step: 'applyChange', call: 'applyChange', end: 'failed', effects: [] },
  {
    run: 'new address',
    open: email,
    step: 'applyChange',
    call: 'applyChange',
    end: 'aborted',
    effects: [BACK, ACTIVE_AGAIN],
  },
  {
    run: 'new address',
    open: email,
    step: 'proveChange',
    call: 'awaitEmailChanged',
    end: 'aborted',
    effects: [CHANGED, BACK, ACTIVE_AGAIN],
  },
  { run: 'removed member', open: remove, step: 'applyChange', call: 'removeMember', end: 'failed', effects: [] },
  { run: 'offboarding', open: offboarding, step: 'findAccount', call: 'findAccount', end: 'aborted', effects: [] },
  ...(
    [
      ['deactivateAccount', 'deactivateAccount', 0],
      ['removeMembers', 'removeMember', 1],
      ['removeWatchlistItems', 'applyChange', 2],
      ['disableSsnMonitoring', 'disableSsnMonitoring', 3],
    ] as const
  ).map(([step, call, done]) => ({
    run: 'offboarding',
    open: offboarding,
    step,
    call,
    end: 'aborted',
    effects: ['deactivateAccount', ...TAKEN_OFF].slice(0, done),
  })),
  ...(
    [
      ['removeAccount', 'removeAccount', TAKEN_OFF],
      ['proveRemoval', 'readAccount', [...TAKEN_OFF, 'removeAccount']],
    ] as const
  ).map(([step, call, effects]) => ({
    run: 'offboarding',
    open: offboarding,
    step,
    call,
    capabilities: { deactivate: false },
    end: 'aborted',
    effects: [...effects],
  })),
];

async function inTrouble({ open, step, call, capabilities }: Trouble, code: string): Promise<Trial> {
  suite = await openSuite(capabilities, { clock: 'real' });
  suite.provider.fail(call, permanent(code));
  const trial = await open();
  await eventually(trial.attention, (attention) => attention?.step === step && attention.code === code);
  return trial;
}

it.each(sample(TROUBLE, 3))('$run, cancelled at $step: undone where it can be', async (trouble) => {
  const trial = await inTrouble(trouble, 'ContractViolation');
  await trial.handle.cancel();
  // What is removed stays removed: an offboarding owes its record and ends with it; every other run ends cancelled.
  const ended = await trial.handle.result().then(
    (record: ErasureRecord) => record.outcome,
    (error: WorkflowFailedError) => error.cause?.name,
  );
  expect(ended).toBe(trouble.run === 'offboarding' ? 'aborted' : 'CancelledFailure');
  expect(await trial.end()).toBe(trouble.end);
  expect(suite.provider.effects).toEqual(trouble.effects);
});

it.each(sample(TROUBLE, 3))('$run, aborted by an operator at $step: undone where it can be', async (trouble) => {
  const trial = await inTrouble(trouble, 'ContractViolation');
  await trial.handle.executeUpdate(resolve, { args: [{ step: trouble.step, action: 'abort' }] });
  await trial.handle.result();
  expect(await trial.end()).toBe(trouble.end);
  expect(suite.provider.effects).toEqual(trouble.effects);
});

it.each(sample(TROUBLE, 3))('$run, tried again at $step: done, each effect once', async (trouble) => {
  const trial = await inTrouble(trouble, 'Invalid');
  suite.provider.applied.verificationNeeded = false;
  suite.provider.account.emailVerified = true;
  await trial.handle.executeUpdate(resolve, { args: [{ step: trouble.step, action: 'retry' }] });
  await trial.handle.result();
  expect(await trial.end()).toBe(trouble.run === 'offboarding' ? 'removed' : 'done');
  expect(new Set(suite.provider.effects).size).toBe(suite.provider.effects.length);
});

it('a change that the provider has refused is undone by nothing', async () => {
  const trouble = TROUBLE.find(({ run, step }) => run === 'new address' && step === 'applyChange')!;
  const trial = await inTrouble(trouble, 'Invalid');
  await trial.handle.cancel();
  await expect(trial.handle.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
  expect(await trial.end()).toBe('aborted');
  expect(suite.provider.effects).toEqual([]);
});

it.each([
  ['change', change, 'applyChange'],
  ['offboarding', offboarding, 'removeMember'],
] as const)('%s: a lost answer is asked for again without an operator', async (_, open, call) => {
  suite = await openSuite({}, { clock: 'real' });
  suite.provider.fail(call, transient('UnknownOutcome', 10), transient('Unavailable', 10));
  const trial = await open();
  await trial.handle.result();
  expect(await trial.end()).toMatch(/^(done|removed)$/);
  expect(suite.provider.attempts.filter((name) => name === call)).toHaveLength(3);
});

it.each([
  ['change', change, 'applyChange', 'done'],
  ['offboarding', offboarding, 'removeMember', 'removed'],
] as const)(
  '%s: an hour of technical failures calls for an operator, and mends by itself',
  async (_, open, call, end) => {
    suite = await openSuite({}, { clock: 'frozen' });
    suite.provider.failForever(call, transient('Unavailable'));
    const trial = await open();
    await eventually(
      async () => suite.provider.attempts,
      (attempts) => attempts.includes(call),
    );
    await suite.temporal.fastForward(trial.id, 1.5 * HOUR);
    expect(await eventually(trial.attention, (attention) => attention !== undefined)).toMatchObject({
      code: 'Unavailable',
    });
    suite.provider.failForever(call, undefined);
    await suite.temporal.skipToEnd(trial.id);
    await trial.handle.result();
    expect(await trial.end()).toBe(end);
  },
);

it('does not say that nothing has changed where the answer before the refusal was lost', async () => {
  suite = await openSuite({}, { clock: 'real' });
  suite.provider.fail('applyChange', permanent('UnknownOutcome'));
  suite.provider.failForever('applyChange', permanent('RequestRefused'));
  const changes = changesOf(suite);
  await changes.ask({ kind: 'deactivate' });
  expect(await changes.result()).toMatchObject([{ status: 'failed', code: 'RequestRefused' }]);
});

it('does not say so either where Temporal repeated the call that lost its answer, whatever failed in between', async () => {
  suite = await openSuite({}, { clock: 'real' });
  const refusal = permanent('RequestRefused');
  suite.provider.fail('applyChange', transient('UnknownOutcome', 10), transient('Throttled', 10), refusal);
  const changes = changesOf(suite);
  await changes.ask({ kind: 'deactivate' });
  expect(await changes.result()).toMatchObject([{ status: 'failed', code: 'RequestRefused' }]);
});

it('says that nothing has changed where each call before the refusal was answered', async () => {
  suite = await openSuite({}, { clock: 'real' });
  suite.provider.fail(
    'applyChange',
    transient('Throttled', 10),
    transient('Unavailable', 10),
    permanent('RequestRefused'),
  );
  const changes = changesOf(suite);
  await changes.ask({ kind: 'deactivate' });
  expect(await changes.result()).toMatchObject([{ status: 'refused', code: 'RequestRefused' }]);
});

it('aborts the changes that wait when the run is cancelled, and does not begin them', async () => {
  suite = await openSuite({}, { clock: 'real' });
  const changes = changesOf(suite);
  await changes.ask(newEmail);
  await changes.until(({ wait }) => wait !== undefined);
  await changes.ask({ kind: 'activate' });
  const undoing = suite.provider.hold('applyChange');
  await changes.handle.cancel();
  await undoing.entered;
  const asked = await changes.ask({ kind: 'deactivate' }).catch((error: Error) => error);
  undoing.release();
  expect(asked).toMatchObject({ cause: { message: expect.stringMatching(/^change: .* being cancelled/) } });
  await expect(changes.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
  expect((await changes.progress()).changes).toMatchObject([
    { status: 'aborted', code: 'Cancelled' },
    { status: 'aborted', code: 'Cancelled' },
  ]);
  expect(suite.provider.effects).toEqual([CHANGED, BACK, ACTIVE_AGAIN]);
});

it('reports a change as done that the provider had made when the cancel came', async () => {
  suite = await openSuite({}, { clock: 'real' });
  const held = suite.provider.hold('applyChange');
  const trial = await change();
  await held.entered;
  await trial.handle.cancel();
  await eventually(
    async () => (await trial.handle.fetchHistory()).events!,
    (events) => events.some(({ activityTaskCancelRequestedEventAttributes: asked }) => asked),
  );
  held.release();
  await trial.handle.result().catch(() => undefined);
  expect(await trial.end()).toBe('done');
  expect(suite.provider.effects).toEqual(['applyChange deactivate']);
});
