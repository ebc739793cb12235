import type { Client, WorkflowClient, WorkflowExecutionDescription, WorkflowHandle } from '@temporalio/client';
import type { QueryDefinition, SignalDefinition } from '@temporalio/common';
import type { RunAddress } from '../../contract/ids.ts';
import type { Accountable } from '../../contract/progress.ts';
import * as messages from '../../contract/messages.ts';
import { addressOf, type Addressed } from './address.ts';
import { blindClient } from './blind-client.ts';
import { call, untilAnswered, untilTaken, type Call } from './call.ts';
import { isEventCodec } from '../../encryption/event-hash.ts';
import { ConfigInvalid, OnboardingEnded, OnboardingNotFound } from '../errors.ts';
import { toRun, type OnboardingRun } from './runs.ts';

/** Without a run id the newest run is meant. */
export type Target = Call & Addressed & { runId?: string };

/** How every part of the library reaches its runs: one deadline, and errors of ours alone. */
export class Caller {
  readonly temporal: Client;
  /** Opens no payload: for what Temporal itself knows. */
  readonly blind: WorkflowClient;
  readonly taskQueue: string;
  /** Milliseconds that one call may take. */
  readonly within: number;
  /** The most that one person may decide or have repaired at once. */
  readonly fourEyesAbove: number;
  /** Of the key ring. */
  readonly eventHash: (eventId: string) => string;

  /** Fails `ConfigInvalid` when the client writes without a key ring. */
  constructor(
    temporal: Client,
    { taskQueue, deadline, fourEyesAbove = Infinity }: { taskQueue: string; deadline: number; fourEyesAbove?: number },
  ) {
    const codec = temporal.options.loadedDataConverter.payloadCodecs.find(isEventCodec);
    if (!codec) {
      throw new ConfigInvalid(
        'The Temporal client does not encrypt; give it createDataConverter(keyRing) as dataConverter.',
      );
    }
    this.temporal = temporal;
    this.blind = blindClient(temporal);
    this.taskQueue = taskQueue;
    this.within = deadline;
    this.fourEyesAbove = fourEyesAbove;
    this.eventHash = codec.eventHash;
  }

  /** Fails `RequestInvalid` when the parts name nobody's run. */
  to(run: RunAddress): Target {
    return { ...addressOf(run), within: this.within, by: 'temporal' };
  }

  /** What Temporal knows of the run; needs no worker. */
  async get(run: RunAddress): Promise<OnboardingRun> {
    return this.#get(this.to(run));
  }

  /** The same, or nothing when there never was such a run, or none is left. */
  async find(run: RunAddress): Promise<OnboardingRun | undefined> {
    return this.newest(this.to(run));
  }

  async newest(target: Target): Promise<OnboardingRun | undefined> {
    try {
      return await this.#get(target);
    } catch (error) {
      if (error instanceof OnboardingNotFound) return undefined;
      throw error;
    }
  }

  /** `mark` changes whenever anything has happened in the run. */
  async look(target: Target): Promise<{ mark: string; ended: boolean }> {
    const { runId, historyLength, closeTime } = await this.#describe(target);
    return { mark: `${runId} ${historyLength}`, ended: closeTime !== undefined };
  }

  query<R>(target: Target, query: QueryDefinition<R>): Promise<R> {
    const handle = this.temporal.workflow.getHandle(target.workflowId, target.runId);
    return call(this.temporal, { ...target, by: 'worker' }, () =>
      untilAnswered(
        this.temporal,
        target.within,
        () => handle.query(query),
        async () => toRun(await this.#describe(target))?.stuck === true,
      ),
    );
  }

  signal<A>(target: Target, signal: SignalDefinition<[A]>, fact: A): Promise<void> {
    const handle = this.temporal.workflow.getHandle(target.workflowId);
    return call(this.temporal, target, () => handle.signal(signal, fact));
  }

  update<R>(target: Target, update: (handle: WorkflowHandle) => Promise<R>): Promise<R> {
    const handle = this.temporal.workflow.getHandle(target.workflowId);
    return call(this.temporal, { ...target, by: 'worker' }, () => untilTaken(() => update(handle)));
  }

  /** `words`: who asks and why, for a run that keeps decisions on record. */
  async cancel(target: Target, words: Accountable = {}): Promise<void> {
    const handle = this.blind.getHandle(target.workflowId);
    await call(this.temporal, target, async () => {
      // Temporal takes the cancel of an ended run without a word.
      if ((await handle.describe()).closeTime !== undefined) throw new OnboardingEnded(target.address);
      const said = Object.keys(words).length > 0;
      if (said) await this.temporal.workflow.getHandle(target.workflowId).signal(messages.cancelAsked, words);
      await handle.cancel();
    });
  }

  async #get(target: Target): Promise<OnboardingRun> {
    const found = toRun(await this.#describe(target));
    if (found) return found;
    throw new OnboardingNotFound(target.address);
  }

  #describe(target: Target): Promise<WorkflowExecutionDescription> {
    return call(this.temporal, target, () => this.blind.getHandle(target.workflowId).describe());
  }
}
