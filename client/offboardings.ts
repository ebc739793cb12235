import { FINAL_OUTCOMES, type ErasureRecord, type OffboardingProgress } from '../contract/offboarding.ts';
import type { RunAddress } from '../contract/ids.ts';
import type { Accountable } from '../contract/progress.ts';
import { PROVIDER, STAGE } from '../contract/search-attributes.ts';
import { offboardingSummary } from '../contract/start.ts';
import * as messages from '../contract/messages.ts';
import type { Caller, Target } from './temporal/caller.ts';
import { checkAccountable } from './requests/decision.ts';
import { checkOffboarding } from './requests/offboarding.ts';
import { resultOf } from './temporal/result.ts';
import type { OnboardingRun } from './temporal/runs.ts';
import { startOnce } from './temporal/start-once.ts';
import type { Started } from './start.ts';
import { watch, type WatchOptions } from './temporal/watch.ts';
import { refuseWhileOpen } from './temporal/while-open.ts';

/** Ends of accounts: taken apart, deactivated, kept for a while, removed; each proven. */
export class Offboardings {
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /**
   * Checks and starts. The same request again, whoever asks and why, answers with the run there is; another one while that is open is a
   * `ReferenceConflict`. Refused while the onboarding or a change of the account is open. Who and why stay on record in the run's input.
   */
  async start(input: unknown): Promise<Started> {
    const request = checkOffboarding(input);
    const { by: _, reason: __, ...sameBy } = request;
    const { provider, reference } = request;
    const onboarding: RunAddress = { type: 'onboarding', provider, reference };
    await refuseWhileOpen(this.#caller, onboarding, { type: 'change', provider, reference });
    const begun = (await this.#caller.find(onboarding))?.startedAt;
    const target = this.#of(provider, reference);
    const found = await startOnce<ErasureRecord>(this.#caller, {
      target,
      type: messages.OFFBOARD_CUSTOMER,
      request,
      sameBy,
      shown: {
        staticSummary: offboardingSummary(provider),
        typedSearchAttributes: [
          { key: PROVIDER, value: provider },
          { key: STAGE, value: 'findAccount' },
        ],
      },
      // A customer who came back since then has a new account.
      keeps: ({ outcome }, endedAt) =>
        FINAL_OUTCOMES.includes(outcome) && !(begun !== undefined && new Date(begun) > endedAt),
    });
    return { provider, reference, workflowId: target.workflowId, ...found };
  }

  /** What Temporal knows of the run; needs no worker. */
  async get(provider: string, reference: string): Promise<OnboardingRun> {
    return this.#caller.get(addressOf(provider, reference));
  }

  async progress(provider: string, reference: string): Promise<OffboardingProgress> {
    return this.#caller.query(this.#of(provider, reference), messages.offboardingProgress);
  }

  /** Each change of the progress, then the record as the generator's return value. Outlives outages of Temporal and of the workers. */
  watch(
    provider: string,
    reference: string,
    options: WatchOptions = {},
  ): AsyncGenerator<OffboardingProgress, ErasureRecord | undefined> {
    const look = async () => this.#caller.look(this.#of(provider, reference));
    const progress = () => this.progress(provider, reference);
    const result = () => this.result(provider, reference, { within: this.#caller.within });
    return watch({ look, progress, result }, options);
  }

  /** Waits for the end; `within` in milliseconds, as long as it takes by default. */
  async result(
    provider: string,
    reference: string,
    { within = Infinity }: { within?: number } = {},
  ): Promise<ErasureRecord> {
    return resultOf(this.#caller.temporal, this.#of(provider, reference), within);
  }

  /** While the account is kept: brings it back where the provider can. Earlier it ends the run where it is, and the record lists what is gone. */
  async cancel(provider: string, reference: string, words: Accountable = {}): Promise<void> {
    return this.#caller.cancel(this.#of(provider, reference), checkAccountable(words));
  }

  #of(provider: string, reference: string): Target {
    return this.#caller.to(addressOf(provider, reference));
  }
}

function addressOf(provider: string, reference: string): RunAddress {
  return { type: 'offboarding', provider, reference };
}
