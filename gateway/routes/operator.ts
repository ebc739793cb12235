import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { decidedBy } from './decided-by.ts';
import { cancelBody, correctBody, RUN, runParams } from './inputs.ts';
import type { RouteOptions } from './options.ts';
import { nothing } from './outputs.ts';

export const operatorRoutes: FastifyPluginAsyncZod<RouteOptions> = async (app, { client }) => {
  const config = { access: 'operate', refusals: [404, 409, 503, 504] } as const;

  app.route({
    method: 'POST',
    url: `${RUN}/correct`,
    config,
    schema: {
      operationId: 'correct',
      tags: ['Operate'],
      summary: 'Replace a value that was not sent yet or was refused',
      description: 'With `member`, a value of that member’s own person.',
      params: runParams,
      body: correctBody,
      response: { 204: nothing('Corrected') },
    },
    handler: async ({ params: { provider, reference }, body }, reply) => {
      await client.correct(provider, reference, body);
      return reply.status(204).send();
    },
  });

  app.route({
    method: 'POST',
    url: `${RUN}/cancel`,
    config,
    schema: {
      operationId: 'cancelOnboarding',
      tags: ['Operate'],
      summary: 'Have the run end and undo, by its policy',
      params: runParams,
      body: cancelBody,
      response: { 202: nothing('Asked for; the result tells how it ended') },
    },
    handler: async ({ params: { provider, reference }, body, caller }, reply) => {
      await client.cancel(provider, reference, { ...body, by: decidedBy(caller!, body?.by) });
      return reply.status(202).send();
    },
  });
};
