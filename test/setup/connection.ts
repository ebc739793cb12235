import { Connection } from '@temporalio/client';
import { connectionOptions } from '../../client/temporal/connection-options.ts';

/** As the product opens one: closed while a call is being repeated, it must not end the test file after it. */
export function connectTo(address: string): Promise<Connection> {
  return Connection.connect(connectionOptions({ connection: { address }, deadline: 60_000 }));
}
