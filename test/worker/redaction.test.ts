import { describe, expect, test } from 'vitest';
import { ActivityFailure, ApplicationFailure } from '@temporalio/common';
import { EncryptionError } from '../../encryption/errors.ts';
import { createLogger } from '../../worker/logging.ts';
import { redactFields, redactMessage } from '../../worker/redaction.ts';

const SSN = '19121212-1212';

/** As activities throw it: without frames. */
function expected(type: string): ApplicationFailure {
  const failure = ApplicationFailure.create({ type, message: SSN, details: [SSN] });
  failure.stack = `${failure.name}: ${failure.message}`;
  return failure;
}

function failed(message: string): Error {
  return new TypeError(message);
}

describe('fields of a log', () => {
  test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['ids and names pass', { workflowId: 'onboarding.defentry.c-42' }, { workflowId: 'onboarding.defentry.c-42' }],
    ['numbers and flags pass', { attempt: 3, isLocal: false }, { attempt: 3, isLocal: false }],
    ['lists of words pass', { role: ['workflows', 'defentry'] }, { role: ['workflows', 'defentry'] }],
    ['an unknown field is dropped', { args: [SSN], email: 'a@b.se' }, {}],
    ['the SDK’s dump of a task is dropped', { task: `{"input":"${SSN}"}`, taskEncoded: 'AAA', failure: SSN }, {}],
    ['an id that is an address is hidden', { workflowId: 'anna@example.org' }, { workflowId: '[redacted]' }],
    ['a sentence is hidden', { state: 'Anna Berg lives here' }, { state: '[redacted]' }],
    ['an object in a known field is hidden', { provider: { ssn: SSN } }, { provider: '[redacted]' }],
    ['a failure is its type', { error: expected('Throttled') }, { codes: 'Throttled' }],
    [
      'a failure and its causes are their types',
      { error: activityFailure(expected('Invalid')) },
      { codes: 'ActivityFailure < Invalid' },
    ],
    ['a failure type that is a sentence is hidden', { error: expected(`ssn ${SSN} bad`) }, { codes: '[redacted]' }],
    [
      'an error of Node is its code',
      { error: Object.assign(new Error(SSN), { code: 'ECONNRESET' }) },
      { codes: 'ECONNRESET' },
    ],
    ['a thrown text is only said to be one', { error: SSN }, { codes: 'string' }],
    [
      'an error of ours keeps its fixed text',
      { error: new EncryptionError('KeyUnknown', 'A fixed sentence.') },
      { codes: 'KeyUnknown', message: 'A fixed sentence.' },
    ],
  ])('%s', (_, fields, kept) => {
    expect(redactFields(fields)).toEqual(kept);
  });

  test('an unforeseen error is its class and the places it came through, without its message', () => {
    const { codes, stack } = redactFields({ error: failed(`cannot read ${SSN}\n    at ${SSN}\n    at here (${SSN})`) });
    expect(codes).toBe('TypeError');
    expect(JSON.stringify(stack)).toContain('redaction.test.ts');
    expect(JSON.stringify(stack)).not.toContain(SSN);
  });
});

test.each([
  ['worker ready', 'worker ready'],
  [`Error while processing ActivityTask.start: ${SSN} is wrong`, 'Error while processing ActivityTask.start'],
  [`First line\n${SSN}`, 'First line'],
])('the message %j is logged as %j', (message, logged) => {
  expect(redactMessage(message)).toBe(logged);
});

describe('the logger', () => {
  const lines: string[] = [];
  const log = createLogger('info', 'worker-1', { write: (line) => void lines.push(line) });

  test('writes JSON lines that name the worker', () => {
    log.warn('Activity failed', { activityType: 'createAccount', input: SSN });
    expect(JSON.parse(lines.pop()!)).toEqual({
      level: 'warn',
      time: expect.any(String),
      identity: 'worker-1',
      activityType: 'createAccount',
      msg: 'Activity failed',
    });
  });

  test('redacts on every way in', () => {
    for (const level of ['info', 'warn', 'error'] as const) log[level](`x: ${SSN}`, { a: SSN, error: new Error(SSN) });
    for (const level of ['INFO', 'WARN', 'ERROR'] as const) log.log(level, `x: ${SSN}`, { a: SSN });
    expect(lines.splice(0).filter((line) => line.includes(SSN))).toEqual([]);
  });

  test('is silent below its level', () => {
    log.debug('fine');
    log.log('TRACE', 'finer');
    expect(lines).toEqual([]);
  });
});

function activityFailure(cause: Error): ActivityFailure {
  return new ActivityFailure(`failed ${SSN}`, 'createAccount', '1', 'NON_RETRYABLE_FAILURE', 'worker', cause);
}
