import { pMapIterable } from 'p-map';
import { RUN_TYPES, type RunAddress } from '../contract/ids.ts';
import type { Decision } from '../contract/progress.ts';
import * as messages from '../contract/messages.ts';
import type { Caller } from './temporal/caller.ts';
import { decideAll, type DecideAllOptions, type DecidedAll, type DecisionResult } from './decide-all.ts';
import { withSecondPerson, type Confirming } from './second-person.ts';
import { factsOf, type CustomerFact } from './facts.ts';
import { AT_ONCE, type Hanging, type HangingPage } from './hanging.ts';
import { checkVerdict, type Verdict, type VerdictOnMany } from './requests/decision.ts';
import { OnboardingError, RunStuck, WorkerUnavailable } from './errors.ts';
import { checkFilterOfMany, checkHangingFilter, fits, type HangingFilter } from './requests/hanging-filter.ts';
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

/** What hangs, in onboardings, members, changes, offboardings and erasures, and what people decide about it. */
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
        if (run.stuck) return { run, problem: new RunStuck(this.#caller.to(run)) };
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
   * One decision for all runs that fit, or for those that a dry run has found: each is told by itself, and may refuse. A filter names at least one
   * thing, so that no run is reached that nobody meant.
   */
  async decideAll(
    which: HangingFilter | readonly DecisionResult[],
    verdict: VerdictOnMany,
    options: DecideAllOptions = {},
  ): Promise<DecidedAll> {
    const deciding = {
      hanging: (filter: HangingFilter) => this.hanging(filter),
      resolve: (run: RunAddress, decision: DecisionInput) => this.resolve(run, decision),
      allow: (planned: readonly DecisionResult[], asked: Verdict) => this.#allow(planned, asked, options),
    };
    return decideAll(deciding, 'length' in which ? which : checkFilterOfMany(which), verdict, options);
  }

  async #allow(planned: readonly DecisionResult[], verdict: Verdict, confirming: Confirming): Promise<Verdict> {
    const targets = planned
      .map(({ run, attention }) => `${run.runId} ${attention?.step} ${attention?.call}`)
      .toSorted();
    const what = { decide: verdict.action, targets };
    const asked = { what, count: targets.length, ...(verdict.by !== undefined && { by: verdict.by }) };
    const by = await withSecondPerson(this.#caller, asked, confirming);
    return checkVerdict({ ...verdict, ...(by !== undefined && { by }) });
  }

  /** Oldest first. The reasons are people's own words. */
  async decisions(address: RunAddress): Promise<Decision[]> {
    return this.#caller.query(this.#caller.to(address), messages.decisions);
  }

  /** The same of all runs of a customer and its members, with the changes of the account: what an export holds. */
  facts(provider: string, reference: string): Promise<CustomerFact[]> {
    return factsOf(this.#caller, provider, reference);
  }
}

/** Temporal's list knows no more of it than that: the rest is asked of each run. */
function waiting({ provider, reference }: HangingFilter): RunFilter {
  return {
    types: RUN_TYPES,
    members: true,
    status: 'running',
    waitingFor: 'operator',
    orStuck: true,
    ...(provider !== undefined && { provider }),
    ...(reference !== undefined && { reference }),
  };
}
