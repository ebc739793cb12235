import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { Problem } from '../problems/problem.ts';

/** Asked every few seconds by an orchestrator. */
const QUIET = new Set(['/livez', '/readyz', '/metrics']);

/**
 * One line per answer, of a fixed list of fields. The route is the pattern: an address may hold personal data, and so may
 * everything else that a caller sends.
 */
export function logRequests(app: FastifyInstance, log: Logger): void {
  app.addHook('onRequest', async (request, reply) => void reply.header('x-request-id', request.id));
  app.addHook('onResponse', async (request, { statusCode: status, elapsedTime }) => {
    const { url: route = 'none' } = request.routeOptions;
    const line = {
      id: request.id,
      method: request.method,
      route,
      status,
      ms: Math.round(elapsedTime),
      caller: request.caller?.name,
      ...(request.failure !== undefined && { problem: wordOf(request.failure) }),
    };
    if (status >= 500) log.error({ ...line, at: placesOf(request) }, 'request');
    else log[QUIET.has(route) ? 'debug' : 'info'](line, 'request');
  });
}

/** The class or code of an error; never its text, which may quote what it was about. */
function wordOf(failure: unknown): string {
  if (failure instanceof Problem) return failure.problem;
  const code: unknown = typeof failure === 'object' && failure !== null && 'code' in failure ? failure.code : undefined;
  if (typeof code === 'string' && /^[A-Za-z_]{1,64}$/.test(code)) return code;
  return failure instanceof Error ? failure.name : typeof failure;
}

/** Where a defect is: the places of the stack, without its first line. */
function placesOf({ failure }: FastifyRequest): string[] | undefined {
  if (!(failure instanceof Error)) return undefined;
  const places = failure.stack?.split('\n').filter((line) => line.startsWith('    at ')) ?? [];
  return places.slice(0, 6).map((line) => line.trim());
}
