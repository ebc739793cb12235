import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ACCOUNT, runParams } from './inputs.ts';
import type { RouteOptions } from './options.ts';
import { runSchema } from './outputs.ts';

export const accountRoutes: FastifyPluginAsyncZod<RouteOptions> = async (app, { client }) => {
  app.route({
    method: 'GET',
    url: ACCOUNT,
    config: { access: 'read', refusals: [503, 504] },
    schema: {
      operationId: 'readAccount',
      tags: ['Accounts'],
      summary: 'The newest onboarding, run of changes and offboarding of a customer; needs no worker',
      params: runParams,
      response: { 200: z.object({ runs: z.array(runSchema) }) },
    },
    handler: async ({ params: { provider, reference } }) => ({ runs: await client.runsOf(provider, reference) }),
  });
};
