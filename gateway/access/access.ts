import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';
import { Problem } from '../problems/problem.ts';
import { THIS_MACHINE, type Caller, type Scope } from '../../contract/scopes.ts';
import { callerAt } from './address.ts';
import { limitProviders } from './provider-limit.ts';
import { fromThisMachine } from './this-machine.ts';
import { callerOf, type Token } from '../../encryption/access-token.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whoever calls needs this scope; `open`: the route looks after itself, or has nothing to hide. Each route says one. */
    access?: Scope | 'open';
  }
  interface FastifyRequest {
    caller: Caller | undefined;
  }
}

export interface AccessOptions {
  tokens: Token[];
  uiOrigins: string[];
  requestsPerMinute: number;
}

/**
 * Who calls, how often, and what for, in this order and before any body is read. Must come before the routes. A route that says
 * nothing about access stops the start.
 */
export async function guard(app: FastifyInstance, options: AccessOptions): Promise<void> {
  const { tokens, uiOrigins, requestsPerMinute } = options;
  app.decorateRequest('caller');

  app.addHook('onRequest', async (request) => {
    const { access } = request.routeOptions.config;
    if (access === 'open' || request.is404) return;
    if (tokens.length > 0) request.caller = callerOf(tokens, request.headers.authorization);
    else if (fromThisMachine(request.headers, uiOrigins)) request.caller = THIS_MACHINE;
    else throw new Problem('origin-not-allowed');
  });

  await app.register(rateLimit, {
    max: requestsPerMinute,
    timeWindow: '1 minute',
    keyGenerator: ({ caller, ip }) => (caller ? `caller ${caller.name}` : `address ${callerAt(ip)}`),
    errorResponseBuilder: () => new Problem('rate-limited'),
  });

  // After the limit, so that guessing is limited too.
  app.addHook('preParsing', async (request) => {
    const { access } = request.routeOptions.config;
    if (access === 'open' || request.is404) return;
    mustHave(request, access);
  });

  limitProviders(app);

  const routes: RouteOptions[] = [];
  app.addHook('onRoute', (route) => void routes.push(route));
  app.addHook('onReady', async () => {
    const silent = routes.filter(({ config }) => config?.access === undefined).map(({ url }) => url);
    if (silent.length > 0) throw new TypeError(`Routes that say nothing about access: ${silent.join(', ')}`);
  });
}

function mustHave({ caller }: FastifyRequest, scope: Scope | undefined): void {
  if (!caller) throw new Problem('unauthorized');
  if (scope === undefined || !caller.scopes.has(scope)) throw new Problem('scope-missing', scope && { scope });
}
