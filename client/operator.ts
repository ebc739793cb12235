import { pMapIterable } from 'p-map';
import type { RunAddress } from '../contract/ids.ts';
import type { AttentionProgress, Decision } from '../contract/progress.ts';
import * as messages from '../contract/messages.ts';
import type { Caller } from './temporal/caller.ts';
import { checkVerdict, type Verdict } from './requests/decision.ts';
import { OnboardingError, WorkerUnavailable } from './errors.ts';
import { checkHangingFilter, fits, type HangingFilter } from './requests/hanging-filter.ts';
import { listRuns } from './temporal/list.ts';
import { attentionOf } from './temporal/attention-of.ts';
import { readPage } from './temporal/page.ts';
import { isOutage } from './temporal/watch.ts';
import type { OnboardingRun, RunFilter } from './temporal/runs.ts';
import { unserved, unservedProviders } from './unserved.ts';

export interface DecisionInput extends Verdict {
  step: string;
  /** Of the `AttentionProgress` that is decided: the decision, sent again, is the same one and decides nothing that comes later. */
  call?: number;
}

/** A run that needs a decision. `problem`: it could not be asked what for. */
export type Hanging = { run: OnboardingRun } & ({ attention: AttentionProgress } | { problem: OnboardingError });

export interface HangingPage {
  /** May be fewer than asked for, also when more follow. */
  hanging: Hanging[];
  /** Where the next page begins; absent after the last. Good for the same filter only. */
  next?: Uint8Array;
}

/** What became of a decision. Without `problem` the run has taken it. */
export interface Decided {
  run: OnboardingRun;
  attention: AttentionProgress;
  problem?: OnboardingError;
}

/** Runs asked or told at the same time: enough to hide the way to the server, too few to crowd out those who start runs. */
const AT_ONCE = 10;

/** What hangs, in onboardings, members, changes and offboardings, and what people decide about it. */
export class Operator {
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** All that needs a decision and fits, newest run first. */
  async *hanging(filter: HangingFilter = {}): AsyncGenerator<Hanging, void> {
    const wanted = checkHangingFilter(filter);
    yield* this.#ask(listRuns(this.#caller, waiting(wanted)), wanted);
  }

  /** One page of them: of `size` runs that wait for a decision, those that fit. `after` is the `next` of the page before, under the same filter. */
  async hangingPage(
    filter: HangingFilter,
    { size, after }: { size: number; after?: Uint8Array },
  ): Promise<HangingPage> {
    const wanted = checkHangingFilter(filter);
    const { runs, next } = await readPage(this.#caller, waiting(wanted), { size, ...(after && { after }) });
    const hanging: Hanging[] = [];
    for await (const found of this.#ask(runs, wanted)) hanging.push(found);
    return next ? { hanging, next } : { hanging };
  }

  async *#ask(
    runs: Iterable<OnboardingRun> | AsyncIterable<OnboardingRun>,
    wanted: HangingFilter,
  ): AsyncGenerator<Hanging, void> {
    let unanswered = 0;
    const asked = pMapIterable(
      runs,
      async (run): Promise<Hanging | { run: OnboardingRun }> => {
        // After a whole round without an answer there is none to be had, and each question would wait for its own deadline.
        if (unanswered >= AT_ONCE) return { run, problem: new WorkerUnavailable(this.#caller.within) };
        try {
          const attention = await attentionOf(this.#caller, run);
          unanswered = 0;
          return { run, ...(attention && { attention }) };
        } catch (error) {
          if (!(error instanceof OnboardingError)) throw error;
          if (isOutage(error)) unanswered += 1;
          return { run, problem: error };
        }
      },
      { concurrency: AT_ONCE },
    );
    for await (const found of asked) {
      if ('problem' in found || ('attention' in found && fits(wanted, found.attention, Date.now()))) yield found;
    }
  }

  /** Whose open runs wait because no worker takes their calls. */
  unserved(provider?: string): Promise<{ provider: string; problem: OnboardingError }[]> {
    return unservedProviders(this.#caller, provider === undefined ? undefined : [provider]);
  }

  /** The same of one provider, whether it has open runs or not. */
  whyUnserved(provider: string): Promise<OnboardingError | undefined> {
    return unserved(this.#caller, provider);
  }

  async resolve(address: RunAddress, { step, call, ...verdict }: DecisionInput): Promise<void> {
    const named = call === undefined ? {} : { call };
    const decision = { step, ...named, ...checkVerdict(verdict) };
    const id = call === undefined ? {} : { updateId: `resolve-${call}-${decision.action}` };
    return this.#caller.update(this.#caller.to(address), (run) =>
      run.executeUpdate(messages.resolve, { args: [decision], ...id }),
    );
  }

  /**
   * One decision for all of these, in their order. A run that has gone on meanwhile, or does not allow it, refuses for itself. An aborted
   * `signal` lets those under way finish and leaves the others.
   */
  async *resolveAll(
    found: Iterable<{ run: OnboardingRun; attention: AttentionProgress }>,
    input: Verdict,
    { signal }: { signal?: AbortSignal } = {},
  ): AsyncGenerator<Decided, void> {
    const verdict = checkVerdict(input);
    const told = pMapIterable(
      found,
      async ({ run, attention }): Promise<Decided | undefined> => {
        if (signal?.aborted) return undefined;
        try {
          await this.resolve(run, { step: attention.step, call: attention.call, ...verdict });
          return { run, attention };
        } catch (problem) {
          if (!(problem instanceof OnboardingError)) throw problem;
          return { run, attention, problem };
        }
      },
      { concurrency: AT_ONCE },
    );
    for await (const decided of told) if (decided) yield decided;
  }

  /** Oldest first. The reasons are people's own words. */
  async decisions(address: RunAddress): Promise<Decision[]> {
    return this.#caller.query(this.#caller.to(address), messages.decisions);
  }
}

/** Temporal's list knows no more of it than that: the rest is asked of each run. */
function waiting({ provider }: HangingFilter): RunFilter {
  return {
    types: ['onboarding', 'change', 'offboarding'],
    members: true,
    status: 'running',
    waitingFor: 'operator',
    ...(provider !== undefined && { provider }),
  };
}
