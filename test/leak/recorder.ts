import type { Connection } from '@temporalio/client';
import type { Source } from './search.ts';
import { described } from './sources.ts';

/** Keeps what the server says of each open run while it is open: pending activities and their failures are gone afterwards. */
export class Recorder {
  readonly #seen = new Map<string, Source>();
  readonly #connection: Connection;
  readonly #running: Promise<void>;
  #stopped = false;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#running = this.#record();
  }

  async stop(): Promise<Source[]> {
    this.#stopped = true;
    await this.#running;
    return [...this.#seen.values()];
  }

  async #record(): Promise<void> {
    while (!this.#stopped) {
      const { executions } = await this.#connection.workflowService.listWorkflowExecutions({
        namespace: 'default',
        query: "ExecutionStatus = 'Running'",
      });
      for (const { execution } of executions) {
        const source = await described(this.#connection, execution!.workflowId!, execution!.runId!);
        const activities = source.bytes.indexOf('"pendingActivities"');
        if (activities >= 0) this.#seen.set(source.bytes.toString('utf8', activities), source);
      }
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
}
