import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { confirmEmailBody, RUN, runParams } from './inputs.ts';
import type { RouteOptions } from './options.ts';
import { nothing } from './outputs.ts';

/** What the person at the other end of the caller's page needs. A link is a key to the person's identification. */
export const personRoutes: FastifyPluginAsyncZod<RouteOptions> = async (app, { client }) => {
  const config = { access: 'start', refusals: [404, 409, 503, 504] } as const;

  app.route({
    method: 'POST',
    url: `${RUN}/confirm-email`,
    config,
    schema: {
      operationId: 'confirmEmail',
      tags: ['Person'],
      summary: 'Confirm the e-mail address by the code from the mail',
      params: runParams,
      body: confirmEmailBody,
      response: { 200: z.object({ confirmed: z.boolean() }) },
    },
    handler: ({ params: { provider, reference }, body }) => client.confirmEmail(provider, reference, body),
  });

  app.route({
    method: 'POST',
    url: `${RUN}/resend-verification`,
    config,
    schema: {
      operationId: 'resendVerification',
      tags: ['Person'],
      summary: 'Send the verification mail again; refused more often than the policy allows',
      params: runParams,
      response: { 204: nothing('Sent') },
    },
    handler: async ({ params: { provider, reference } }, reply) => {
      await client.resendVerification(provider, reference);
      return reply.status(204).send();
    },
  });

  app.route({
    method: 'GET',
    url: `${RUN}/eid-link`,
    config: { ...config, audit: 'eid-link' },
    schema: {
      operationId: 'readEidLink',
      tags: ['Person'],
      summary: 'The link to the eID, for that person only',
      params: runParams,
      response: { 200: z.object({ link: z.string().exactOptional() }) },
    },
    handler: ({ params: { provider, reference } }) => client.eidLink(provider, reference),
  });

  app.route({
    method: 'POST',
    url: `${RUN}/renew-eid-link`,
    config: { ...config, audit: 'eid-link' },
    schema: {
      operationId: 'renewEidLink',
      tags: ['Person'],
      summary: 'A new link to the eID; the old one ends',
      params: runParams,
      response: { 200: z.object({ link: z.string() }) },
    },
    handler: ({ params: { provider, reference } }) => client.renewEidLink(provider, reference),
  });
};
