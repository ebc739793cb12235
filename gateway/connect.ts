import { Client, Connection } from '@temporalio/client';
import { createDataConverter } from '../encryption/data-converter.ts';
import type { ClientConfig } from '../client/config.ts';
import { connectionOptions } from '../client/temporal/connection-options.ts';
import { OnboardingClient } from '../client/onboarding-client.ts';

/** Does not wait for Temporal: the gateway starts without it, says so where it is needed, and finds it when it is there. */
export function clientOf(config: ClientConfig): OnboardingClient {
  const { namespace, keyRing, taskQueue, deadline } = config;
  const connection = Connection.lazy(connectionOptions(config));
  const temporal = new Client({ connection, namespace, dataConverter: createDataConverter(keyRing) });
  return new OnboardingClient(temporal, { taskQueue, deadline });
}
