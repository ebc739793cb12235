import { inspect } from 'node:util';
import { ApplicationFailure, ApplicationFailureCategory, CancelledFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { notTold, notYet, pollDelay, rejected, toFailure, withFailures } from '../../../activities/failure.ts';
import { none } from '../../../activities/http/answer.ts';
import { HttpError } from '../../../activities/http/errors.ts';
import type { HttpErrorCode } from '../../../activities/http/errors.ts';
import { at } from '../../../activities/http/path.ts';
import { inActivity } from '../activity.ts';
import { LocalServer, answer, sendTo } from './local-server.ts';

const POLL = { firstPoll: 'PT10M', maxPoll: 'PT1H' };
const MINUTE = 60_000;

const httpError = (code: HttpErrorCode, retryAfterMs?: number) =>
  new HttpError(code, { provider: 'Vendor', route: 'POST /things', status: 400, retryAfterMs });

const passingError = () => new HttpError('Forbidden', { provider: 'Vendor', route: 'GET /things', passing: true });

describe('an HTTP error as a Temporal failure', () => {
  test.each<[HttpErrorCode, boolean]>([
    ['Invalid', true],
    ['Forbidden', true],
    ['NotFound', true],
    ['Conflict', true],
    ['ContractViolation', true],
    ['Throttled', false],
    ['Unavailable', false],
    ['UnknownOutcome', false],
    ['Unauthorized', false],
  ])('%s: non-retryable %s', (code, nonRetryable) => {
    const failure = toFailure(httpError(code), 'step');
    expect(failure).toBeInstanceOf(ApplicationFailure);
    expect(failure).toMatchObject({ type: code, nonRetryable, cause: undefined });
  });

  test('asks for the delay the provider named, and for none otherwise', () => {
    expect(toFailure(httpError('Throttled', 7_000), 'step')).toMatchObject({ nextRetryDelay: 7_000 });
    expect(toFailure(httpError('Throttled'), 'step')).toMatchObject({ nextRetryDelay: undefined });
  });
});

describe('what may be a hiccup', () => {
  const failed = (attempt: number) => inActivity(async () => toFailure(passingError(), 'step'), attempt);

  test('is tried again, and needs a person when it stays so', async () => {
    for (const attempt of [1, 2, 3, 4]) expect(await failed(attempt)).toMatchObject({ nonRetryable: false });
    expect(await failed(5)).toMatchObject({ type: 'Forbidden', nonRetryable: true });
  });
});

describe('a wait whose looks are not answered', () => {
  const MINUTES = [0, 1, 5, 20, 50, 59, 61];

  /** The looks at these minutes of one activity that end so; `true` where a person is called for. */
  async function looks(look: () => Error, minutes = MINUTES): Promise<boolean[]> {
    let heartbeatDetails: unknown;
    const called: boolean[] = [];
    for (const [index, minute] of minutes.entries()) {
      const environment = new MockActivityEnvironment({
        attempt: index + 1,
        currentAttemptScheduledTimestampMs: 1_000 + minute * MINUTE,
        heartbeatDetails,
      });
      environment.on('heartbeat', (details: unknown) => (heartbeatDetails = details));
      const failure = await environment.run(async () => look());
      called.push(failure instanceof ApplicationFailure && failure.nonRetryable === true);
    }
    return called;
  }

  test.each<[string, () => Error, boolean[]]>([
    ['an outage', () => toFailure(httpError('Unavailable'), 'step', true), [0, 0, 0, 0, 0, 0, 1].map(Boolean)],
    ['a refused login', () => toFailure(httpError('Unauthorized'), 'step', true), [0, 0, 0, 0, 0, 0, 1].map(Boolean)],
    ['what may be a hiccup', () => toFailure(passingError(), 'step', true), [0, 0, 0, 1, 1, 1, 1].map(Boolean)],
    ['answers that do not tell', () => notTold('sentence', POLL), [0, 0, 0, 1, 1, 1, 1].map(Boolean)],
    ['what no repetition mends', () => toFailure(httpError('Invalid'), 'step', true), MINUTES.map(() => true)],
  ])('by %s calls for a person once that stays so', async (_, look, expected) => {
    expect(await looks(look)).toEqual(expected);
  });

  test('goes on when one of them is answered in between', async () => {
    let number = 0;
    const look = () => ((number += 1) === 4 ? notYet('sentence', POLL) : notTold('sentence', POLL));
    expect(await looks(look, [0, 5, 9, 20, 21, 22, 30, 31])).toEqual([0, 0, 0, 0, 0, 0, 0, 1].map(Boolean));
  });

  test('is not called for by a single look after a long night', async () => {
    expect(await looks(() => notTold('sentence', POLL), [0, 600])).toEqual([false, false]);
  });
});

test('a rejection is final and says its sentence', () => {
  expect(rejected('EmailTaken', 'sentence')).toMatchObject({
    type: 'EmailTaken',
    nonRetryable: true,
    message: 'sentence',
  });
});

describe('a poll without news', () => {
  test.each([
    [1, 10 * MINUTE],
    [2, 20 * MINUTE],
    [3, 40 * MINUTE],
    [4, 60 * MINUTE],
    [2_000, 60 * MINUTE],
  ])('look %i waits %i ms, benign and retryable', async (attempt, nextRetryDelay) => {
    expect(pollDelay(POLL, attempt)).toBe(nextRetryDelay);
    const failure = await new MockActivityEnvironment({ attempt }).run(async () => notYet('sentence', POLL));
    expect(failure).toMatchObject({
      type: 'NotYet',
      nextRetryDelay,
      nonRetryable: false,
      category: ApplicationFailureCategory.BENIGN,
    });
  });

  test.each([
    [1, 2_000],
    [2, 5_000],
    [3, 15_000],
    [4, MINUTE],
    [5, 10 * MINUTE],
    [6, 20 * MINUTE],
    [2_000, 60 * MINUTE],
  ])('after a hint looks again soon, and then as before: look %i waits %i ms', (attempt, delay) => {
    expect(pollDelay({ ...POLL, hinted: true }, attempt)).toBe(delay);
  });

  test('a hint makes no poll slower than it is', () => {
    expect(pollDelay({ firstPoll: 'PT1S', maxPoll: 'PT1S', hinted: true }, 4)).toBe(1000);
  });

  test('refuses a pace that is no duration', () => {
    expect(() => pollDelay({ firstPoll: '10 minutes', maxPoll: 'PT1H' }, 1)).toThrow(TypeError);
  });
});

describe('steps with failures', () => {
  test('let a cancellation and a ready failure through', async () => {
    const cancelled = new CancelledFailure('CANCELLED');
    const steps = withFailures({ stop: () => Promise.reject(cancelled), fine: async (input: number) => input + 1 });
    await expect(steps.stop()).rejects.toBe(cancelled);
    expect(await steps.fine(1)).toBe(2);
  });

  test('tell a defect by its kind, without its text', async () => {
    const broken = () => Promise.reject(new RangeError('19900101-1234 is out of range'));
    const failure: unknown = await withFailures({ broken })
      .broken()
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ type: 'RangeError', nonRetryable: false });
    expect(inspect(failure)).toContain('failure.test.ts');
    expect(inspect(failure)).not.toContain('19900101');
  });
});

test('no value of the request or the answer is in the failure', async () => {
  const server = new LocalServer();
  await server.start();
  const echo = { error: 'canary-answer', list: ['canary-answer'] };
  server.handle((_, response) => answer(response, 422, echo, { 'x-echo': 'canary-header' }));
  const send = sendTo(server.url, { headers: { 'x-own': 'canary-header' } });
  const auth = { token: async () => 'canary-token', reject: () => undefined };
  const options = { auth, body: { ssn: 'canary-body' }, query: { q: 'canary-query' } };
  const run = () => send(at('POST /people/{ssn}', { ssn: 'canary-path' }), none, options);
  const failure: unknown = await withFailures({ run })
    .run()
    .catch((error: unknown) => error);
  expect(failure).toMatchObject({ type: 'Invalid', message: expect.stringContaining('POST /people/{ssn}') });
  expect(inspect(failure, { depth: 9, showHidden: true })).not.toContain('canary');
  expect(inspect(failure, { depth: 9, showHidden: true })).not.toContain(server.url);
  await server.stop();
});
