import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { action, by, reason } from '../../client/requests/decision.ts';
import { filterOfMany, hangingFields } from '../../client/requests/hanging-filter.ts';
import { fields, flag, whole } from '../../client/requests/rules.ts';
import { DECISION_RESULTS } from '../../client/index.ts';
import { problemSchema } from '../problems/problem.ts';
import { cursorOf, cursorQuery, readCursor } from './cursor.ts';
import { confirmedBy, confirming, decidedBy } from './decided-by.ts';
import { shown } from './hanging.ts';
import { whileWanted } from '../when-left.ts';
import { wholeQuery } from './inputs.ts';
import type { RouteOptions } from './options.ts';
import { attention, runSchema } from './outputs.ts';
import { LAG } from './runs.ts';

const MOST = 200;

const body = fields({
  filter: filterOfMany,
  action,
  by: by.exactOptional(),
  reason: reason.exactOptional(),
  dryRun: flag.default(true),
  limit: whole(1, MOST).default(MOST),
  ...confirming,
}).refine(({ dryRun, reason }) => dryRun || reason !== undefined, {
  path: ['reason'],
  error: 'is missing; say why you decide so, it is kept in each run.',
});

const hanging = {
  run: runSchema,
  attention: attention.exactOptional(),
  problem: problemSchema.exactOptional(),
};

const answer = z.object({
  dryRun: z.boolean(),
  results: z.array(z.object({ ...hanging, result: z.enum(DECISION_RESULTS) }).meta({ id: 'Decided' })),
  more: z.boolean().meta({ description: 'There may be others that fit' }),
});

export const attentionRoutes: FastifyPluginAsyncZod<RouteOptions> = async (app, { client, keyRing, closing }) => {
  const refusals = [503, 504] as const;

  app.route({
    method: 'GET',
    url: '/attention',
    config: { access: 'read', refusals },
    schema: {
      operationId: 'listAttention',
      tags: ['Operate'],
      summary: 'What needs a decision, in runs of every kind, newest run first: since when, why, what can be done',
      description: `With \`problem\` instead of \`attention\`, a run that could not be asked. ${LAG}`,
      querystring: fields({ ...hangingFields, limit: wholeQuery(1, MOST).default(50), cursor: cursorQuery }),
      response: {
        200: z.object({
          hanging: z.array(z.object(hanging).meta({ id: 'Hanging', description: 'A run that needs a decision' })),
          next: z.string().exactOptional(),
        }),
      },
    },
    handler: async ({ query: { limit, cursor, ...wanted }, id }) => {
      const list = { attention: wanted };
      const after = cursor === undefined ? undefined : readCursor(keyRing, list, cursor);
      const page = await client.operator.hangingPage(wanted, { size: limit, ...(after && { after }) });
      const found = page.hanging.map((one) => shown(one, id));
      return { hanging: found, ...(page.next && { next: cursorOf(keyRing, list, page.next) }) };
    },
  });

  app.route({
    method: 'POST',
    url: '/attention/resolve',
    config: { access: 'operate', refusals: [409, ...refusals] },
    schema: {
      operationId: 'resolveAll',
      tags: ['Operate'],
      summary: 'One decision for all that fit; a dry run unless `dryRun` is false',
      description:
        'A dry run (200) says what would be decided and does nothing. Else (207) each run is told by itself and may refuse; ask again as long as there are `more`.',
      body,
      response: { 200: answer, 207: answer },
    },
    handler: async ({ body: { filter, limit, dryRun, confirm, ...verdict }, id, caller }, reply) => {
      const { results, more } = await client.operator.decideAll(
        filter,
        { ...verdict, by: decidedBy(caller!, verdict.by) },
        { dryRun, limit, signal: whileWanted(reply, closing), ...confirmedBy(caller!, confirm) },
      );
      const shownResults = results.map(({ result, ...one }) => ({ ...shown(one, id), result }));
      return reply.status(dryRun ? 200 : 207).send({ dryRun, results: shownResults, more });
    },
  });
};
