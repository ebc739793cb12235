import { InterceptingCall, Metadata, status, type Interceptor, type InterceptingListener } from '@grpc/grpc-js';
import { defaultGrpcRetryOptions, makeGrpcRetryInterceptor, type ConnectionOptions } from '@temporalio/client';
import type { ClientConfig } from '../config.ts';

/** Of every connection that this library opens: the SDK's own repetition, which here survives the end of the connection. */
export function connectionOptions({
  connection,
  deadline,
}: Pick<ClientConfig, 'connection' | 'deadline'>): ConnectionOptions & { interceptors: Interceptor[] } {
  const interceptors = [makeGrpcRetryInterceptor(defaultGrpcRetryOptions()), endWithConnection];
  return { ...connection, connectTimeout: deadline, interceptors };
}

/**
 * A call on a closed connection throws, and the SDK repeats calls from a timer, where nobody can catch it: a client that was closed
 * while a call waited for its next attempt would end the whole process. So such an attempt ends like one that was cancelled.
 */
const endWithConnection: Interceptor = (options, nextCall) => {
  try {
    return new InterceptingCall(nextCall(options));
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes('shut down')) throw error;
    return new InterceptingCall(cancelled(error.message));
  }
};

function cancelled(details: string): ConstructorParameters<typeof InterceptingCall>[0] {
  return {
    start(_metadata: Metadata, listener?: Partial<InterceptingListener>): void {
      // The one who starts a call expects its end later than the answer of `start`.
      process.nextTick(() => {
        listener?.onReceiveMessage?.(null);
        listener?.onReceiveStatus?.({ code: status.CANCELLED, details, metadata: new Metadata() });
      });
    },
    cancelWithStatus(): void {},
    getPeer: () => 'none',
    sendMessageWithContext(): void {},
    sendMessage(): void {},
    startRead(): void {},
    halfClose(): void {},
    getAuthContext: () => null,
  };
}
