import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { reconcileOptions } from '../../client/requests/reconciliation.ts';
import { fields } from '../../client/requests/rules.ts';
import { endWithin, wait } from './ending.ts';
import { providerParams } from './inputs.ts';
import type { RouteOptions } from './options.ts';
import { nothing } from './outputs.ts';
import { reconciliationProgressSchema } from './reconciliation-outputs.ts';
import { ALL, SUBJECTS } from './reconciliation-subjects.ts';
import { format, reportSchema, sendReport } from './report.ts';

const options = reconcileOptions.meta({ id: 'ReconcileOptions' });

const startedSchema = z
  .object({
    workflowId: z.string(),
    started: z.boolean().meta({ description: 'false: one was under way already, and is meant from here on' }),
  })
  .meta({ id: 'ReconciliationStarted' });

/** Comparisons of what our runs say with what the provider says. They change nothing; `repairs.ts` does. */
export const reconciliationRoutes: FastifyPluginAsyncZod<RouteOptions> = async (app, { client, closing }) => {
  const tags = ['Reconcile'];

  for (const { url, of, words, params } of SUBJECTS) {
    app.route({
      method: 'POST',
      url,
      config: { access: 'operate', refusals: [503, 504] },
      schema: {
        operationId: `reconcile${of}`,
        tags,
        summary: `Compare ${words} with what our runs say of it`,
        params,
        body: options,
        response: { 200: startedSchema, 201: startedSchema },
      },
      handler: async ({ params: subject, body }, reply) => {
        const found = await client.reconciliations.start({ ...body, ...subject });
        return reply.status(found.started ? 201 : 200).send(found);
      },
    });

    app.route({
      method: 'GET',
      url,
      config: { access: 'read', refusals: [404, 409, 503, 504] },
      schema: {
        operationId: `read${of}Reconciliation`,
        tags,
        summary: `How far the comparison of ${words} is`,
        params,
        response: { 200: reconciliationProgressSchema },
      },
      handler: ({ params: subject }) => client.reconciliations.progress(subject),
    });

    app.route({
      method: 'GET',
      url: `${url}/report`,
      config: { access: 'read', refusals: [404, 409, 503, 504] },
      schema: {
        operationId: `read${of}Report`,
        tags,
        summary: `How the comparison of ${words} ended, as JSON, CSV or a page; waits for the end when asked to`,
        params,
        querystring: fields({ wait, format }),
        response: { 200: reportSchema, 204: nothing('It has not ended; ask again') },
      },
      handler: async ({ params: subject, query }, reply) => {
        const ended = await client.reconciliations.hasEnded(subject);
        const report = await endWithin({ ended, wait: query.wait, closing }, (within) =>
          client.reconciliations.result(subject, { within }),
        );
        return report ? sendReport(reply, report, query.format) : reply.status(204).send();
      },
    });
  }

  app.route({
    method: 'GET',
    url: `${ALL}/latest`,
    config: { access: 'read', refusals: [404, 409, 503, 504] },
    schema: {
      operationId: 'readLatestReport',
      tags,
      summary: 'The newest report about all accounts of a provider, whether asked for or by schedule',
      description: 'Lags behind by about a second.',
      params: providerParams,
      querystring: fields({ format }),
      response: { 200: reportSchema },
    },
    handler: async ({ params: { provider }, query }, reply) =>
      sendReport(reply, await client.reconciliations.latest(provider), query.format),
  });
};
