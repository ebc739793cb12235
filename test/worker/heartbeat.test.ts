import { vi } from 'vitest';
import { Context } from '@temporalio/activity';
import { MockActivityEnvironment } from '@temporalio/testing';
import { isSending } from '../../activities/attempts.ts';
import { beatWhileRunning } from '../../worker/heartbeat.ts';
import { ANSWER_LOST } from '../../contract/failures.ts';

beforeAll(() => void vi.useFakeTimers());
afterAll(() => void vi.useRealTimers());

/** What the server is told by an attempt that takes nine seconds. */
async function beats(attempt: () => void, heartbeatDetails?: unknown): Promise<unknown[]> {
  const told: unknown[] = [];
  const environment = new MockActivityEnvironment({ heartbeatDetails }, { interceptors: [beatWhileRunning] });
  environment.on('heartbeat', (details) => told.push(details));
  const ended = environment.run(async () => {
    attempt();
    await Context.current().sleep(9_000);
  });
  await vi.advanceTimersByTimeAsync(9_000);
  await ended;
  return told;
}

test('a long attempt says that it goes on', async () => {
  expect(await beats(() => undefined)).toEqual([undefined, undefined]);
});

test('and does not overwrite what it has told of a call that it makes', async () => {
  expect(await beats(isSending)).toEqual([ANSWER_LOST, ANSWER_LOST, ANSWER_LOST]);
});

test('nor what attempts before have told of one', async () => {
  expect(await beats(() => undefined, ANSWER_LOST)).toEqual([ANSWER_LOST, ANSWER_LOST]);
});
