import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { changeOfCustomer } from '../../client/requests/change.ts';
import { hasEnded } from '../../client/index.ts';
import { changeSchema, changesProgressSchema, takenSchema } from './account-outputs.ts';
import { endWithin, waitQuery } from './ending.ts';
import { cancelBody, changeParams, CHANGES, runParams } from './inputs.ts';
import { decidedBy } from './decided-by.ts';
import type { RouteOptions } from './options.ts';
import { nothing } from './outputs.ts';

const body = changeOfCustomer.meta({ id: 'ChangeRequest' });

export const changeRoutes: FastifyPluginAsyncZod<RouteOptions> = async (app, { client, closing }) => {
  const refusals = [404, 409, 503, 504] as const;

  app.route({
    method: 'POST',
    url: CHANGES,
    config: { access: 'operate', refusals: [409, 503, 504] },
    schema: {
      operationId: 'changeAccount',
      tags: ['Accounts'],
      summary: 'Have an account changed, once per `changeId`',
      description:
        'One change after the other; another change under a `changeId` that is used is refused (409); `ifBusy: refuse` is refused (409) while another one is under way, and every change while the customer is offboarded. An open onboarding takes the change itself. Who asked (`by`, the caller of the token by default) and why stay on record in the run.',
      params: runParams,
      body,
      response: { 202: takenSchema },
    },
    handler: async ({ params, body: asked, caller }, reply) =>
      reply.status(202).send(await client.changes.request({ ...asked, ...params, by: decidedBy(caller!, asked.by) })),
  });

  app.route({
    method: 'GET',
    url: CHANGES,
    config: { access: 'read', refusals },
    schema: {
      operationId: 'readChanges',
      tags: ['Accounts'],
      summary: 'How far the changes of an account are',
      params: runParams,
      response: { 200: changesProgressSchema },
    },
    handler: ({ params: { provider, reference } }) => client.changes.progress(provider, reference),
  });

  app.route({
    method: 'GET',
    url: `${CHANGES}/:changeId/result`,
    config: { access: 'read', refusals },
    schema: {
      operationId: 'readChangeResult',
      tags: ['Accounts'],
      summary: 'How a change ended; waits for the end when asked to',
      params: changeParams,
      querystring: waitQuery,
      response: { 200: changeSchema, 204: nothing('The change has not ended; ask again') },
    },
    handler: async ({ params: { provider, reference, changeId }, query: { wait } }, reply) => {
      const ended = hasEnded(await client.changes.find(provider, reference, changeId));
      const result = await endWithin({ ended, wait, closing }, (within) =>
        client.changes.result(provider, reference, changeId, { within }),
      );
      return result ?? reply.status(204).send();
    },
  });

  app.route({
    method: 'POST',
    url: `${CHANGES}/cancel`,
    config: { access: 'operate', refusals },
    schema: {
      operationId: 'cancelChanges',
      tags: ['Accounts'],
      summary: 'End the change under way, undone where that is possible, and begin no other',
      params: runParams,
      body: cancelBody,
      response: { 202: nothing('Asked for; the result of each change tells how it ended') },
    },
    handler: async ({ params: { provider, reference }, body, caller }, reply) => {
      await client.changes.cancel(provider, reference, { ...body, by: decidedBy(caller!, body?.by) });
      return reply.status(202).send();
    },
  });
};
