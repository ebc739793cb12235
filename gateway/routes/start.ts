import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { startBody } from './inputs.ts';
import type { RouteOptions } from './options.ts';
import { startedSchema } from './outputs.ts';

export const startRoute: FastifyPluginAsyncZod<RouteOptions> = async (app, { client }) => {
  app.route({
    method: 'POST',
    url: '/onboardings',
    config: { access: 'start', refusals: [409, 503, 504] },
    schema: {
      operationId: 'startOnboarding',
      tags: ['Start'],
      summary: 'Start an onboarding, once per reference',
      description:
        'The same request again finds its run (200); another one under the same reference is refused (409), and every one while and after the customer is offboarded.',
      body: startBody,
      response: { 200: startedSchema, 201: startedSchema },
    },
    handler: async ({ body, caller }, reply) => {
      const started = await client.start(body, { of: caller!.name });
      return reply.status(started.started ? 201 : 200).send(started);
    },
  });
};
