import type { GuardedProcess } from './guard.ts';
import { spawnService, untilReady, type Service } from './service.ts';

/** More restarts than this within the window mean that restarting does not help. */
const MOST_RESTARTS = 5;
const WINDOW_MS = 60_000;

export interface SupervisorEvents {
  /** Something a person wants to know. */
  say: (line: string) => void;
  /** Called with the processes' groups whenever they change. */
  groups: (groups: number[]) => Promise<void>;
  /** A service can't be kept up. */
  gaveUp: (error: unknown) => void;
}

/** Keeps services up: one that ends is started again. */
export class Supervisor {
  readonly #events: SupervisorEvents;
  readonly #running = new Map<string, GuardedProcess>();
  #stopping = false;

  constructor(events: SupervisorEvents) {
    this.#events = events;
  }

  /** Ends when the service is ready for the first time. */
  async start(service: Service): Promise<void> {
    const running = await this.#launch(service);
    this.#keep(service, running).catch((error: unknown) => {
      if (!this.#stopping) this.#events.gaveUp(error);
    });
  }

  /** Stops what was started last first; ends when all of it is gone. */
  async stop(): Promise<void> {
    this.#stopping = true;
    for (const running of [...this.#running.values()].toReversed()) await running.stop();
  }

  async #launch(service: Service): Promise<GuardedProcess> {
    const running = spawnService(service);
    this.#running.set(service.name, running);
    await this.#events.groups([...this.#running.values()].map(({ group }) => group));
    await untilReady(service, running);
    return running;
  }

  async #keep(service: Service, first: GuardedProcess): Promise<void> {
    const restarts: number[] = [];
    for (let running = first; ; running = await this.#launch(service)) {
      const code = await running.exited;
      if (this.#stopping) return;
      const now = Date.now();
      if (restarts.push(now) > MOST_RESTARTS && now - restarts.at(-1 - MOST_RESTARTS)! < WINDOW_MS) {
        throw new Error(`${service.name} ended ${MOST_RESTARTS + 1} times within a minute; its log is ${service.log}.`);
      }
      this.#events.say(`${service.name} ended with code ${code}; it is started again.`);
    }
  }
}
