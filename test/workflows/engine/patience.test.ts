import { ApplicationFailure } from '@temporalio/common';
import { NOTHING_SENT } from '../../../contract/failures.ts';
import { STAGE, WAITING_FOR } from '../../../contract/search-attributes.ts';
import { timersOf } from '../../setup/history.ts';
import { transient } from '../scripted-provider.ts';
import { eventually, openSuite, type Onboarding, type Suite } from '../suite.ts';

const MINUTE = 60_000;
let suite: Suite;
afterEach(() => suite.close());

function failing(type: string, retryAfter: number, details: unknown[] = []): ApplicationFailure {
  return ApplicationFailure.create({ type, message: 'fixed sentence', nextRetryDelay: retryAfter, details });
}

async function shown({ handle }: Onboarding) {
  const { typedSearchAttributes } = await handle.describe();
  return { stage: typedSearchAttributes.get(STAGE), waitingFor: typedSearchAttributes.get(WAITING_FOR) };
}

it('shows no step that goes on within the minute: only where it waits, and its end', async () => {
  suite = await openSuite();
  suite.provider.verified = true;
  const run = await suite.start();
  await run.result();
  const { events } = await run.handle.fetchHistory();
  expect(events!.filter((event) => event.upsertWorkflowSearchAttributesEventAttributes)).toHaveLength(2);
});

it('shows a step that has failed for a minute, while it goes on trying, and that it has gone on', async () => {
  suite = await openSuite({}, { clock: 'frozen' });
  suite.provider.failForever('createAccount', transient('Unavailable'));
  const run = await suite.start();
  await eventually(
    () => Promise.resolve(suite.provider.attempts),
    (attempts) => attempts.includes('createAccount'),
  );
  expect(await shown(run)).toEqual({});
  await suite.temporal.fastForward(run.id, 2 * MINUTE);
  await eventually(
    () => shown(run),
    ({ stage }) => stage === 'createAccount',
  );
  expect((await run.progress()).attention).toBeUndefined();
  suite.provider.failForever('createAccount', undefined);
  await suite.temporal.fastForward(run.id, 30 * MINUTE);
  await eventually(
    () => shown(run),
    ({ stage, waitingFor }) => stage === 'verifyEmail' && waitingFor === 'emailVerified',
  );
  expect(suite.provider.effects).toEqual(['createAccount']);
  await run.handle.terminate();
});

it('does not come back before the provider has asked for it, and tells the second call what the first may have done', async () => {
  suite = await openSuite();
  suite.provider.verified = true;
  for (const [failure, told] of [
    [failing('Throttled', 10 * MINUTE, [NOTHING_SENT]), 'no'],
    [failing('UnknownOutcome', 10 * MINUTE), 'yes'],
    [failing('Unavailable', 10 * MINUTE), 'unknown'],
  ] as const) {
    suite.provider.asked.length = 0;
    suite.provider.fail('createAccount', failure);
    const run = await suite.start();
    expect(await run.result()).toMatchObject({ outcome: 'completed' });
    expect(suite.provider.asked).toEqual(['no', told]);
    expect(await timersOf(run.handle)).toContain(600);
  }
});

it('calls for an operator at once when the provider asks for more time than the policy allows, and goes on once that time is over', async () => {
  suite = await openSuite({}, { clock: 'frozen' });
  suite.provider.fail('createAccount', failing('Throttled', 90 * MINUTE));
  const run = await suite.start();
  expect((await run.until(({ attention }) => attention !== undefined)).attention).toMatchObject({ code: 'Throttled' });
  expect(await timersOf(run.handle)).toContain(90 * 60);
  expect(suite.provider.attempts.filter((name) => name === 'createAccount')).toHaveLength(1);
  await suite.temporal.fastForward(run.id, 91 * MINUTE);
  await run.until(({ wait }) => wait !== undefined);
  expect(suite.provider.effects).toEqual(['createAccount']);
  await run.handle.terminate();
});
