import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { told } from '../../client/requests/decision.ts';
import { fields } from '../../client/requests/rules.ts';
import { decidedBy } from './decided-by.ts';
import { endWithin, waitQuery } from './ending.ts';
import { erasureProgressSchema, historiesSchema } from './erasure-outputs.ts';
import { ERASURE, runParams } from './inputs.ts';
import type { RouteOptions } from './options.ts';
import { nothing } from './outputs.ts';

const body = fields(told).nullish().meta({ id: 'ErasureRequest' });
const begun = z.object({ provider: z.string(), reference: z.string(), workflowId: z.string() });

export const erasureRoutes: FastifyPluginAsyncZod<RouteOptions> = async (app, { client, closing }) => {
  const refusals = [404, 409, 503, 504] as const;

  app.route({
    method: 'POST',
    url: ERASURE,
    config: { access: 'operate', refusals: [409, 503, 504] },
    schema: {
      operationId: 'eraseCustomer',
      tags: ['Accounts'],
      summary: 'Delete the histories of a customer’s closed runs from Temporal, now',
      description:
        'Also where an offboarding has them wait. Refused (409) while a run of the customer is open, and while the customer has an account. Who asked (`by`, the caller of the token by default) and why stay on record in the run.',
      params: runParams,
      body,
      response: { 202: begun.meta({ id: 'ErasureStarted' }) },
    },
    handler: async ({ params, body: asked, caller }, reply) => {
      const started = await client.erasures.start({ ...asked, ...params, by: decidedBy(caller!, asked?.by) });
      return reply.status(202).send(started);
    },
  });

  app.route({
    method: 'GET',
    url: ERASURE,
    config: { access: 'read', refusals },
    schema: {
      operationId: 'readErasure',
      tags: ['Accounts'],
      summary: 'How far the erasure is, and what is deleted so far',
      params: runParams,
      response: { 200: erasureProgressSchema },
    },
    handler: ({ params: { provider, reference } }) => client.erasures.progress(provider, reference),
  });

  app.route({
    method: 'GET',
    url: `${ERASURE}/result`,
    config: { access: 'read', refusals },
    schema: {
      operationId: 'readHistoriesRecord',
      tags: ['Accounts'],
      summary: 'What was deleted from Temporal, and what was not; waits for the end when asked to',
      params: runParams,
      querystring: waitQuery,
      response: { 200: historiesSchema, 204: nothing('The erasure has not ended; ask again') },
    },
    handler: async ({ params: { provider, reference }, query: { wait } }, reply) => {
      const { endedAt } = await client.erasures.get(provider, reference);
      const record = await endWithin({ ended: endedAt !== undefined, wait, closing }, (within) =>
        client.erasures.result(provider, reference, { within }),
      );
      return record ?? reply.status(204).send();
    },
  });
};
