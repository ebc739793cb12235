import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { offboardingOfCustomer } from '../../client/requests/offboarding.ts';
import { erasureSchema, offboardingProgressSchema } from './account-outputs.ts';
import { endWithin, waitQuery } from './ending.ts';
import { cancelBody, OFFBOARDING, runParams } from './inputs.ts';
import { decidedBy } from './decided-by.ts';
import type { RouteOptions } from './options.ts';
import { nothing, startedSchema } from './outputs.ts';

const body = offboardingOfCustomer.meta({ id: 'OffboardingRequest' });

export const offboardingRoutes: FastifyPluginAsyncZod<RouteOptions> = async (app, { client, closing }) => {
  const refusals = [404, 409, 503, 504] as const;

  app.route({
    method: 'POST',
    url: OFFBOARDING,
    config: { access: 'operate', refusals: [409, 503, 504] },
    schema: {
      operationId: 'offboardCustomer',
      tags: ['Accounts'],
      summary: 'End an account: taken apart, deactivated, kept for a while, removed',
      description:
        'The same request again finds its run (200); another one while that is open is refused (409), and any while the onboarding or a change is open. Who asked (`by`, the caller of the token by default) and why stay on record in the run.',
      params: runParams,
      body,
      response: { 200: startedSchema, 201: startedSchema },
    },
    handler: async ({ params, body: asked, caller }, reply) => {
      const started = await client.offboardings.start({ ...asked, ...params, by: decidedBy(caller!, asked.by) });
      return reply.status(started.started ? 201 : 200).send(started);
    },
  });

  app.route({
    method: 'GET',
    url: OFFBOARDING,
    config: { access: 'read', refusals },
    schema: {
      operationId: 'readOffboarding',
      tags: ['Accounts'],
      summary: 'How far the offboarding is, and what is gone so far',
      params: runParams,
      response: { 200: offboardingProgressSchema },
    },
    handler: ({ params: { provider, reference } }) => client.offboardings.progress(provider, reference),
  });

  app.route({
    method: 'GET',
    url: `${OFFBOARDING}/result`,
    config: { access: 'read', refusals },
    schema: {
      operationId: 'readErasureRecord',
      tags: ['Accounts'],
      summary: 'The erasure record; waits for the end when asked to',
      params: runParams,
      querystring: waitQuery,
      response: { 200: erasureSchema, 204: nothing('The offboarding has not ended; ask again') },
    },
    handler: async ({ params: { provider, reference }, query: { wait } }, reply) => {
      const { endedAt } = await client.offboardings.get(provider, reference);
      const record = await endWithin({ ended: endedAt !== undefined, wait, closing }, (within) =>
        client.offboardings.result(provider, reference, { within }),
      );
      return record ?? reply.status(204).send();
    },
  });

  app.route({
    method: 'POST',
    url: `${OFFBOARDING}/cancel`,
    config: { access: 'operate', refusals },
    schema: {
      operationId: 'cancelOffboarding',
      tags: ['Accounts'],
      summary: 'While the account is kept, bring it back where the provider can; earlier, stop',
      params: runParams,
      body: cancelBody,
      response: { 202: nothing('Asked for; the result tells how it ended') },
    },
    handler: async ({ params: { provider, reference }, body, caller }, reply) => {
      await client.offboardings.cancel(provider, reference, { ...body, by: decidedBy(caller!, body?.by) });
      return reply.status(202).send();
    },
  });
};
