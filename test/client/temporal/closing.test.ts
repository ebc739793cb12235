import { InterceptingCall, ListenerBuilder, RequesterBuilder, type Interceptor } from '@grpc/grpc-js';
import { Client, Connection } from '@temporalio/client';
import { connectionOptions } from '../../../client/temporal/connection-options.ts';
import { OnboardingClient } from '../../../client/index.ts';
import { dataConverter } from '../../workflows/suite.ts';
import { singleRequest } from '../suite.ts';

const DEADLINE = 60_000;
const NOWHERE = { connection: { address: '127.0.0.1:9' }, deadline: DEADLINE };

// The SDK repeats from a timer: what that throws nobody can catch, and it would end the process that closed its client.
test.each<[string, (client: OnboardingClient) => Promise<unknown>]>([
  ['call', (client) => client.start(singleRequest())],
  ['wait for a result', (client) => client.result('defentry', 'c-1')],
])('closed while it is to be repeated, a %s ends as unavailable', async (_, ask) => {
  const attempts = new EventTarget();
  const failed = new Promise((resolve) => attempts.addEventListener('failed', resolve, { once: true }));
  const { interceptors, ...options } = connectionOptions(NOWHERE);
  const connection = Connection.lazy({ ...options, interceptors: [...interceptors, watching(attempts)] });
  const client = new OnboardingClient(new Client({ connection, dataConverter }), { deadline: DEADLINE });
  const ending = ask(client).catch((error: unknown) => error);
  await failed;
  await client.close();
  expect(await ending).toMatchObject({ code: 'TemporalUnavailable' });
});

test('a call on a closed client says the same', async () => {
  const connection = Connection.lazy(connectionOptions(NOWHERE));
  const client = new OnboardingClient(new Client({ connection, dataConverter }));
  await client.close();
  await expect(client.get('defentry', 'c-1')).rejects.toMatchObject({ code: 'TemporalUnavailable' });
});

/** Tells of each attempt that fails, before the SDK plans the next. */
function watching(attempts: EventTarget): Interceptor {
  return (options, nextCall) =>
    new InterceptingCall(
      nextCall(options),
      new RequesterBuilder()
        .withStart((metadata, _listener, next) => {
          const listener = new ListenerBuilder().withOnReceiveStatus((status, next) => {
            attempts.dispatchEvent(new Event('failed'));
            next(status);
          });
          next(metadata, listener.build());
        })
        .build(),
    );
}
