import { randomUUID } from 'node:crypto';
import helmet from '@fastify/helmet';
import Fastify, { type FastifyInstance } from 'fastify';
import { serializerCompiler } from 'fastify-type-provider-zod';
import type { Logger } from 'pino';
import { OnboardingClient } from '../client/index.ts';
import { guard } from './access/access.ts';
import { trustOf } from './access/address.ts';
import { readBodies } from './body.ts';
import { closingOf } from './closing.ts';
import { codecEndpoint } from './codec/codec.ts';
import type { GatewayConfig } from './config.ts';
import { limitConnections } from './connections.ts';
import { documentation } from './docs/documentation.ts';
import { describeRefusals } from './docs/refusals.ts';
import { auditReads, auditTo } from './observe/audit.ts';
import { health } from './observe/health.ts';
import { measure, metricsRoute } from './observe/metrics.ts';
import { measureRuns } from './observe/run-metrics.ts';
import { logRequests } from './observe/request-log.ts';
import { answerProblems, clientErrorHandler, frameworkErrors } from './problems/answers.ts';
import { problemRoutes } from './problems/routes.ts';
import { returnLinks } from './returns/links.ts';
import { returnPages } from './returns/pages.ts';
import { watchMethods } from './routes/other-methods.ts';
import { onboardingRoutes } from './routes/index.ts';
import { ignoreTypeOfNothing, validatorCompiler } from './validation.ts';
import { webhooks } from './webhooks/webhooks.ts';

/**
 * The bare server with its limits; `createGateway` puts everything on it.
 * @internal
 */
export function serverOf({ limits, trustedProxies }: GatewayConfig): FastifyInstance {
  return Fastify({
    // Its own log would have addresses, which may be personal data.
    logger: false,
    genReqId: () => randomUUID(),
    bodyLimit: limits.body,
    requestTimeout: limits.requestWithin,
    keepAliveTimeout: limits.keepAlive,
    maxRequestsPerSocket: limits.requestsPerConnection,
    http: { headersTimeout: limits.headersWithin, connectionsCheckingInterval: 1000 },
    trustProxy: trustedProxies ? trustOf(trustedProxies) : false,
    // What still comes on an open connection is served, and the connection closed after it.
    return503OnClosing: false,
    frameworkErrors,
    clientErrorHandler,
  });
}

/** The gateway, not yet listening. Closing it ends event streams, lets calls under way end, and closes the way to Temporal. */
export async function createGateway(
  config: GatewayConfig,
  log: Logger,
  app = serverOf(config),
): Promise<FastifyInstance> {
  const { tokens, uiOrigins, limits, keyRing } = config;
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  // Nothing but JSON, unless a plugin says otherwise for itself.
  app.removeContentTypeParser('text/plain');
  readBodies(app);
  ignoreTypeOfNothing(app);

  limitConnections(app, limits);
  logRequests(app, log);
  // Answers may hold personal data, links, or say who is a customer: nothing on the way keeps them. Files of /docs say otherwise.
  app.addHook('onRequest', async (_, reply) => void reply.header('cache-control', 'no-store'));
  const metrics = measure(app);
  const closing = closingOf(app);
  await app.register(helmet, { contentSecurityPolicy: { directives: { defaultSrc: ["'none'"] }, useDefaults: false } });
  await guard(app, { tokens, uiOrigins, requestsPerMinute: limits.requestsPerMinute });
  const audit = auditTo(log, keyRing);
  auditReads(app, audit);
  answerProblems(app);
  const refuseOtherMethods = watchMethods(app);
  describeRefusals(app);
  await documentation(app, limits);

  const client = OnboardingClient.lazy(config.client);
  app.addHook('onClose', () => client.close());

  await app.register(health, { client });
  await app.register(problemRoutes);
  measureRuns(metrics.registry, client);
  await app.register(metricsRoute, metrics);
  await app.register(onboardingRoutes, { prefix: '/v1', client, limits, keyRing, metrics, closing });
  if (config.returnLinks) await app.register(returnLinks, { prefix: '/v1', keyRing, ...config.returnLinks });
  await app.register(returnPages, { keyRing, client });
  const mostOpen = limits.openDeliveries;
  await app.register(webhooks, { prefix: '/webhooks', settings: config.webhooks, keyRing, client, metrics, mostOpen });
  await app.register(codecEndpoint, { prefix: '/codec', keyRing, uiOrigins, log, audit });
  refuseOtherMethods();
  return app;
}
