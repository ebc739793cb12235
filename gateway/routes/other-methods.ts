import type { FastifyInstance, HTTPMethods } from 'fastify';
import { Problem } from '../problems/problem.ts';

/** Without OPTIONS, which is the question of browsers that the codec answers. */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const satisfies HTTPMethods[];

/** Has methods that an address does not take refused as such and not as "not found". Must come before the routes; call the answer after them. */
export function watchMethods(app: FastifyInstance): () => void {
  const urls = new Set<string>();
  app.addHook('onRoute', ({ url }) => void urls.add(url));
  return () => {
    for (const url of Array.from(urls)) {
      const taken = METHODS.filter((method) => app.hasRoute({ method, url }));
      const others = METHODS.filter((method) => !taken.includes(method));
      if (url.endsWith('*') || others.length === 0) continue;
      app.route({
        method: others,
        url,
        config: { access: 'open' },
        schema: { hide: true },
        // Before a body is looked at, and after the limit of requests.
        preParsing: async (_, reply) => {
          reply.header('allow', taken.join(', '));
          throw new Problem('method-not-allowed');
        },
        handler: () => undefined,
      });
    }
  };
}
