import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
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

/** OpenAPI 3.1, made from the schemas of the routes: the document at `/docs/json`, the page at `/docs`. Must come before the routes. */
export async function documentation(app: FastifyInstance): Promise<void> {
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
  await app.register(async (pages) => {
    pages.addHook('onRoute', (route) => {
      route.config = { ...route.config, access: 'open' };
    });
    await pages.register(swaggerUi, { routePrefix: '/docs', staticCSP: PAGE_POLICY });
  });
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
