import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { fields } from '../../client/requests/rules.ts';
import type { OnboardingClient } from '../../client/index.ts';
import { problemOf } from '../problems/of-error.ts';
import { documentOf, problemSchema, type Problem } from '../problems/problem.ts';
import type { RouteOptions } from './options.ts';
import { startedSchema } from './outputs.ts';

const MOST = 100;
const BODY_LIMIT = 4 * 1024 * 1024;
/** Starts under way at once, so that one batch does not crowd out everybody else. */
const AT_ONCE = 10;

const error = `must be a list of 1 to ${MOST} onboardings; correct it.`;
// Each is checked by itself, so that a wrong one does not take the others with it.
const onboarding = z.unknown().meta({ $ref: '#/components/schemas/OnboardingRequestInput' });

const answerSchema = z
  .object({ status: z.int(), started: startedSchema.exactOptional(), problem: problemSchema.exactOptional() })
  .meta({ id: 'BatchAnswer', description: 'What startOnboarding would have answered' });

type Answer = z.output<typeof answerSchema>;

export const batchRoute: FastifyPluginAsyncZod<RouteOptions> = async (app, { client }) => {
  app.route({
    method: 'POST',
    url: '/onboardings/batch',
    bodyLimit: BODY_LIMIT,
    config: { access: 'start' },
    schema: {
      operationId: 'startOnboardings',
      tags: ['Start'],
      summary: `Start up to ${MOST} onboardings, each by itself`,
      description: 'Answers in the order asked. Those that failed for now can be sent again, with all others.',
      body: fields({ onboardings: z.array(onboarding, { error }).min(1, { error }).max(MOST, { error }) }),
      response: { 207: z.object({ answers: z.array(answerSchema) }) },
    },
    handler: async ({ body, id, caller }, reply) => {
      const answers = await startAll(client, body.onboardings, { id, of: caller!.name });
      return reply.status(207).send({ answers });
    },
  });
};

async function startAll(
  client: OnboardingClient,
  requests: unknown[],
  { id, of }: { id: string; of: string },
): Promise<Answer[]> {
  const answers: Answer[] = [];
  let next = 0;
  let away: Problem | undefined;
  const lane = async (): Promise<void> => {
    while (next < requests.length) {
      const index = next;
      next += 1;
      try {
        // Once Temporal is away it is away for all: the caller is not kept waiting a hundred times.
        if (away) throw away;
        const started = await client.start(requests[index], { of, bulk: true });
        answers[index] = { status: started.started ? 201 : 200, started };
      } catch (error) {
        const problem = problemOf(error);
        if (problem.problem === 'temporal-unavailable') away = problem;
        answers[index] = { status: problem.status, problem: documentOf(problem, id) };
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return answers;
}
