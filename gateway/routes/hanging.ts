import type { FastifyReply } from 'fastify';
import type { AttentionProgress } from '../../contract/progress.ts';
import type { Verdict } from '../../client/requests/decision.ts';
import type { Hanging, OnboardingClient, OnboardingError, OnboardingRun } from '../../client/index.ts';
import type { HangingFilter } from '../../client/requests/hanging-filter.ts';
import { whenLeft } from '../when-left.ts';
import { problemOf } from '../problems/of-error.ts';
import { documentOf, type ProblemDocument } from '../problems/problem.ts';

/** `not-allowed`: the run would refuse. `unknown`: it could not be asked, so it is not decided about. */
export const RESULTS = ['would-be-decided', 'not-allowed', 'decided', 'failed', 'unknown'] as const;

interface Looking {
  limit: number;
  /** Of the request, for problem documents. */
  id: string;
  signal: AbortSignal;
}

interface Shown {
  run: OnboardingRun;
  attention?: AttentionProgress;
  problem?: ProblemDocument;
}

interface Result extends Shown {
  result: (typeof RESULTS)[number];
}

/** Aborts when nobody waits for the answer any more, or the gateway closes. */
export function whileWanted(reply: FastifyReply, closing: AbortSignal): AbortSignal {
  const gone = new AbortController();
  whenLeft(reply, () => gone.abort());
  return AbortSignal.any([closing, gone.signal]);
}

/** A dry run decides nothing. Else each run is told by itself; an aborted signal leaves those that were not told yet. */
export async function decideAll(
  client: OnboardingClient,
  filter: HangingFilter,
  { verdict, dryRun, ...looking }: Looking & { verdict: Verdict; dryRun: boolean },
): Promise<{ results: Result[]; more: boolean }> {
  const { found, more } = await look(client, filter, looking);
  const known = found.filter((one) => 'attention' in one);
  const results = found.flatMap((one): Result[] =>
    'problem' in one ? [{ ...shown(one, looking.id), result: 'unknown' }] : [],
  );
  if (dryRun) {
    const would = ({ allowed }: AttentionProgress) =>
      allowed.includes(verdict.action) ? 'would-be-decided' : 'not-allowed';
    return { results: [...results, ...known.map((one) => ({ ...one, result: would(one.attention) }) as const)], more };
  }
  let told = 0;
  for await (const one of client.operator.resolveAll(known, verdict, { signal: looking.signal })) {
    told += 1;
    results.push({ ...shown(one, looking.id), result: one.problem ? 'failed' : 'decided' });
  }
  return { results, more: more || told < known.length };
}

async function look(
  client: OnboardingClient,
  filter: HangingFilter,
  { limit, signal }: Looking,
): Promise<{ found: Hanging[]; more: boolean }> {
  const found: Hanging[] = [];
  for await (const one of client.operator.hanging(filter)) {
    if (found.length === limit || signal.aborted) return { found, more: true };
    found.push(one);
  }
  return { found, more: false };
}

export function shown(
  { run, ...rest }: { run: OnboardingRun; attention?: AttentionProgress; problem?: OnboardingError },
  id: string,
): Shown {
  const { attention, problem } = rest;
  return {
    run,
    ...(attention && { attention }),
    ...(problem && { problem: documentOf(problemOf(problem), id) }),
  };
}
