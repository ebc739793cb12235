import type { FastifyInstance } from 'fastify';

export const JSON_PATCH = 'application/json-patch+json';

/** Lets a server read JSON Patch bodies (RFC 6902): a route finds them under `operations`. */
export function readJsonPatches(app: FastifyInstance): void {
  const json = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser(JSON_PATCH, { parseAs: 'string' }, (request, body, done) => {
    void json(request, String(body), (error, operations: unknown) => done(error, { operations }));
  });
}
