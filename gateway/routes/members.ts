import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { addMemberBody, MEMBER, memberParams, RUN, runParams } from './inputs.ts';
import type { RouteOptions } from './options.ts';
import { nothing } from './outputs.ts';

export const memberRoutes: FastifyPluginAsyncZod<RouteOptions> = async (app, { client }) => {
  const config = { access: 'start', refusals: [404, 409, 503, 504] } as const;

  app.route({
    method: 'POST',
    url: `${RUN}/members`,
    config,
    schema: {
      operationId: 'addMember',
      tags: ['Members'],
      summary: 'Add and invite a member, once per `reference`, while the run is open',
      params: runParams,
      body: addMemberBody,
      response: { 204: nothing('Taken; the member’s own progress tells how it goes on') },
    },
    handler: async ({ params: { provider, reference }, body }, reply) => {
      await client.addMember(provider, reference, body);
      return reply.status(204).send();
    },
  });

  app.route({
    method: 'DELETE',
    url: MEMBER,
    config,
    schema: {
      operationId: 'removeMember',
      tags: ['Members'],
      summary: 'Take a member or its invitation back, while the run is open',
      params: memberParams,
      response: { 204: nothing('Removed') },
    },
    handler: async ({ params: { provider, reference, member } }, reply) => {
      await client.removeMember(provider, reference, { member });
      return reply.status(204).send();
    },
  });
};
