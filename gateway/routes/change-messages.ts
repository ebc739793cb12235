import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { CHANGES, confirmEmailBody, emailVerifiedBody, runParams } from './inputs.ts';
import type { RouteOptions } from './options.ts';
import { nothing } from './outputs.ts';

/** About the new address of an account, as an onboarding has it about the first one. */
export const changeMessageRoutes: FastifyPluginAsyncZod<RouteOptions> = async (app, { client }) => {
  const config = { access: 'start', refusals: [404, 409, 503, 504] } as const;

  app.route({
    method: 'POST',
    url: `${CHANGES}/email-verified`,
    config,
    schema: {
      operationId: 'newEmailVerified',
      tags: ['Report'],
      summary: 'The person has confirmed the new e-mail address',
      params: runParams,
      body: emailVerifiedBody,
      response: { 202: nothing('Kept by Temporal, also while no worker runs') },
    },
    handler: async ({ params: { provider, reference }, body }, reply) => {
      await client.changes.emailVerified(provider, reference, body);
      return reply.status(202).send();
    },
  });

  app.route({
    method: 'POST',
    url: `${CHANGES}/confirm-email`,
    config,
    schema: {
      operationId: 'confirmNewEmail',
      tags: ['Person'],
      summary: 'Confirm the new e-mail address by the code from the mail',
      params: runParams,
      body: confirmEmailBody,
      response: { 200: z.object({ confirmed: z.boolean() }) },
    },
    handler: ({ params: { provider, reference }, body }) => client.changes.confirmEmail(provider, reference, body),
  });

  app.route({
    method: 'POST',
    url: `${CHANGES}/resend-verification`,
    config,
    schema: {
      operationId: 'resendNewVerification',
      tags: ['Person'],
      summary: 'Send the mail to the new address again; refused more often than the policy allows',
      params: runParams,
      response: { 204: nothing('Sent') },
    },
    handler: async ({ params: { provider, reference } }, reply) => {
      await client.changes.resendVerification(provider, reference);
      return reply.status(204).send();
    },
  });
};
