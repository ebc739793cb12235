import { ApplicationFailure } from '@temporalio/common';
import type { UndoMode } from '../../../contract/policy.ts';
import { looked } from '../event/deliveries.ts';
import { eventually, openSuite, stepStatus, type Suite } from '../suite.ts';

const DAY = 86_400_000;
const identification = { scheme: 'BANKID', returnUrl: 'https://bank.example/back' } as const;
/** Each look costs the server a skip of its own: few looks, fast test. */
const slow = { firstPoll: 'P5D', maxPoll: 'P5D' };
let suite: Suite;
afterEach(() => suite.close());

const AT_DEADLINE: [UndoMode, boolean, string[], string][] = [
  ['deactivate', true, ['deactivateAccount'], 'deactivated'],
  ['deactivate', false, [], 'kept'],
  ['remove', true, ['removeAccount'], 'none'],
  ['keep', true, [], 'kept'],
];

it.each(AT_DEADLINE)(
  'expires when nobody clicks in 14 days: policy %s, provider can deactivate: %s',
  async (atDeadline, deactivate, undo, account) => {
    suite = await openSuite({ deactivate });
    const run = await suite.start({ policy: { emailVerified: { ...slow, atDeadline } } });
    expect(await run.result()).toMatchObject({ outcome: 'expired', account, reason: { code: 'EmailNotVerified' } });
    const reminders = ['sendVerification', 'sendVerification', 'sendVerification'];
    expect(suite.provider.effects).toEqual(['createAccount', ...reminders, ...undo]);
    const story = await run.progress();
    const step = story.steps.find(({ name }) => name === 'verifyEmail')!;
    const waited = Date.parse(step.endedAt!) - Date.parse(step.startedAt!);
    expect(Math.round(waited / DAY)).toBe(14);
  },
);

it('reminds at the stated instants, and shows deadline and next reminder', async () => {
  suite = await openSuite({}, { clock: 'frozen' });
  const run = await suite.start({ policy: { emailVerified: slow } });
  const first = await run.until((story) => story.wait !== undefined);
  const at = (instant: string) => Math.round((Date.parse(instant) - Date.parse(first.wait!.since)) / DAY);
  expect([first.wait!.remindersSent, at(first.wait!.nextReminder!), at(first.wait!.deadline)]).toEqual([0, 1, 14]);
  // One reminder at a time: a fast-forward over two may fire the first timer only after both are due, and then one mail is right.
  for (const [days, mails] of [
    [1.5, 1],
    [2, 2],
  ] as const) {
    await suite.temporal.fastForward(run.id, days * DAY);
    // A reminder is counted before its mail is sent.
    await run.until((story) => story.wait?.remindersSent === mails && suite.provider.effects.length === 1 + mails);
  }
  const later = await run.progress();
  expect([at(later.wait!.nextReminder!), at(later.wait!.deadline)]).toEqual([7, 14]);
  expect(suite.provider.effects).toEqual(['createAccount', 'sendVerification', 'sendVerification']);
  // Else the look that follows the second reminder might end the run before its clock is moved.
  await looked(run.handle, 1);
  suite.provider.verified = true;
  await suite.temporal.skipToEnd(run.id);
  expect(await run.result()).toMatchObject({ outcome: 'completed' });
});

it('ends with a gap when the eID is not done in 30 days, and sends a new link at each reminder', async () => {
  suite = await openSuite();
  suite.provider.verified = true;
  const run = await suite.start({ identification, ssnMonitoring: true, policy: { identification: slow } });
  expect(await run.result()).toMatchObject({
    outcome: 'completed-with-gaps',
    account: 'active',
    gaps: [
      { step: 'identify', reason: 'deadline' },
      { step: 'enableSsnMonitoring', reason: 'SsnMissing' },
    ],
  });
  expect(suite.provider.effects).toEqual(['createAccount', ...Array<string>(4).fill('startIdentification')]);
});

it('believes the provider at the last look, though no signal ever came', async () => {
  suite = await openSuite({}, { clock: 'frozen' });
  const pace = { firstPoll: 'P30D', maxPoll: 'P30D', reminders: [] };
  const run = await suite.start({ policy: { emailVerified: pace } });
  await run.until((story) => story.wait !== undefined && suite.provider.attempts.includes('awaitEmailVerified'));
  suite.provider.verified = true;
  await suite.temporal.skipToEnd(run.id);
  expect(await run.result()).toMatchObject({ outcome: 'completed' });
});

describe('when the provider cannot be asked at the deadline', () => {
  async function unasked() {
    suite = await openSuite({ deactivate: true }, { clock: 'frozen' });
    const pace = { firstPoll: 'P30D', maxPoll: 'P30D', reminders: [] };
    const run = await suite.start({ policy: { emailVerified: pace } });
    await run.until((story) => story.wait !== undefined && suite.provider.attempts.includes('awaitEmailVerified'));
    const away = ApplicationFailure.create({ type: 'Unavailable', message: 'away' });
    suite.provider.failForever('awaitEmailVerified', away);
    const looks = suite.provider.attempts.length;
    await suite.temporal.fastForward(run.id, 14 * DAY);
    await eventually(
      async () => suite.provider.attempts.length,
      (count) => count > looks,
    );
    await suite.temporal.fastForward(run.id, 120_000);
    await run.until((story) => story.attention?.step === 'verifyEmail' && story.attention.code === 'Unavailable');
    expect(suite.provider.effects).toEqual(['createAccount']);
    return run;
  }

  it('a person is called, and the click that it shows later completes the run', async () => {
    const run = await unasked();
    suite.provider.verified = true;
    suite.provider.failForever('awaitEmailVerified', undefined);
    await suite.temporal.skipToEnd(run.id);
    expect(await run.result()).toMatchObject({ outcome: 'completed' });
  });

  it('the run expires once the provider says that nobody has clicked', async () => {
    const run = await unasked();
    suite.provider.failForever('awaitEmailVerified', undefined);
    await suite.temporal.skipToEnd(run.id);
    expect(await run.result()).toMatchObject({ outcome: 'expired', account: 'deactivated' });
  });
});

it('polls while no signal comes, without a history event per poll', async () => {
  suite = await openSuite({}, { clock: 'frozen' });
  const run = await suite.start({
    policy: { emailVerified: { firstPoll: 'PT6H', maxPoll: 'PT6H', reminders: [] } },
  });
  await run.until((story) => story.wait !== undefined);
  const before = (await run.handle.describe()).historyLength;
  const polls = () => suite.provider.attempts.filter((name) => name === 'awaitEmailVerified').length;
  for (let expected = 2; expected <= 9; expected += 1) {
    await suite.temporal.fastForward(run.id, DAY / 4);
    await eventually(
      async () => polls(),
      (count) => count >= expected,
    );
  }
  const { events } = await run.handle.fetchHistory();
  // Moving the clock leaves events of its own.
  const own = events!.filter(
    (event) => !event.workerMayIgnore && !event.workflowExecutionOptionsUpdatedEventAttributes,
  );
  expect(own.length).toBeLessThanOrEqual(before);
  suite.provider.verified = true;
  await suite.temporal.skipToEnd(run.id);
  await run.result();
  expect(stepStatus(await run.progress(), 'verifyEmail')).toBe('done');
});
