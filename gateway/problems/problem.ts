import { z } from 'zod';
import { PROBLEMS, type ProblemName } from './catalogue.ts';

/** Where a problem is explained. */
export const PROBLEM_PAGES = '/problems';

/** What a problem carries beside its fixed texts: codes, scopes and our own sentences, never input. */
export interface ProblemFacts {
  detail?: string;
  errors?: { field: string; message: string }[];
  scope?: string;
  reason?: string;
  confirm?: string;
  failure?: string;
  remainder?: { step: string; code: string }[];
}

/** An answer other than the one asked for. */
export class Problem extends Error {
  readonly problem: ProblemName;
  readonly status: number;
  readonly facts: ProblemFacts;

  constructor(problem: ProblemName, facts: ProblemFacts = {}) {
    const [status, title] = PROBLEMS[problem];
    super(title);
    this.name = problem;
    this.problem = problem;
    this.status = status;
    this.facts = facts;
  }
}

export const problemSchema = z
  .object({
    type: z.string().meta({ description: 'Stable; says what to do when opened at this gateway' }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string().exactOptional().meta({ description: 'The request, as the log names it' }),
    errors: z
      .array(z.object({ field: z.string(), message: z.string() }))
      .exactOptional()
      .meta({ description: 'What to correct: field, rule and remedy' }),
    scope: z.string().exactOptional().meta({ description: 'The scope that is missing' }),
    reason: z.string().exactOptional().meta({ description: 'A code' }),
    confirm: z.string().exactOptional().meta({ description: 'The id by which a second person confirms' }),
    failure: z.string().exactOptional().meta({ description: 'The failure type of the run' }),
    remainder: z
      .array(z.object({ step: z.string(), code: z.string() }))
      .exactOptional()
      .meta({ description: 'What could not be undone' }),
  })
  .meta({ id: 'Problem', description: 'A problem document of RFC 9457' });

export type ProblemDocument = z.output<typeof problemSchema>;

export const PROBLEM_TYPE = 'application/problem+json';

/** The document of RFC 9457; `instance` is the id of the request. */
export function documentOf({ problem, status, facts }: Problem, instance?: string): ProblemDocument {
  const [, title, detail] = PROBLEMS[problem];
  const found = { type: `${PROBLEM_PAGES}/${problem}`, title, status, detail, ...facts };
  return instance === undefined ? found : { ...found, instance: `urn:uuid:${instance}` };
}
