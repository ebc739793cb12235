import cors from '@fastify/cors';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Logger } from 'pino';
import type { AuditedCustomer } from '../../contract/audit.ts';
import { customerOf } from '../../contract/ids.ts';
import type { KeyRing } from '../../encryption/key-ring.ts';
import { boundTo, isSealed, open, seal } from '../../encryption/sealed-payload.ts';
import type { Audit } from '../observe/audit.ts';
import { problemOf } from '../problems/of-error.ts';
import { Problem } from '../problems/problem.ts';
import { marked } from './clear-payload.ts';
import { jsonOf, payloadOf, payloadsSchema } from './payload-json.ts';

export interface CodecOptions {
  keyRing: KeyRing;
  uiOrigins: string[];
  /** One line per call, without content: who had how much decoded, and of which runs. */
  log: Logger;
  audit: Audit;
}

const BODY_LIMIT = 4 * 1024 * 1024;
/** Runs named in an audit line; one call of the UI is about one. */
const RUNS_NAMED = 20;
const NAMESPACE = /^[A-Za-z0-9._-]{1,255}$/;

/**
 * Temporal's remote codec for its UI and command line (`--ui-codec-endpoint`, `--codec-endpoint`): `POST /encode` and `/decode`.
 * It is told no run, so what it encodes is bound to none, and it decodes without asking where a payload was found.
 * What is not sealed comes back marked.
 */
export const codecEndpoint: FastifyPluginAsyncZod<CodecOptions> = async (app, options) => {
  const { keyRing, uiOrigins, log, audit } = options;

  const about = ({ routeOptions, headers, ip, caller }: FastifyRequest) => ({
    route: routeOptions.url,
    namespace: NAMESPACE.test(String(headers['x-namespace'])) ? headers['x-namespace'] : undefined,
    who: caller?.name,
    from: ip,
  });

  // Browsers ask without credentials.
  app.addHook('onRoute', (route) => {
    if (route.method === 'OPTIONS') route.config = { ...route.config, access: 'open' };
  });
  await app.register(cors, {
    origin: uiOrigins,
    methods: ['POST'],
    allowedHeaders: ['X-Namespace', 'Content-Type', 'Authorization', 'Authorization-Extras'],
  });

  app.addHook('preParsing', async ({ headers: { origin } }) => {
    if (origin !== undefined && !uiOrigins.includes(origin)) throw new Problem('origin-not-allowed');
  });

  // The gateway's own handler answers.
  app.setErrorHandler(async (error, request) => {
    log.warn({ ...about(request), refused: problemOf(error).problem }, 'codec call refused');
    throw error;
  });

  const config = { access: 'decode', refusals: [422] } as const;
  const schema = { tags: ['Codec'], body: payloadsSchema, response: { 200: payloadsSchema } };

  app.route({
    method: 'POST',
    url: '/encode',
    config,
    bodyLimit: BODY_LIMIT,
    schema: { ...schema, operationId: 'encodePayloads', summary: 'Encrypt payloads' },
    handler: async (request) => {
      const { payloads } = request.body;
      log.info({ ...about(request), count: payloads.length }, 'codec call');
      return { payloads: payloads.map((payload) => jsonOf(seal(keyRing, payloadOf(payload), {}))) };
    },
  });

  app.route({
    method: 'POST',
    url: '/decode',
    config,
    bodyLimit: BODY_LIMIT,
    schema: { ...schema, operationId: 'decodePayloads', summary: 'Show payloads in clear text' },
    handler: async (request) => {
      const { payloads } = request.body;
      const sealed = payloads.map(payloadOf);
      const opened = sealed.map((payload) => (isSealed(payload) ? open(keyRing, payload, {}) : undefined));
      const runs = new Set(sealed.filter(isSealed).map((payload) => boundTo(payload).workflowId));
      log.info({ ...about(request), count: payloads.length, runs: [...runs].slice(0, RUNS_NAMED) }, 'codec call');
      for (const customer of customersOf(runs)) audit('decode', request, customer);
      return { payloads: payloads.map((payload, index) => (opened[index] ? jsonOf(opened[index]) : marked(payload))) };
    },
  });
};

/** Whose payloads they are; of one that is bound to no customer's run it cannot be told, and the line says nobody. */
function customersOf(runs: ReadonlySet<string | undefined>): (AuditedCustomer | undefined)[] {
  const customers = new Map<string, AuditedCustomer | undefined>();
  for (const run of runs) {
    const customer = run === undefined ? undefined : customerOf(run);
    customers.set(JSON.stringify(customer) ?? '', customer);
  }
  return [...customers.values()];
}
