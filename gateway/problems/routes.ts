import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { PROBLEM_NAMES, PROBLEMS } from './catalogue.ts';
import { Problem, PROBLEM_PAGES } from './problem.ts';

const explained = z.object({ type: z.string(), status: z.int(), title: z.string(), detail: z.string() });

/** What the `type` of a problem leads to. */
export const problemRoutes: FastifyPluginAsyncZod = async (app) => {
  app.route({
    method: 'GET',
    url: PROBLEM_PAGES,
    config: { access: 'open' },
    schema: {
      operationId: 'listProblems',
      tags: ['Problems'],
      summary: 'Every problem there is',
      response: { 200: z.array(explained) },
    },
    handler: async () => PROBLEM_NAMES.map(explain),
  });
  app.route({
    method: 'GET',
    url: `${PROBLEM_PAGES}/:name`,
    config: { access: 'open', refusals: [404] },
    schema: {
      operationId: 'explainProblem',
      tags: ['Problems'],
      summary: 'What a problem means and what to do',
      params: z.object({ name: z.string() }),
      response: { 200: explained },
    },
    handler: async ({ params }) => {
      const name = PROBLEM_NAMES.find((each) => each === params.name);
      if (!name) throw new Problem('not-found');
      return explain(name);
    },
  });
};

function explain(name: (typeof PROBLEM_NAMES)[number]): z.output<typeof explained> {
  const [status, title, detail] = PROBLEMS[name];
  return { type: `${PROBLEM_PAGES}/${name}`, status, title, detail };
}
