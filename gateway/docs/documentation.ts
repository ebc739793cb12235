import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import type { Limits } from '../limits.ts';
import { withHeaders } from './headers.ts';

/** Scripts and styles are files of this server, but for one style that Swagger UI writes into its page. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

type DocsLimits = Pick<Limits, 'docsPerMinute' | 'requestsPerMinute'>;

/** OpenAPI 3.1, made from the schemas of the routes: the document at `/docs/json`, the page at `/docs`. Must come before the routes. */
export async function documentation(
  app: FastifyInstance,
  { docsPerMinute, requestsPerMinute }: DocsLimits,
): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'durable-onboarding',
        version: '1',
        description:
          'Customer onboardings at third-party account providers. A customer is named by provider and reference, your own key. Every refusal is a problem document of RFC 9457.',
      },
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    },
    transform: jsonSchemaTransform,
    transformObject: (document) => withHeaders(withoutUnused(jsonSchemaTransformObject(document))),
  });
  /** The document in each form, serialised once: all who ask, however many and slow, share the same bytes. */
  const documents: Record<string, () => Buffer> = {
    '/docs/json': once(() => JSON.stringify(app.swagger())),
    '/docs/yaml': once(() => app.swagger({ yaml: true })),
  };
  const rateLimit = { max: Math.min(docsPerMinute, requestsPerMinute), timeWindow: '1 minute' };
  await app.register(async (pages) => {
    pages.addHook('onRoute', (route) => {
      route.config = { ...route.config, access: 'open' };
      const document = documents[route.url];
      if (!document) return;
      const type = route.url.endsWith('json') ? 'application/json; charset=utf-8' : 'application/x-yaml';
      route.handler = (_, reply) => reply.type(type).send(document());
    });
    pages.addHook('onRequest', pages.rateLimit(rateLimit));
    await pages.register(swaggerUi, { routePrefix: '/docs', staticCSP: PAGE_POLICY });
  });
}

function once(make: () => string): () => Buffer {
  let made: Buffer | undefined;
  return () => (made ??= Buffer.from(make()));
}

/** Each named schema comes twice, for input and for output; most are used once. */
function withoutUnused<Document extends object>(document: Document): Document {
  const schemas: Record<string, unknown> = 'components' in document ? Object(document.components).schemas : {};
  const used = new Set<string>();
  const use = (part: unknown): void => {
    for (const [, name] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      if (name === undefined || used.has(name)) continue;
      used.add(name);
      use(schemas[name]);
    }
  };
  use('paths' in document ? document.paths : {});
  for (const name of Object.keys(schemas)) if (!used.has(name)) delete schemas[name];
  return document;
}
