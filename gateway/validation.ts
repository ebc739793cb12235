import type { FastifyInstance, FastifySchemaCompiler } from 'fastify';
import type { z } from 'zod';
import { RequestInvalid } from '../client/index.ts';
import { sentences } from '../client/requests/rules.ts';

/** Input that breaks a rule is refused with the sentences of `rules.ts`, the same as everywhere in the library. */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> =
  ({ schema }) =>
  (input) => {
    const found = schema.safeParse(input);
    return found.success ? { value: found.data } : { error: new RequestInvalid(sentences(found.error)) };
  };

/** Some HTTP clients name a content type also when they send nothing; it is not to decide over a request without a body. */
export function ignoreTypeOfNothing(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ headers }) => {
    const { 'content-length': length = '0', 'transfer-encoding': encoding } = headers;
    if (length === '0' && encoding === undefined) delete headers['content-type'];
  });
}
