import { isNativeError } from 'node:util/types';
import { asyncLocalStorage } from '@temporalio/activity';
import { ApplicationFailure, ApplicationFailureCategory, TemporalFailure } from '@temporalio/common';
import type { Poll } from '../contract/account.ts';
import { parseDuration } from '../contract/duration.ts';
import { FAILURES } from '../contract/failures.ts';
import type { PendingCode, PermanentCode, RejectedCode } from '../contract/failures.ts';
import { isHttpError } from './http/errors.ts';
import { sees, staysBlind } from './shared/looks.ts';

/** The provider, or its rules, say no: one sentence that names field, rule and remedy, without values. */
export function rejected(code: RejectedCode, sentence: string): ApplicationFailure {
  return permanent(code, sentence);
}

/** Retrying alone will not help, and the sentence names what will: as of `rejected`, without values. */
export function needsPerson(code: PermanentCode, sentence: string): ApplicationFailure {
  return permanent(code, sentence);
}

function permanent(type: RejectedCode | PermanentCode, message: string): ApplicationFailure {
  return bare(ApplicationFailure.create({ type, message, nonRetryable: true }));
}

/** No call was made, or the provider executed none; Temporal tries again after `retryAfterMs` milliseconds. */
export function unavailable(sentence: string, retryAfterMs: number): ApplicationFailure {
  return bare(ApplicationFailure.create({ type: 'Unavailable', message: sentence, nextRetryDelay: retryAfterMs }));
}

/** Nothing to report yet: the provider says so. Each look waits twice as long as the one before, up to the poll's limit. */
export function notYet(sentence: string, poll: Poll): ApplicationFailure {
  sees();
  return lookAgain('NotYet', sentence, poll);
}

/** The provider's answer does not tell. As `notYet`, until it is clear that it never will: then a person must look. */
export function notTold(sentence: string, poll: Poll): ApplicationFailure {
  return staysBlind(UNTOLD_MS) ? permanent('ContractViolation', sentence) : lookAgain('NotTold', sentence, poll);
}

/** How long a wait may be told nothing: by answers that do not say it, or by none at all, as in any other step. */
const UNTOLD_MS = 10 * 60_000;
const UNANSWERED_MS = 60 * 60_000;

function lookAgain(type: PendingCode, sentence: string, poll: Poll): ApplicationFailure {
  const attempt = asyncLocalStorage.getStore()?.info.attempt ?? 1;
  const nextRetryDelay = pollDelay(poll, attempt);
  const category = ApplicationFailureCategory.BENIGN;
  return bare(ApplicationFailure.create({ type, message: sentence, nextRetryDelay, category }));
}

/** After a hint, before the usual pace: what a provider was told by a person it shows within a minute or so. */
const SOON_MS = [2000, 5000, 15_000, 60_000];

/**
 * Milliseconds to wait after the given look (the first is 1).
 * @internal
 */
export function pollDelay({ firstPoll, maxPoll, hinted = false }: Poll, attempt: number): number {
  const [first, most] = [parseDuration(firstPoll), parseDuration(maxPoll)];
  if (first === undefined || most === undefined)
    throw new TypeError('firstPoll and maxPoll must be ISO 8601 durations');
  const soon = hinted ? SOON_MS : [];
  return Math.min(soon[attempt - 1] ?? first * 2 ** (attempt - 1 - soon.length), first * 2 ** (attempt - 1), most);
}

/**
 * The one place where an error becomes a Temporal failure: `type` is its code, `nextRetryDelay` what the provider asked for. Attempts of a wait
 * (`isWait`) are looks, and it has no limit of its own but the person's deadline, so the looks that were not answered are counted.
 * @internal
 */
export function toFailure(error: unknown, step: string, isWait = false): Error {
  if (error instanceof TemporalFailure) return error;
  if (isHttpError(error)) {
    const { code, message, retryAfterMs, passing } = error;
    const isPermanent = (FAILURES.permanent as readonly string[]).includes(code);
    const nonRetryable =
      isWait && (passing || !isPermanent)
        ? staysBlind(passing ? UNTOLD_MS : UNANSWERED_MS)
        : isPermanent && !(passing && isEarly());
    const delay = retryAfterMs === undefined ? {} : { nextRetryDelay: retryAfterMs };
    return bare(ApplicationFailure.create({ type: code, message, nonRetryable, ...delay }));
  }
  return defect(error, step);
}

/** Attempts after which it is no hiccup any more: a quarter of a minute. */
const HICCUPS = 4;

function isEarly(): boolean {
  return (asyncLocalStorage.getStore()?.info.attempt ?? 1) <= HICCUPS;
}

function isPoll(input: unknown): boolean {
  return typeof input === 'object' && input !== null && 'firstPoll' in input;
}

/** The same steps, failing with what `toFailure` makes of their errors. */
export function withFailures<Steps extends object>(steps: Steps): Steps;
export function withFailures(steps: object): object {
  const wrapped = Object.entries(steps).map(([step, run]: [string, (input: unknown) => Promise<unknown>]) => [
    step,
    async (input: unknown) => {
      try {
        return await run(input);
      } catch (error) {
        throw toFailure(error, step, isPoll(input));
      }
    },
  ]);
  return Object.fromEntries(wrapped);
}

/** An unforeseen error's text may quote data, so only its kind and the places it came through are kept. Retryable: a new deployment may fix it. */
function defect(error: unknown, step: string): ApplicationFailure {
  const kind = isNativeError(error) ? error.name : typeof error;
  const failure = ApplicationFailure.create({
    type: kind,
    message: `${step} failed by a defect in this software (${kind}).`,
  });
  const frames = isNativeError(error) ? (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) : [];
  failure.stack = [`${failure.name}: ${failure.message}`, ...frames].join('\n');
  return failure;
}

/** An expected failure is told by its type; where in our code it was thrown says nothing. */
function bare(failure: ApplicationFailure): ApplicationFailure {
  failure.stack = `${failure.name}: ${failure.message}`;
  return failure;
}
