import { setTimeout } from 'node:timers/promises';
import {
  isGrpcCancelledError,
  isGrpcDeadlineError,
  isGrpcServiceError,
  QueryNotRegisteredError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  type Client,
} from '@temporalio/client';
import { ApplicationFailure, NamespaceNotFoundError, WorkflowNotFoundError } from '@temporalio/common';
import { EncryptionError } from '../../encryption/errors.ts';
import {
  AccessDenied,
  DeadlineExceeded,
  KeyMismatch,
  NamespaceNotReady,
  OnboardingEnded,
  OnboardingError,
  OnboardingNotFound,
  RunStuck,
  TemporalUnavailable,
  UpdateRefused,
  WorkerUnavailable,
} from '../errors.ts';

/** gRPC status codes (grpc.io/docs/guides/status-codes) that have a meaning of their own here. */
const GRPC = {
  invalidArgument: 3,
  notFound: 5,
  permissionDenied: 7,
  resourceExhausted: 8,
  failedPrecondition: 9,
  unavailable: 14,
  unauthenticated: 16,
} as const;

export interface Call {
  /** The run in words, for error texts. */
  address: string;
  /** Its workflow id, where the call is to a run. */
  workflowId?: string;
  /** Milliseconds. */
  within: number;
  /** Who must answer: queries and updates need a worker, the rest Temporal alone. */
  by: 'temporal' | 'worker';
}

/** The one place where a deadline is set and the SDK's errors become ours. */
export async function call<R>(temporal: Client, spec: Call, act: () => Promise<R>): Promise<R> {
  try {
    return await temporal.withDeadline(Date.now() + spec.within, act);
  } catch (error) {
    throw await explain(temporal, spec, error);
  }
}

/**
 * An update may travel with a workflow task that Temporal throws away, for example because a signal came in while the run was
 * ending. The run has not taken it then, so it is sent again, for as long as the call's deadline allows.
 */
export async function untilTaken<R>(send: () => Promise<R>): Promise<R> {
  for (;;) {
    try {
      return await send();
    } catch (error) {
      if (!causeOf(error, isThrownAway)) throw error;
    }
    await setTimeout(100);
  }
}

/**
 * A query is asked again in two cases. A worker that drops a run from its cache may lose it with the run ("leftover buffered
 * tasks", SDK 1.24), and nobody answers then: after a quarter of the deadline. And Temporal refuses it while the run's workflow
 * task has failed a few times, as after a worker that was killed: until the deadline, unless `isStuck` says that it fails for good.
 */
export async function untilAnswered<R>(
  temporal: Client,
  within: number,
  ask: () => Promise<R>,
  isStuck: () => Promise<boolean>,
): Promise<R> {
  const deadline = Date.now() + within;
  const patient = () => untilTaskHolds(deadline - 2 * PAUSE, ask, isStuck);
  try {
    return await temporal.withDeadline(Date.now() + within / 4, patient);
  } catch (error) {
    if (!isGrpcDeadlineError(error) && !isGrpcCancelledError(error)) throw error;
  }
  return patient();
}

/** Milliseconds between two askings. */
const PAUSE = 200;

async function untilTaskHolds<R>(deadline: number, ask: () => Promise<R>, isStuck: () => Promise<boolean>): Promise<R> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!causeOf(error, isOfFailedTask) || Date.now() > deadline || (await isStuck())) throw error;
    }
    await setTimeout(PAUSE);
  }
}

function isThrownAway(error: unknown): error is Error {
  const isMeant = ({ code, details }: { code: number; details: string }) =>
    code === GRPC.failedPrecondition && /workflow task failure/.test(details);
  return isGrpcServiceError(error) && isMeant(error);
}

async function explain(temporal: Client, spec: Call, error: unknown): Promise<OnboardingError> {
  if (error instanceof OnboardingError) return error;
  // Temporal sees the same deadline and sometimes ends the call a moment earlier: "cancelled", though nobody cancelled.
  if (
    isGrpcDeadlineError(error) ||
    isGrpcCancelledError(error) ||
    error instanceof WorkflowUpdateRPCTimeoutOrCancelledError
  ) {
    if (!(await answers(temporal))) return new TemporalUnavailable(error);
    return spec.by === 'worker' ? new WorkerUnavailable(spec.within, error) : new DeadlineExceeded(spec.within, error);
  }
  if (error instanceof WorkflowNotFoundError) {
    return (await exists(temporal, spec))
      ? new OnboardingEnded(spec.address, error)
      : new OnboardingNotFound(spec.address, error);
  }
  if (spec.workflowId !== undefined && causeOf(error, isOfFailedTask)) {
    return new RunStuck({ address: spec.address, workflowId: spec.workflowId }, error);
  }
  if (causeOf(error, isOfNeverBegun)) return new OnboardingEnded(spec.address, error);
  return known(spec, error) ?? unknown(error);
}

