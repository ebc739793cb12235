import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { planOfProvider } from '../../client/requests/reconciliation.ts';
import { providerParams } from './inputs.ts';
import type { RouteOptions } from './options.ts';
import { nothing } from './outputs.ts';
import { scheduleSchema } from './reconciliation-outputs.ts';
import { ALL } from './reconciliation-subjects.ts';

const URL = `${ALL}/schedule`;

const ACTS = [
  { method: 'DELETE', url: URL, act: 'delete', summary: 'End the schedule; a run under way goes on', done: 'Deleted' },
  { method: 'POST', url: `${URL}/pause`, act: 'pause', summary: 'No more runs until resumed', done: 'Paused' },
  { method: 'POST', url: `${URL}/resume`, act: 'resume', summary: 'Go on', done: 'Resumed' },
] as const;

const body = planOfProvider.meta({ id: 'ReconciliationPlan' });
const setSchema = z.object({ created: z.boolean() });

/** One schedule per provider, over all its accounts. What it starts reads; it never repairs. */
export const reconciliationScheduleRoutes: FastifyPluginAsyncZod<RouteOptions> = async (app, { client }) => {
  const { schedules } = client.reconciliations;
  const tags = ['Reconcile'];
  const config = { access: 'operate', refusals: [404, 503, 504] } as const;

  app.route({
    method: 'PUT',
    url: URL,
    config: { ...config, refusals: [503, 504] },
    schema: {
      operationId: 'setReconciliationSchedule',
      tags,
      summary: 'Compare all accounts of a provider every so often',
      description: 'Sets the schedule, or changes the one there is; a paused one stays paused.',
      params: providerParams,
      body,
      response: { 200: setSchema, 201: setSchema },
    },
    handler: async ({ params, body: plan }, reply) => {
      const { created } = await schedules.set({ ...plan, ...params });
      return reply.status(created ? 201 : 200).send({ created });
    },
  });

  app.route({
    method: 'GET',
    url: URL,
    config: { ...config, access: 'read' },
    schema: {
      operationId: 'readReconciliationSchedule',
      tags,
      summary: 'How often, when next, and which runs there were',
      params: providerParams,
      response: { 200: scheduleSchema },
    },
    handler: ({ params: { provider } }) => schedules.get(provider),
  });

  for (const { method, url, act, summary, done } of ACTS) {
    app.route({
      method,
      url,
      config,
      schema: {
        operationId: `${act}ReconciliationSchedule`,
        tags,
        summary,
        params: providerParams,
        response: { 204: nothing(done) },
      },
      handler: async ({ params: { provider } }, reply) => {
        await schedules[act](provider);
        return reply.status(204).send();
      },
    });
  }

  app.route({
    method: 'POST',
    url: `${URL}/trigger`,
    config,
    schema: {
      operationId: 'triggerReconciliationSchedule',
      tags,
      summary: 'A run now, unless one is under way',
      params: providerParams,
      response: { 202: nothing('Asked for; `recent` of the schedule names the run') },
    },
    handler: async ({ params: { provider } }, reply) => {
      await schedules.trigger(provider);
      return reply.status(202).send();
    },
  });
};
