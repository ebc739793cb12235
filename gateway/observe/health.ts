import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { OnboardingClient } from '../../client/index.ts';

/** Milliseconds; an orchestrator does not wait long. */
const READY_WITHIN = 2000;

/** Milliseconds for which one answer serves all who ask: anybody may, and each question is a call to Temporal. */
const READY_FOR = 1000;

/** For orchestrators: `/livez` is the process, `/readyz` is Temporal and the namespace with it. */
export const health: FastifyPluginAsyncZod<{ client: OnboardingClient }> = async (app, { client }) => {
  let asked: { at: number; answer: Promise<void> } | undefined;

  const config = { access: 'open', rateLimit: false } as const;
  app.route({
    method: 'GET',
    url: '/livez',
    config,
    schema: {
      operationId: 'live',
      tags: ['Life'],
      summary: 'The gateway runs',
      response: { 200: z.object({ status: z.literal('alive') }) },
    },
    handler: async () => ({ status: 'alive' as const }),
  });
  app.route({
    method: 'GET',
    url: '/readyz',
    config: { ...config, refusals: [503, 504] },
    schema: {
      operationId: 'ready',
      tags: ['Life'],
      summary: 'Temporal is reachable, and the namespace is there',
      response: { 200: z.object({ status: z.literal('ready') }) },
    },
    handler: async () => {
      if (!asked || performance.now() - asked.at >= READY_FOR)
        asked = { at: performance.now(), answer: client.ready(READY_WITHIN) };
      await asked.answer;
      return { status: 'ready' as const };
    },
  });
};
