import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { RUN_TYPES } from '../../contract/ids.ts';
import { OUTCOMES, STEPS } from '../../contract/progress.ts';
import { PROVIDERS } from '../../contract/request.ts';
import { fields, oneOf } from '../../client/requests/rules.ts';
import { AWAITED, ENDS, STAGES } from '../../contract/search-attributes.ts';
import { RUN_STATUSES, type RunFilter } from '../../client/index.ts';
import { cursorOf, cursorQuery, readCursor } from './cursor.ts';
import { MEMBER, memberParams, RUN, runParams, wholeQuery } from './inputs.ts';
import type { RouteOptions } from './options.ts';
import { runSchema } from './outputs.ts';

const listed = {
  provider: oneOf(PROVIDERS).exactOptional(),
  waitingFor: oneOf(AWAITED).exactOptional(),
  status: oneOf(RUN_STATUSES).exactOptional(),
  limit: wholeQuery(1, 200).default(50),
  cursor: cursorQuery,
};

const onboardingsQuery = fields({
  ...listed,
  stage: oneOf(STEPS).exactOptional(),
  outcome: oneOf(OUTCOMES).exactOptional(),
  members: oneOf(['true', 'false']).exactOptional(),
});

const runsQuery = fields({
  ...listed,
  stage: oneOf(STAGES).exactOptional(),
  outcome: oneOf(ENDS).exactOptional(),
  types: z
    .union([z.enum(RUN_TYPES), z.array(z.enum(RUN_TYPES)).min(1)], {
      error: `must be one of ${RUN_TYPES.join(', ')}, once for each type; correct it or leave it out.`,
    })
    .exactOptional(),
});

const runPage = z.object({ runs: z.array(runSchema), next: z.string().exactOptional() });
export const LAG =
  'Lags behind by about a second. A page may be short although more follow: go on as long as there is a `next`.';

export const runRoutes: FastifyPluginAsyncZod<RouteOptions> = async (app, { client, keyRing }) => {
  const page = async (filter: RunFilter, { limit, cursor }: { limit: number; cursor?: string }) => {
    const after = cursor === undefined ? undefined : readCursor(keyRing, filter, cursor);
    const { runs, next } = await client.page(filter, { size: limit, ...(after && { after }) });
    return next ? { runs, next: cursorOf(keyRing, filter, next) } : { runs };
  };

  app.route({
    method: 'GET',
    url: '/onboardings',
    config: { access: 'read', refusals: [503, 504] },
    schema: {
      operationId: 'listOnboardings',
      tags: ['Follow'],
      summary: 'Onboardings, newest first',
      description: LAG,
      querystring: onboardingsQuery,
      response: { 200: runPage },
    },
    handler: ({ query: { limit, cursor, members, ...values } }) =>
      page({ ...values, members: members === 'true' }, { limit, ...(cursor !== undefined && { cursor }) }),
  });

  app.route({
    method: 'GET',
    url: '/runs',
    config: { access: 'read', refusals: [503, 504] },
    schema: {
      operationId: 'listRuns',
      tags: ['Follow'],
      summary: 'Runs of all `types`, or of those named, newest first',
      description: LAG,
      querystring: runsQuery,
      response: { 200: runPage },
    },
    handler: ({ query: { limit, cursor, types = RUN_TYPES, ...values } }) =>
      page({ ...values, types: [types].flat() }, { limit, ...(cursor !== undefined && { cursor }) }),
  });

  app.route({
    method: 'GET',
    url: RUN,
    config: { access: 'read', refusals: [404, 503, 504] },
    schema: {
      operationId: 'readOnboarding',
      tags: ['Follow'],
      summary: 'What Temporal knows of a run; needs no worker',
      params: runParams,
      response: { 200: runSchema },
    },
    handler: ({ params: { provider, reference } }) => client.get(provider, reference),
  });

  app.route({
    method: 'GET',
    url: MEMBER,
    config: { access: 'read', refusals: [404, 503, 504] },
    schema: {
      operationId: 'readMember',
      tags: ['Follow'],
      summary: 'What Temporal knows of a member’s run; needs no worker',
      params: memberParams,
      response: { 200: runSchema },
    },
    handler: ({ params: { provider, reference, member } }) => client.get(provider, reference, member),
  });
};
