import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { MEMBER, memberParams, RUN, runParams } from './inputs.ts';
import type { RouteOptions } from './options.ts';
import { memberProgressSchema, progressSchema } from './outputs.ts';

export const progressRoutes: FastifyPluginAsyncZod<RouteOptions> = async (app, { client }) => {
  const config = { access: 'read', refusals: [404, 409, 503, 504] } as const;

  app.route({
    method: 'GET',
    url: `${RUN}/progress`,
    config,
    schema: {
      operationId: 'readProgress',
      tags: ['Follow'],
      summary: 'The whole story of a run, without personal data',
      params: runParams,
      response: { 200: progressSchema },
    },
    handler: ({ params: { provider, reference } }) => client.progress(provider, reference),
  });

  app.route({
    method: 'GET',
    url: `${MEMBER}/progress`,
    config,
    schema: {
      operationId: 'readMemberProgress',
      tags: ['Follow'],
      summary: 'The story of a member’s own run',
      params: memberParams,
      response: { 200: memberProgressSchema },
    },
    handler: ({ params: { provider, reference, member } }) => client.memberProgress(provider, reference, member),
  });
};
