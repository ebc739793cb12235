import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../problems/problem.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Says nothing of any customer, so a token that is limited to providers may ask it too. */
    ofNoProvider?: true;
  }
}

interface Named {
  provider?: unknown;
  filter?: { provider?: unknown };
  onboardings?: unknown[];
}

/**
 * Keeps tokens that are limited to providers to them: in the path, else in the query or the body. What names none is about all, and refused.
 * After the input has been checked, before anything is done.
 */
export function limitProviders(app: FastifyInstance): void {
  app.addHook('preHandler', async (request) => {
    const limit = request.caller?.providers;
    if (!limit || request.is404 || request.routeOptions.config.ofNoProvider) return;
    const named = namedIn(request);
    if (named.length > 0 && named.every((one) => typeof one === 'string' && limit.has(one))) return;
    throw new Problem('provider-not-allowed');
  });
}

/** Each that the request is about; `undefined` stands for one that names none. */
function namedIn({ params, query, body }: FastifyRequest): unknown[] {
  const [ofPath, ofQuery, ofBody]: Named[] = [params, query, body].map(Object);
  if (ofPath?.provider !== undefined) return [ofPath.provider];
  if (ofBody?.onboardings) {
    return ofBody.onboardings.map((one) => {
      const { provider }: Named = Object(one);
      return provider;
    });
  }
  return [ofQuery?.provider ?? ofBody?.provider ?? ofBody?.filter?.provider];
}
