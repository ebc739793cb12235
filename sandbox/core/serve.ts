import { setMaxListeners } from 'node:events';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { disturb, phaseOf } from './disturb.ts';
import type { Faults } from './faults.ts';
import { VendorError, type Call, type Dialect, type Encoded, type Route } from './http.ts';
import type { Store } from './store.ts';

export interface Service {
  routes: Route[];
  /** Reads form-encoded bodies and JSON Patches too, and JSON bodies of GET calls. */
  reads?: readonly ('forms' | 'json-patches' | 'get-bodies')[];
  dialect: Dialect;
  /** Makes the token of a call invalid, as if its time were over. */
  expireToken(authorization: string | undefined): void;
}

export const routeName = (route: Route) => `${route.method} ${route.path}`;

interface Shape {
  Params: Record<string, string>;
  Querystring: Record<string, string>;
}

export function headersOf({ headers }: Pick<FastifyRequest, 'headers'>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

const isObject = (body: unknown): body is Record<string, unknown> =>
  typeof body === 'object' && body !== null && !Array.isArray(body);

function callOf(request: FastifyRequest<Shape>, headers: Record<string, string>): Call {
  const body = request.body ?? {};
  if (!isObject(body)) throw new VendorError(400, 'The body must be a JSON object.');
  return {
    headers,
    path: request.url.split('?')[0] ?? '',
    params: request.params,
    query: request.query,
    body,
    origin: `http://${request.host}`,
  };
}

export function send(reply: FastifyReply, encoded: Encoded): FastifyReply {
  reply.code(encoded.status).headers(encoded.headers);
  return encoded.body.length === 0 ? reply.send() : reply.type(encoded.contentType).send(encoded.body);
}

function drop(request: FastifyRequest<Shape>, reply: FastifyReply): FastifyReply {
  reply.hijack();
  request.raw.socket.resetAndDestroy();
  return reply;
}

/** Puts a vendor's routes on the server; each call runs in one transaction, with the fault (if any) around it. */
export function serve(app: FastifyInstance, service: Service, store: Store, faults: Faults): void {
  const { dialect } = service;
  const closing = new AbortController();
  setMaxListeners(0, closing.signal); // one for each call that is held back
  app.addHook('preClose', async () => closing.abort());
  for (const route of service.routes) {
    app.route<Shape>({
      method: route.method,
      url: route.path,
      async handler(request, reply) {
        const headers = headersOf(request);
        const fault = faults.take(routeName(route));
        const legacy = fault?.kind === 'legacy-body';
        if (fault?.kind === 'expire-token') service.expireToken(headers['authorization']);
        if (fault && phaseOf(fault) === 'before') {
          const instead = await disturb(fault, undefined, dialect, headers, closing.signal);
          if (instead === 'drop') return drop(request, reply);
          if (instead) return send(reply, instead);
        }
        let encoded: Encoded;
        try {
          const answer = store.transaction(() => route.handle(callOf(request, headers)));
          encoded = dialect.answer(answer, headers, legacy);
        } catch (error) {
          if (!(error instanceof VendorError)) throw error;
          encoded = dialect.error(error, headers, legacy);
        }
        if (fault && phaseOf(fault) === 'after') {
          const instead = await disturb(fault, encoded, dialect, headers, closing.signal);
          if (instead === 'drop') return drop(request, reply);
          encoded = instead ?? encoded;
        }
        return send(reply, encoded);
      },
    });
  }
}
