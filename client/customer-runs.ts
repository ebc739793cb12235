import type { QueryDefinition } from '@temporalio/common';
import type { RunAddress, RunType } from '../contract/ids.ts';
import type { Accountable } from '../contract/progress.ts';
import { checkAccountable } from './requests/decision.ts';
import type { Caller, Target } from './temporal/caller.ts';
import { resultOf } from './temporal/result.ts';
import type { OnboardingRun } from './temporal/runs.ts';
import { watch, type WatchOptions } from './temporal/watch.ts';

/** The runs of one type, of which a customer has one at a time: how each is looked at, followed and ended. */
export class CustomerRuns<Progress, Result> {
  protected readonly caller: Caller;
  readonly #type: RunType;
  readonly #progress: QueryDefinition<Progress>;

  constructor(caller: Caller, type: RunType, progress: QueryDefinition<Progress>) {
    this.caller = caller;
    this.#type = type;
    this.#progress = progress;
  }

  /** What Temporal knows of the customer's run; needs no worker. With `member`, of that member's own run. */
  async get(provider: string, reference: string, member?: string): Promise<OnboardingRun> {
    return this.caller.get(this.address(provider, reference, member));
  }

  async progress(provider: string, reference: string): Promise<Progress> {
    return this.caller.query(this.of(provider, reference), this.#progress);
  }

  /** Each change of the progress, then the result as the generator's return value. Outlives outages of Temporal and of the workers. */
  watch(provider: string, reference: string, options: WatchOptions = {}): AsyncGenerator<Progress, Result | undefined> {
    const look = async () => this.caller.look(this.of(provider, reference));
    const progress = () => this.progress(provider, reference);
    const result = () => this.result(provider, reference, { within: this.caller.within });
    return watch({ look, progress, result }, options);
  }

  /** Waits for the end; `within` in milliseconds, as long as it takes by default. */
  async result(provider: string, reference: string, { within = Infinity }: { within?: number } = {}): Promise<Result> {
    return resultOf(this.caller.temporal, this.of(provider, reference), within);
  }

  /** Asks the run to end. Who asks and why is kept with the run's decisions. */
  async cancel(provider: string, reference: string, words: Accountable = {}): Promise<void> {
    return this.caller.cancel(this.of(provider, reference), checkAccountable(words));
  }

  /** Where the run is found. Fails `RequestInvalid` when the parts name nobody's run. */
  protected of(provider: string, reference: string, member?: string): Target {
    return this.caller.to(this.address(provider, reference, member));
  }

  protected address(provider: string, reference: string, member?: string): RunAddress {
    return { type: this.#type, provider, reference, ...(member !== undefined && { member }) };
  }
}
