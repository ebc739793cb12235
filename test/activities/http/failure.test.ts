import { inspect } from 'node:util';
import { ApplicationFailure, ApplicationFailureCategory, CancelledFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { notYet, pollDelay, rejected, toFailure, withFailures } from '../../../activities/failure.ts';
import { none } from '../../../activities/http/answer.ts';
import { HttpError } from '../../../activities/http/errors.ts';
import type { HttpErrorCode } from '../../../activities/http/errors.ts';
import { at } from '../../../activities/http/path.ts';
import { LocalServer, answer, sendTo } from './local-server.ts';

const POLL = { firstPoll: 'PT10M', maxPoll: 'PT1H' };
const MINUTE = 60_000;

const httpError = (code: HttpErrorCode, retryAfterMs?: number) =>
  new HttpError(code, { provider: 'Vendor', route: 'POST /things', status: 400, retryAfterMs });

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
