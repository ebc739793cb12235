import { STATUS_CODES } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { PROBLEM_TYPE, problemSchema } from '../problems/problem.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Statuses of refusals that this route has beside those that follow from what it takes. */
    refusals?: readonly number[];
  }
}

const BODILESS = new Set(['GET', 'HEAD']);

/** Writes the refusals of each route into its schema, and which token it takes: for the document only. Must come before the routes. */
export function describeRefusals(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    const { schema, config } = route;
    if (!schema || schema.hide || config?.access === undefined) return;
    const isGuarded = config.access !== 'open';
    // Also of a route that wants none: whatever is sent is read.
    const mayHaveBody = [route.method].flat().some((method) => !BODILESS.has(method));
    const takesInput = mayHaveBody || schema.params !== undefined || schema.querystring !== undefined;
    const statuses = [
      ...(takesInput ? [400] : []),
      ...(isGuarded ? [401, 403] : []),
      ...(mayHaveBody ? [413, 415] : []),
      ...(config.rateLimit === false ? [] : [429]),
      ...(config.refusals ?? []),
      500,
    ];
    const content = { [PROBLEM_TYPE]: { schema: problemSchema } };
    const refusals = statuses.map((status) => [status, { description: STATUS_CODES[status], content }]);
    route.schema = {
      ...schema,
      ...(isGuarded && {
        security: [{ token: [] }],
        description: [schema.description, `Needs the scope \`${config.access}\`.`].filter(Boolean).join(' '),
      }),
      response: { ...Object.fromEntries(refusals), ...Object(schema.response) },
    };
  });
}
