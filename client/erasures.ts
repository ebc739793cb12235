import {
  DEFAULT_ERASE_AFTER,
  type ErasureInput,
  type ErasureProgress,
  type HistoriesRecord,
} from '../contract/erasure.ts';
import type { RunAddress } from '../contract/ids.ts';
import { FINAL_OUTCOMES } from '../contract/offboarding.ts';
import type { Accountable } from '../contract/progress.ts';
import { PROVIDER, STAGE } from '../contract/search-attributes.ts';
import { erasureSummary } from '../contract/start.ts';
import * as messages from '../contract/messages.ts';
import { UpdateRefused } from './errors.ts';
import { checkAccountable } from './requests/decision.ts';
import { checkErasure } from './requests/erasure.ts';
import { nameOf } from './temporal/address.ts';
import { call } from './temporal/call.ts';
import type { Caller, Target } from './temporal/caller.ts';
import { resultOf } from './temporal/result.ts';
import { isTaken, type OnboardingRun } from './temporal/runs.ts';
import { watch, type WatchOptions } from './temporal/watch.ts';
import { refuseWhileOpen } from './temporal/while-open.ts';

/** Ends of what Temporal keeps of customers' runs. An offboarding that removes the account starts one by itself. */
export class Erasures {
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /**
   * Has the histories of the customer's closed runs deleted now, also where an offboarding has them wait. Refused while the onboarding, a change
   * or the offboarding is open, and while the customer has an account: without the onboarding's run a repeated start would open it anew.
   */
  async start(input: unknown): Promise<{ provider: string; reference: string; workflowId: string }> {
    const { provider, reference, by, reason } = checkErasure(input);
    const of = <Type extends RunAddress['type']>(type: Type) => ({ type, provider, reference });
    await refuseWhileOpen(this.#caller, of('onboarding'), of('change'), of('offboarding'));
    await this.#refuseOfCustomer(of('onboarding'), of('offboarding'));
    const { temporal, taskQueue } = this.#caller;
    const target = this.#of(provider, reference);
    const { workflowId } = target;
    const asked = { before: new Date().toISOString(), eraseAfter: DEFAULT_ERASE_AFTER };
    await call(temporal, target, () =>
      temporal.workflow.signalWithStart(messages.ERASE_CUSTOMER, {
        workflowId,
        taskQueue,
        args: [{ provider, reference, ...asked } satisfies ErasureInput],
        signal: messages.eraseNow,
        signalArgs: [{ ...(by !== undefined && { by }), ...(reason !== undefined && { reason }) }],
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        staticSummary: erasureSummary(provider),
        typedSearchAttributes: [
          { key: PROVIDER, value: provider },
          { key: STAGE, value: 'keepHistories' },
        ],
        priority: { priorityKey: 2 },
      }),
    );
    return { provider, reference, workflowId };
  }

  async #refuseOfCustomer(onboarding: RunAddress, offboarding: RunAddress): Promise<void> {
    const [came, left] = await Promise.all([this.#caller.find(onboarding), this.#caller.find(offboarding)]);
    if (!came || !isTaken(came)) return;
    const isGone = FINAL_OUTCOMES.some((outcome) => outcome === left?.outcome);
    if (isGone && new Date(left!.startedAt) >= new Date(came.startedAt)) return;
    throw new UpdateRefused(
      `${nameOf(onboarding)}: the customer has an account, and its onboarding says so; offboard the customer first.`,
      'UpdateRefused',
    );
  }

  /** What Temporal knows of the run; needs no worker. */
  async get(provider: string, reference: string): Promise<OnboardingRun> {
    return this.#caller.get(addressOf(provider, reference));
  }

  async progress(provider: string, reference: string): Promise<ErasureProgress> {
    return this.#caller.query(this.#of(provider, reference), messages.erasureProgress);
  }

  /** Each change of the progress, then the record as the generator's return value. */
  watch(
    provider: string,
    reference: string,
    options: WatchOptions = {},
  ): AsyncGenerator<ErasureProgress, HistoriesRecord | undefined> {
    const look = async () => this.#caller.look(this.#of(provider, reference));
    const progress = () => this.progress(provider, reference);
    const result = () => this.result(provider, reference, { within: this.#caller.within });
    return watch({ look, progress, result }, options);
  }

  /** The record: what was deleted, when, and what was not. Waits for the end; `within` in milliseconds, as long as it takes unless told. */
  async result(
    provider: string,
    reference: string,
    { within = Infinity }: { within?: number } = {},
  ): Promise<HistoriesRecord> {
    return resultOf(this.#caller.temporal, this.#of(provider, reference), within);
  }

  /** Keeps what is not deleted yet; Temporal's retention deletes it then. */
  async cancel(provider: string, reference: string, words: Accountable = {}): Promise<void> {
    return this.#caller.cancel(this.#of(provider, reference), checkAccountable(words));
  }

  #of(provider: string, reference: string): Target {
    return this.#caller.to(addressOf(provider, reference));
  }
}

function addressOf(provider: string, reference: string): RunAddress {
  return { type: 'erasure', provider, reference };
}
