import { pMapIterable } from 'p-map';
import type { AttentionProgress } from '../contract/progress.ts';
import { OnboardingError } from './errors.ts';
import { AT_ONCE, type Hanging } from './hanging.ts';
import type { Confirming } from './second-person.ts';
import { checkVerdict, type Verdict, type VerdictOnMany } from './requests/decision.ts';
import type { HangingFilter } from './requests/hanging-filter.ts';
import type { OnboardingRun } from './temporal/runs.ts';

/** `not-allowed`: the run would refuse. `unknown`: it could not be asked, so it is not decided about. */
export const DECISION_RESULTS = ['would-be-decided', 'not-allowed', 'decided', 'failed', 'unknown'] as const;

/** What became of one run, or would become of it. */
export interface DecisionResult {
  run: OnboardingRun;
  /** What it needs a decision for, where it could be asked. */
  attention?: AttentionProgress;
  /** Why it could not be asked, or has not taken the decision. */
  problem?: OnboardingError;
  result: (typeof DECISION_RESULTS)[number];
}

export interface DecideAllOptions extends Confirming {
  /** Decides nothing, and says what would be decided; `true` by default. A dry run needs no reason. */
  dryRun?: boolean;
  /** The most runs that are decided about; the others are left for another call. */
  limit?: number;
  /** Aborted, it lets those under way finish and leaves the others. */
  signal?: AbortSignal;
  /** Hears of each as soon as it is known. */
  onResult?: (result: DecisionResult) => void;
}

export interface DecidedAll {
  results: DecisionResult[];
  /** There may be others that fit: beyond the limit, or left by the signal. */
  more: boolean;
}

/** How those that are decided about become a verdict that may be told: a second person may have to confirm it. */
type Allow = (planned: readonly DecisionResult[], verdict: Verdict) => Promise<Verdict>;

interface Deciding {
  allow: Allow;
  hanging: (filter: HangingFilter) => AsyncIterable<Hanging>;
  resolve: (run: OnboardingRun, decision: Verdict & { step: string; call: number }) => Promise<void>;
}

/** As `Operator.decideAll` says. */
export async function decideAll(
  operator: Deciding,
  which: HangingFilter | readonly DecisionResult[],
  verdict: VerdictOnMany,
  { dryRun = true, limit = Infinity, signal, onResult = () => undefined }: DecideAllOptions,
): Promise<DecidedAll> {
  const results: DecisionResult[] = [];
  const add = (one: DecisionResult): void => {
    results.push(one);
    onResult(one);
  };
  const planned: DecisionResult[] = [];
  let more = false;
  for await (const one of isList(which) ? which : looked(operator.hanging(which), verdict)) {
    more = planned.length === limit || signal?.aborted === true;
    if (more) break;
    planned.push(one);
    if (dryRun || one.attention === undefined) add(one);
  }
  if (dryRun) return { results, more };
  const { reason = '', ...rest } = verdict;
  const allowed = await operator.allow(planned, checkVerdict({ ...rest, reason }));
  for await (const one of told(operator, planned, allowed, signal)) add(one);
  return { results, more: more || results.length < planned.length };
}

async function* looked(found: AsyncIterable<Hanging>, { action }: VerdictOnMany): AsyncGenerator<DecisionResult, void> {
  for await (const one of found) {
    if ('problem' in one) yield { ...one, result: 'unknown' };
    else yield { ...one, result: one.attention.allowed.includes(action) ? 'would-be-decided' : 'not-allowed' };
  }
}

/** Each by itself: a run that has gone on meanwhile, or does not allow it, refuses. */
async function* told(
  operator: Deciding,
  planned: readonly DecisionResult[],
  verdict: Verdict,
  signal: AbortSignal | undefined,
): AsyncGenerator<DecisionResult, void> {
  const answers = pMapIterable(
    planned,
    async ({ run, attention }): Promise<DecisionResult | undefined> => {
      if (attention === undefined || signal?.aborted) return undefined;
      try {
        await operator.resolve(run, { step: attention.step, call: attention.call, ...verdict });
        return { run, attention, result: 'decided' };
      } catch (problem) {
        if (!(problem instanceof OnboardingError)) throw problem;
        return { run, attention, problem, result: 'failed' };
      }
    },
    { concurrency: AT_ONCE },
  );
  for await (const answer of answers) if (answer) yield answer;
}

function isList(which: HangingFilter | readonly DecisionResult[]): which is readonly DecisionResult[] {
  return Array.isArray(which);
}
