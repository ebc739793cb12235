import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { EVIDENCE, type Capabilities } from '../../contract/capabilities.ts';
import { CHANGE_KINDS } from '../../contract/change.ts';
import { PROVIDER_CAPABILITIES } from '../../contract/provider-capabilities.ts';
import { ACCOUNT_KINDS, EID_SCHEMES, PROVIDERS, WATCHLIST_KINDS, type ProviderName } from '../../contract/request.ts';
import type { Shape } from '../../client/requests/shape.ts';
import type { RouteOptions } from './options.ts';

const evidence = z.enum(EVIDENCE);

/** As `contract/capabilities.ts` explains them. */
const capabilitiesSchema = z
  .object({
    provider: z.enum(PROVIDERS),
    kinds: z.array(z.enum(ACCOUNT_KINDS)),
    existingCustomers: z.boolean(),
    emailVerified: evidence,
    resendVerification: z.boolean(),
    confirmByCode: z.boolean(),
    members: evidence,
    removeMember: z.boolean(),
    identification: z.array(z.enum(EID_SCHEMES)),
    ssnMonitoring: z.boolean(),
    watchlists: z.array(z.enum(WATCHLIST_KINDS)),
    passwordReset: z.boolean(),
    deactivate: z.boolean(),
    remove: z.boolean(),
    changes: z.array(z.enum(CHANGE_KINDS)),
    reads: z.array(z.string()),
    lookups: z.array(z.string()),
    listAccounts: z.boolean(),
  } satisfies Shape<Capabilities & { provider: ProviderName }>)
  .meta({ id: 'Capabilities' });

export const providersRoute: FastifyPluginAsyncZod<RouteOptions> = async (app) => {
  app.route({
    method: 'GET',
    url: '/providers',
    config: { access: 'read', ofNoProvider: true },
    schema: {
      operationId: 'listProviders',
      tags: ['Start'],
      summary: 'What each provider can do',
      response: { 200: z.array(capabilitiesSchema) },
    },
    handler: async () => PROVIDERS.map((provider) => ({ provider, ...PROVIDER_CAPABILITIES[provider] })),
  });
};
