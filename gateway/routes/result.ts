import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { endWithin, waitQuery } from './ending.ts';
import { RUN, runParams } from './inputs.ts';
import type { RouteOptions } from './options.ts';
import { nothing, resultSchema } from './outputs.ts';

export const resultRoute: FastifyPluginAsyncZod<RouteOptions> = async (app, { client, closing }) => {
  app.route({
    method: 'GET',
    url: `${RUN}/result`,
    config: { access: 'read', refusals: [404, 409, 503, 504] },
    schema: {
      operationId: 'readResult',
      tags: ['Follow'],
      summary: 'How a run ended; waits for the end when asked to',
      description: 'A run that failed or was cancelled has no result (409).',
      params: runParams,
      querystring: waitQuery,
      response: { 200: resultSchema, 204: nothing('The run has not ended; ask again') },
    },
    handler: async ({ params: { provider, reference }, query: { wait } }, reply) => {
      const { endedAt } = await client.get(provider, reference);
      const result = await endWithin({ ended: endedAt !== undefined, wait, closing }, (within) =>
        client.result(provider, reference, { within }),
      );
      return result ?? reply.status(204).send();
    },
  });
};
