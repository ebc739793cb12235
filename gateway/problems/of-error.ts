import { EncryptionError } from '../../encryption/errors.ts';
import {
  ConfirmationNeeded,
  OnboardingError,
  type OnboardingErrorCode,
  OnboardingFailed,
  RequestInvalid,
  UpdateRefused,
} from '../../client/index.ts';
import type { ProblemName } from './catalogue.ts';
import { Problem, type ProblemFacts } from './problem.ts';

const BY_CODE: Record<OnboardingErrorCode, ProblemName> = {
  RequestInvalid: 'invalid-request',
  ConfigInvalid: 'internal',
  ReferenceConflict: 'reference-conflict',
  CustomerOffboarded: 'customer-offboarded',
  EventConflict: 'event-conflict',
  OnboardingNotFound: 'onboarding-not-found',
  OnboardingEnded: 'onboarding-ended',
  OnboardingFailed: 'onboarding-failed',
  OnboardingCancelled: 'onboarding-cancelled',
  UpdateRefused: 'message-refused',
  ConfirmationNeeded: 'confirmation-needed',
  WorkerUnavailable: 'worker-unavailable',
  RunStuck: 'run-stuck',
  TemporalUnavailable: 'temporal-unavailable',
  AccessDenied: 'not-ready',
  NamespaceNotReady: 'not-ready',
  KeyMismatch: 'key-mismatch',
  DeadlineExceeded: 'deadline-exceeded',
  Unexpected: 'internal',
};

/** Fastify's own refusals that are more than a wrong request (fastify.dev, "Errors"). */
const BY_FASTIFY: Record<string, ProblemName> = {
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed-body',
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed-body',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed-body',
  FST_ERR_CTP_BODY_TOO_LARGE: 'body-too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_ERR_CTP_INVALID_TYPE: 'unsupported-media-type',
};

/** Each error as the problem it is. What is not known here is an error of the gateway and says nothing of itself. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof UpdateRefused && error.reason === 'Busy') return new Problem('account-busy', factsOf(error));
  if (error instanceof OnboardingError) return new Problem(BY_CODE[error.code], factsOf(error));
  if (error instanceof EncryptionError) return new Problem('payload-not-readable', { reason: error.code });
  const { code, statusCode } = marksOf(error);
  const known = BY_FASTIFY[code];
  if (known) return new Problem(known);
  return new Problem(statusCode >= 400 && statusCode < 500 ? 'malformed-request' : 'internal');
}

function factsOf(error: OnboardingError): ProblemFacts {
  if (error instanceof RequestInvalid) return { errors: error.problems.map(fieldError) };
  // The run's own sentence, which names no person.
  if (error instanceof UpdateRefused) return { detail: error.message, reason: error.reason };
  if (error instanceof ConfirmationNeeded) return { confirm: error.confirm };
  if (error instanceof OnboardingFailed) return { failure: error.failure, remainder: error.remainder };
  return {};
}

/** Of `person.email: must be …; correct it.` */
function fieldError(sentence: string): { field: string; message: string } {
  const end = sentence.indexOf(': ');
  return { field: sentence.slice(0, end), message: sentence.slice(end + 2) };
}

function marksOf(error: unknown): { code: string; statusCode: number } {
  const mark = (name: string): unknown =>
    typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
  return { code: String(mark('code')), statusCode: Number(mark('statusCode') ?? 500) };
}
