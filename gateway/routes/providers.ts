import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type ProviderCapabilities, capabilitiesSchema, readCapabilities } from '../../client/index.ts';
import type { RouteOptions } from './options.ts';

export const providersRoute: FastifyPluginAsyncZod<RouteOptions> = async (app) => {
  let known: Promise<ProviderCapabilities[]> | undefined;
  /** They change with the installed version only, so a process is asked once; after a failure again. */
  const capabilities = () =>
    (known ??= readCapabilities().catch((error: unknown) => {
      known = undefined;
      throw error;
    }));

  app.route({
    method: 'GET',
    url: '/providers',
    config: { access: 'read' },
    schema: {
      operationId: 'listProviders',
      tags: ['Start'],
      summary: 'What each provider can do',
      response: { 200: z.array(capabilitiesSchema.meta({ id: 'Capabilities' })) },
    },
    handler: capabilities,
  });
};
