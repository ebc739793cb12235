import {
  ScheduleAlreadyRunning,
  ScheduleClient,
  ScheduleNotFoundError,
  type Client,
  type ScheduleHandle,
  type ScheduleOptions,
} from '@temporalio/client';
import type { PayloadCodec } from '@temporalio/common';
import { parseDuration } from '../contract/duration.ts';
import { reconciliationId } from '../contract/ids.ts';
import { PROVIDER } from '../contract/search-attributes.ts';
import { reconciliationSummary } from '../contract/start.ts';
import { RECONCILE } from '../contract/messages.ts';
import { asInput, type Sent } from '../contract/sent.ts';
import { call } from './temporal/call.ts';
import type { Caller } from './temporal/caller.ts';
import { OnboardingNotFound } from './errors.ts';
import { checkPlan, checkReconcile, type ReconciliationPlan } from './requests/reconciliation.ts';

/** A provider's schedule as Temporal has it. Instants are ISO 8601 in UTC. */
export interface ReconciliationSchedule {
  provider: string;
  /** Milliseconds between two runs. */
  every: number;
  paused: boolean;
  next?: string;
  /** Runs so far, newest last, as far as Temporal remembers them. */
  recent: { workflowId: string; at: string }[];
}

/** One Temporal Schedule per provider. A run that takes longer than the time between two lets the next one pass. */
export class ReconciliationSchedules {
  readonly #caller: Caller;
  readonly #schedules: ScheduleClient;

  constructor(caller: Caller) {
    this.#caller = caller;
    this.#schedules = unbound(caller.temporal);
  }

  /** Sets the schedule, or changes the one there is; a paused one stays paused. */
  async set(input: unknown): Promise<{ created: boolean }> {
    const plan = checkPlan(input);
    const options = optionsOf(plan, this.#caller.taskQueue);
    return this.#call(plan.provider, async () => {
      try {
        await this.#schedules.create(options);
        return { created: true };
      } catch (error) {
        if (!(error instanceof ScheduleAlreadyRunning)) throw error;
      }
      await this.#handle(plan.provider).update(({ state }) => ({ ...options, state }));
      return { created: false };
    });
  }

  async get(provider: string): Promise<ReconciliationSchedule> {
    const { spec, state, info } = await this.#with(provider, (schedule) => schedule.describe());
    const [next] = info.nextActionTimes;
    return {
      provider,
      every: spec.intervals?.[0]?.every ?? 0,
      paused: state.paused,
      ...(next && !state.paused && { next: next.toISOString() }),
      recent: info.recentActions.map(({ action, takenAt }) => ({
        workflowId: action.workflow.workflowId,
        at: takenAt.toISOString(),
      })),
    };
  }

  async pause(provider: string): Promise<void> {
    return this.#with(provider, (schedule) => schedule.pause());
  }

  async resume(provider: string): Promise<void> {
    return this.#with(provider, (schedule) => schedule.unpause());
  }

  /** A run now, unless one is under way. */
  async trigger(provider: string): Promise<void> {
    return this.#with(provider, (schedule) => schedule.trigger());
  }

  /** A run under way goes on. */
  async delete(provider: string): Promise<void> {
    return this.#with(provider, (schedule) => schedule.delete());
  }

  async #with<R>(provider: string, act: (schedule: ScheduleHandle) => Promise<R>): Promise<R> {
    return this.#call(provider, () => act(this.#handle(provider)));
  }

  #handle(provider: string): ScheduleHandle {
    return this.#schedules.getHandle(reconciliationId(checkReconcile({ provider }).provider));
  }

  #call<R>(provider: string, act: () => Promise<R>): Promise<R> {
    const { temporal, within } = this.#caller;
    const address = `The schedule of ${checkReconcile({ provider }).provider}`;
    return call(temporal, { address, within, by: 'temporal' }, async () => {
      try {
        return await act();
      } catch (error) {
        throw error instanceof ScheduleNotFoundError ? new OnboardingNotFound(address, error) : error;
      }
    });
  }
}

function optionsOf({ provider, every, policy }: ReconciliationPlan, taskQueue: string): ScheduleOptions {
  const workflowId = reconciliationId(provider);
  return {
    scheduleId: workflowId,
    spec: { intervals: [{ every: parseDuration(every)! }] },
    policies: { overlap: 'SKIP', catchupWindow: '1 hour' },
    action: {
      type: 'startWorkflow',
      workflowType: RECONCILE,
      workflowId,
      taskQueue,
      args: [{ sealedAs: asInput(RECONCILE), args: [{ provider, ...(policy && { policy }) }] } satisfies Sent],
      staticSummary: reconciliationSummary({ provider }),
      typedSearchAttributes: [{ key: PROVIDER, value: provider }],
    },
  };
}

/**
 * Encrypts as everybody does, but binds to no workflow id: a schedule puts the time of each run behind the id, so what it is given for all of
 * them would be refused in each. It holds provider and policy only.
 */
function unbound({ connection, options }: Client): ScheduleClient {
  const { payloadCodecs } = options.loadedDataConverter;
  const codecs = payloadCodecs.map((codec): PayloadCodec => ({
    encode: (payloads) => codec.encode(payloads),
    decode: (payloads) => codec.decode(payloads),
  }));
  return new ScheduleClient({ connection, namespace: options.namespace, dataConverter: { payloadCodecs: codecs } });
}
