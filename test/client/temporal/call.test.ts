import { ServiceError, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure, NamespaceNotFoundError } from '@temporalio/common';
import { known } from '../../../client/temporal/call.ts';
import { EXIT, exitCodeOf } from '../../../cli/exit-codes.ts';
import { EncryptionError } from '../../../encryption/errors.ts';

const CANARY = 'CANARY-7f3a';

/** As the SDK throws it: its own error around that of gRPC, whose details are the server's free text. */
function grpc(code: number, details = CANARY): ServiceError {
  const cause = Object.assign(new Error(`${code} ${details}`), { code, details, metadata: {} });
  return new ServiceError('Failed', { cause });
}

test.each([
  [grpc(14), 'TemporalUnavailable', EXIT.unavailable],
  [grpc(8), 'TemporalUnavailable', EXIT.unavailable],
  [grpc(7), 'AccessDenied', EXIT.unavailable],
  [grpc(16), 'AccessDenied', EXIT.unavailable],
  [grpc(9, 'no poller seen for task queue recently'), 'WorkerUnavailable', EXIT.unavailable],
  [grpc(5, 'Namespace x is not found.'), 'NamespaceNotReady', EXIT.unavailable],
  [grpc(3, 'no mapping defined for search attribute OnboardingStage'), 'NamespaceNotReady', EXIT.unavailable],
  [new NamespaceNotFoundError('x'), 'NamespaceNotReady', EXIT.unavailable],
  [new Error('decode', { cause: new EncryptionError('KeyUnknown', 'A sentence.') }), 'KeyMismatch', EXIT.usage],
])('%s is %s', (error, code, exit) => {
  const mapped = known({ within: 1000 }, error);
  expect(mapped).toMatchObject({ code, name: code });
  expect(mapped!.message).not.toContain(CANARY);
  expect(exitCodeOf(mapped!.code)).toBe(exit);
});

test('a refusal keeps the run’s sentence and code', () => {
  const cause = ApplicationFailure.nonRetryable('step: needs no decision.', 'UpdateRefused');
  expect(known({ within: 1000 }, new WorkflowUpdateFailedError('Workflow Update failed', cause))).toMatchObject({
    code: 'UpdateRefused',
    reason: 'UpdateRefused',
    message: 'step: needs no decision.',
  });
});

test.each([grpc(13), grpc(9), grpc(3), new Error(CANARY)])('what is not known is left to the caller: %s', (error) => {
  expect(known({ within: 1000 }, error)).toBeUndefined();
});
