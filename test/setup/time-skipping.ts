import { randomUUID } from 'node:crypto';
import type { Connection } from '@temporalio/client';
import { msToTs, tsToMs } from '@temporalio/common/lib/time.js';
import proto from '@temporalio/proto';

type TimeSkippingConfig = proto.temporal.api.common.v1.ITimeSkippingConfig;
type Service = Connection['workflowService'];
type StartMethod = 'startWorkflowExecution' | 'signalWithStartWorkflowExecution';

const {
  FAST_FORWARD_POLLING_RESULT_FAST_FORWARD_COMPLETED: COMPLETED,
  FAST_FORWARD_POLLING_RESULT_POLL_TIMEOUT: TIMEOUT,
} = proto.temporal.api.enums.v1.FastForwardPollingResult;

/**
 * The clock of a run: `real`; `skip`, which jumps to the next timer whenever the run is idle; `frozen`, which waits for
 * `fastForward`. Each run has its own clock, and a parent's stays behind while a child's runs ahead.
 */
export type Clock = 'real' | 'skip' | 'frozen';

function config(clock: Clock): TimeSkippingConfig | undefined {
  return clock === 'real' ? undefined : { enabled: clock === 'skip' };
}

/** Starts every run of the connection with the clock that `current` names. The SDK has no option for it yet. */
export function startWithClock(service: Service, current: () => Clock): void {
  const withClock = <Request extends object>(request: Request): Request => {
    const timeSkippingConfig = config(current());
    return timeSkippingConfig ? { ...request, timeSkippingConfig } : request;
  };
  const replace = (name: StartMethod): void => {
    const original = service[name].bind(service) as (request: object, ...rest: unknown[]) => unknown;
    Object.assign(service, { [name]: (request: object, ...rest: unknown[]) => original(withClock(request), ...rest) });
  };
  replace('startWorkflowExecution');
  replace('signalWithStartWorkflowExecution');
  const multi = service.executeMultiOperation.bind(service);
  const executeMultiOperation = (request: Parameters<typeof multi>[0]): ReturnType<typeof multi> => {
    const operations = request.operations?.map((operation) =>
      operation.startWorkflow ? { ...operation, startWorkflow: withClock(operation.startWorkflow) } : operation,
    );
    return multi({ ...request, ...(operations ? { operations } : {}) });
  };
  Object.assign(service, { executeMultiOperation });
}

/** Commands on the clock of a run that is under way. */
export class ClockControl {
  readonly #service: Service;
  readonly #namespace: string;

  constructor(service: Service, namespace: string) {
    this.#service = service;
    this.#namespace = namespace;
  }

  setClock(workflowId: string, clock: Clock): Promise<void> {
    return this.#update(workflowId, config(clock) ?? { enabled: false });
  }

  /** Moves the run's clock by `ms` of virtual time and freezes it there. Ends when it has arrived. A run with an open child does not arrive: move the child. */
  async fastForward(workflowId: string, ms: number): Promise<void> {
    const id = randomUUID();
    await this.#update(workflowId, { enabled: true, fastForwardConfig: { id, duration: msToTs(ms) } });
    const poll = { namespace: this.#namespace, workflowExecution: { workflowId }, fastForwardId: id };
    let answer;
    do {
      answer = await this.#service.pollWorkflowExecutionTimeSkipping(poll);
    } while (answer.fastForwardPollingResult === TIMEOUT);
    if (answer.fastForwardPollingResult !== COMPLETED) throw new Error(`fast-forward failed: ${answer.failedReason}`);
  }

  /** Milliseconds since the epoch on the run's own clock. */
  async virtualNow(workflowId: string): Promise<number> {
    const execution = { workflowId };
    const run = await this.#service.describeWorkflowExecution({ namespace: this.#namespace, execution });
    const now = run.workflowExtendedInfo?.timeSkippingInfo?.currentTime;
    return now ? tsToMs(now) : Date.now();
  }

  async #update(workflowId: string, timeSkippingConfig: TimeSkippingConfig): Promise<void> {
    await this.#service.updateWorkflowExecutionOptions({
      namespace: this.#namespace,
      workflowExecution: { workflowId },
      updateMask: { paths: ['time_skipping_config'] },
      workflowExecutionOptions: { timeSkippingConfig },
    });
  }
}
