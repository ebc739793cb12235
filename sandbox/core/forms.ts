import type { FastifyInstance } from 'fastify';

export const FORM = 'application/x-www-form-urlencoded';

/** Lets a server read form-encoded bodies; the last value of a repeated name counts. */
export function readForms(app: FastifyInstance): void {
  if (app.hasContentTypeParser(FORM)) return;
  app.addContentTypeParser(FORM, { parseAs: 'string' }, (_, body, done) => {
    done(null, Object.fromEntries(new URLSearchParams(String(body))));
  });
}
