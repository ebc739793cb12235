import { randomUUID } from 'node:crypto';
import { resolve } from '../../../contract/messages.ts';
import { changesOf, newEmail } from '../change/changes.ts';
import { looked } from '../event/deliveries.ts';
import { offboard } from './offboardings.ts';
import { openSuite, type Suite } from '../suite.ts';

const DAY = 86_400_000;

// Started past the client, which looks first: so may two begin that are asked for in the same instant.
let suite: Suite;
beforeEach(async () => {
  suite = await openSuite({}, { clock: 'real' });
});
afterEach(() => suite.close());

test('an offboarding that began beside a change waits for its end before it does anything', async () => {
  const reference = `c-${randomUUID()}`;
  const changes = changesOf(suite, { reference });
  await changes.ask(newEmail);
  await changes.until(({ wait }) => wait !== undefined);
  const from = suite.provider.effects.length;
  const run = await offboard(suite, { reference, keepFor: 'PT0S' });
  await looked(run.handle, 1);
  expect(suite.provider.effects.slice(from)).toEqual([]);
  await changes.handle.cancel();
  expect(await run.result()).toMatchObject({ outcome: 'removed' });
});

test('and likewise one that began beside an onboarding', async () => {
  const onboarding = await suite.start();
  await onboarding.until(({ wait }) => wait !== undefined);
  const { reference } = onboarding;
  const from = suite.provider.effects.length;
  const run = await offboard(suite, { reference, keepFor: 'PT0S' });
  await looked(run.handle, 1);
  expect(suite.provider.effects.slice(from)).toEqual([]);
  await onboarding.handle.cancel();
  expect(await run.result()).toMatchObject({ outcome: expect.stringMatching(/removed|nothing-there/) });
});

test('nothing is removed while a change is open that began while the account was kept', async () => {
  const reference = `c-${randomUUID()}`;
  suite.temporal.startClock = 'frozen';
  const run = await offboard(suite, { reference, keepFor: 'P10D' });
  await run.until(({ wait }) => wait !== undefined);
  suite.temporal.startClock = 'real';
  const changes = changesOf(suite, { reference });
  await changes.ask(newEmail);
  await changes.until(({ wait }) => wait !== undefined);
  await suite.temporal.fastForward(run.id, 11 * DAY);
  await run.until(({ attention }) => attention?.code === 'AccountBusy');
  expect(suite.provider.effects).not.toContain('removeAccount');
  await changes.handle.cancel();
  await expect(changes.handle.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
  await run.handle.executeUpdate(resolve, { args: [{ step: 'keepAccount', action: 'retry' }] });
  await suite.temporal.skipToEnd(run.id);
  expect(await run.result()).toMatchObject({ outcome: 'removed' });
});

test('a change that goes on for longer than the policy allows calls for an operator', async () => {
  const reference = `c-${randomUUID()}`;
  const changes = changesOf(suite, { reference });
  await changes.ask(newEmail);
  await changes.until(({ wait }) => wait !== undefined);
  const policy = { attention: { after: 'PT1S', retryEvery: 'PT1S' } };
  const run = await offboard(suite, { reference, keepFor: 'PT0S', policy });
  const { attention } = await run.until((story) => story.attention !== undefined);
  expect(attention).toMatchObject({ step: 'findAccount', code: 'AccountBusy', allowed: ['retry', 'abort'] });
  await run.handle.cancel();
  await changes.handle.cancel();
  await run.result();
});
