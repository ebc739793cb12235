import { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Caller } from '../../contract/scopes.ts';
import { isOver } from '../../encryption/access-token.ts';
import { whenLeft, whileWanted } from '../when-left.ts';
import { Problem } from '../problems/problem.ts';
import { eventStream } from './event-stream.ts';
import { RUN, runParams } from './inputs.ts';
import type { RouteOptions } from './options.ts';
import { nothing } from './outputs.ts';

const EVENTS = 'text/event-stream';

const resumeHeaders = z.looseObject({
  'last-event-id': z.string().exactOptional().meta({ description: 'Id of the last event that came; sent by browsers' }),
});

export const eventsRoute: FastifyPluginAsyncZod<RouteOptions> = async (app, { client, limits, metrics, closing }) => {
  const open = new Map<string, number>();
  const count = ({ name }: Caller, by: 1 | -1): number => {
    const now = (open.get(name) ?? 0) + by;
    if (now === 0) open.delete(name);
    else open.set(name, now);
    metrics.streams.inc(by);
    return now;
  };

  app.route({
    method: 'GET',
    url: `${RUN}/events`,
    exposeHeadRoute: false,
    config: { access: 'read', refusals: [404, 503, 504] },
    schema: {
      operationId: 'followOnboarding',
      tags: ['Follow'],
      summary: 'The story of a run as it happens, as server-sent events',
      description:
        'Events `progress` (data: Progress) at each change, and at the end `result` (data: Result) or `problem` (data: Problem). Goes on after an outage, and after `Last-Event-ID`. Ends when the last day of the token is over.',
      params: runParams,
      headers: resumeHeaders,
      response: {
        200: {
          description: 'A stream that ends with the run, or with the last day of the token',
          content: { [EVENTS]: { schema: z.unknown().meta({ type: 'string' }) } },
        },
        204: nothing('The run has ended and the caller has its last event'),
      },
    },
    handler: async (request, reply) => {
      const { provider, reference } = request.params;
      const lastEventId = request.headers['last-event-id'];
      const caller = request.caller!;
      // Before anything is waited for, or who leaves meanwhile would be counted for ever.
      whenLeft(reply, () => void count(caller, -1));
      const signal = whileWanted(reply, closing);
      if (count(caller, 1) > limits.streams) throw new Problem('too-many-streams');
      // Also so that a refusal comes before the stream has begun.
      const run = await client.get(provider, reference);
      const endId = (runId: string) => `end.${runId}`;
      if (run.endedAt !== undefined && lastEventId === endId(run.runId)) return reply.status(204).send();

      const stories = client.watch(provider, reference, {
        every: limits.look,
        signal,
      });
      const lastId = async () => endId((await client.get(provider, reference)).runId);
      const failed = (error: unknown) => void (request.failure = error);
      const events = eventStream(stories, {
        lastEventId,
        lastId,
        failed,
        heartbeat: limits.heartbeat,
        isOver: () => isOver(caller),
      });
      // Proxies are not to wait for more.
      return reply.header('x-accel-buffering', 'no').type(EVENTS).send(Readable.from(events));
    },
  });
};