/** The answer to a query of a run whose workflow task has failed three times or more. */
function isOfFailedTask(error: unknown): error is Error {
  const isMeant = ({ code, details }: { code: number; details: string }) =>
    code === GRPC.failedPrecondition && /workflow task in failed state/i.test(details);
  return isGrpcServiceError(error) && isMeant(error);
}

/** The answer to a query of a run that was terminated before a worker had taken it: it has no story. */
function isOfNeverBegun(error: unknown): error is Error {
  const isMeant = ({ code, details }: { code: number; details: string }) =>
    code === GRPC.failedPrecondition && /closed before WorkflowTaskStarted/.test(details);
  return isGrpcServiceError(error) && isMeant(error);
}

/** The errors that speak for themselves. */
export function known(spec: Pick<Call, 'within'>, error: unknown): OnboardingError | undefined {
  const encryption = causeOf(error, (cause) => cause instanceof EncryptionError);
  if (encryption) return new KeyMismatch(encryption);
  if (error instanceof NamespaceNotFoundError) return new NamespaceNotReady('The namespace does not exist', error);
  if (error instanceof QueryNotRegisteredError) {
    return new OnboardingError(
      'Unexpected',
      'The run does not know this query; bring client and workers to one version.',
      error,
    );
  }
  if (error instanceof WorkflowUpdateFailedError) return refusal(error);
  const grpc = causeOf(error, isGrpcServiceError);
  return grpc && byStatus(spec, grpc);
}

function unknown(error: unknown): OnboardingError {
  const code = causeOf(error, isGrpcServiceError)?.code;
  const what = code === undefined ? 'An error' : `gRPC status ${code}`;
  return new OnboardingError(
    'Unexpected',
    `${what} of Temporal or its client that has no remedy here; look at the error’s cause and the server’s log.`,
    error,
  );
}

function refusal(error: WorkflowUpdateFailedError): UpdateRefused {
  const { cause } = error;
  const sentence = cause?.message ?? 'The run refused the message.';
  return new UpdateRefused(sentence, (cause instanceof ApplicationFailure && cause.type) || 'Refused', error);
}

function byStatus(
  spec: Pick<Call, 'within'>,
  error: Error & { code: number; details: string },
): OnboardingError | undefined {
  switch (error.code) {
    case GRPC.unavailable:
    case GRPC.resourceExhausted:
      return new TemporalUnavailable(error);
    case GRPC.permissionDenied:
    case GRPC.unauthenticated:
      return new AccessDenied(error);
    case GRPC.failedPrecondition:
      // "no poller seen for task queue recently": the answer to a query when no worker is there.
      return /poller/.test(error.details) ? new WorkerUnavailable(spec.within, error) : undefined;
    case GRPC.notFound:
      return /namespace/i.test(error.details)
        ? new NamespaceNotReady('The namespace does not exist', error)
        : undefined;
    case GRPC.invalidArgument:
      return /search ?attribute/i.test(error.details)
        ? new NamespaceNotReady('The namespace lacks a search attribute of this product', error)
        : undefined;
    default:
      return undefined;
  }
}

function causeOf<E extends Error>(error: unknown, is: (cause: unknown) => cause is E): E | undefined {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if (is(cause)) return cause;
  }
  return undefined;
}

async function answers({ connection }: Client): Promise<boolean> {
  try {
    await connection.withDeadline(Date.now() + 1000, () => connection.workflowService.getSystemInfo({}));
    return true;
  } catch {
    return false; // The answer asked for; the first error is the cause that is reported.
  }
}

/** Temporal says "not found" for a message to a run that has ended, too. */
async function exists(temporal: Client, { workflowId, within }: Call): Promise<boolean> {
  if (workflowId === undefined) return false;
  const execution = { workflowId };
  const { namespace } = temporal.options;
  try {
    await temporal.withDeadline(Date.now() + within, () =>
      temporal.connection.workflowService.describeWorkflowExecution({ namespace, execution }),
    );
    return true;
  } catch {
    return false; // As above.
  }
}
