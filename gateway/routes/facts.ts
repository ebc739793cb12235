import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { eidCompletedBody, emailVerifiedBody, memberAcceptedBody, RUN, runParams } from './inputs.ts';
import type { RouteOptions } from './options.ts';
import { nothing } from './outputs.ts';

/** Facts from outside. Each is a hint: the run looks at the provider before it believes it. The same event twice counts once. */
export const factRoutes: FastifyPluginAsyncZod<RouteOptions> = async (app, { client }) => {
  const config = { access: 'start', refusals: [404, 409, 503, 504] } as const;
  const response = { 202: nothing('Kept by Temporal, also while no worker runs') };

  app.route({
    method: 'POST',
    url: `${RUN}/email-verified`,
    config,
    schema: {
      operationId: 'emailVerified',
      tags: ['Report'],
      summary: 'The person has confirmed the e-mail address',
      params: runParams,
      body: emailVerifiedBody,
      response,
    },
    handler: async ({ params: { provider, reference }, body }, reply) => {
      await client.emailVerified(provider, reference, body);
      return reply.status(202).send();
    },
  });

  app.route({
    method: 'POST',
    url: `${RUN}/eid-completed`,
    config,
    schema: {
      operationId: 'eidCompleted',
      tags: ['Report'],
      summary: 'The person is back from the eID',
      params: runParams,
      body: eidCompletedBody,
      response,
    },
    handler: async ({ params: { provider, reference }, body }, reply) => {
      await client.eidCompleted(provider, reference, body);
      return reply.status(202).send();
    },
  });

  app.route({
    method: 'POST',
    url: `${RUN}/member-accepted`,
    config,
    schema: {
      operationId: 'memberAccepted',
      tags: ['Report'],
      summary: 'A member has accepted the invitation',
      params: runParams,
      body: memberAcceptedBody,
      response,
    },
    handler: async ({ params: { provider, reference }, body }, reply) => {
      await client.memberAccepted(provider, reference, body);
      return reply.status(202).send();
    },
  });
};
