import type { AttentionProgress } from '../../contract/progress.ts';
import type { OnboardingError, OnboardingRun } from '../../client/index.ts';
import { problemOf } from '../problems/of-error.ts';
import { documentOf, type ProblemDocument } from '../problems/problem.ts';

interface Shown {
  run: OnboardingRun;
  attention?: AttentionProgress;
  problem?: ProblemDocument;
}

/** A run that needs a decision; `id` is that of the request, for the problem document. */
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
