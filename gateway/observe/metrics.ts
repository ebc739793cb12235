import type { FastifyInstance } from 'fastify';
import { onSealed } from '../../encryption/sealed-count.ts';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

export interface Metrics {
  registry: Registry;
  /** Event streams that are open. */
  streams: Gauge;
}

/** Counts each answer by method, pattern of the route and status: nothing of what a caller sends becomes a label. */
export function measure(app: FastifyInstance): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const labelNames = ['method', 'route', 'status'] as const;
  const registers = [registry];
  const requests = new Counter({ name: 'gateway_requests_total', help: 'Answers.', labelNames, registers });
  const seconds = new Histogram({
    name: 'gateway_request_duration_seconds',
    help: 'Time from the headers of a request to the end of its answer; an event stream counts when it ends.',
    labelNames: ['method', 'route'] as const,
    registers,
  });
  const streams = new Gauge({ name: 'gateway_event_streams', help: 'Event streams that are open.', registers });
  app.addHook('onResponse', async ({ method, routeOptions }, { statusCode, elapsedTime }) => {
    const route = routeOptions.url ?? 'none';
    requests.inc({ method, route, status: statusCode });
    seconds.observe({ method, route }, elapsedTime / 1000);
  });
  countSealed(app, registry);
  return { registry, streams };
}

function countSealed(app: FastifyInstance, registry: Registry): void {
  const sealed = new Counter({
    name: 'onboarding_payloads_sealed_total',
    help: 'Payloads that this process has sealed, by the id of the key; one key may seal 2^32 in all.',
    labelNames: ['key'] as const,
    registers: [registry],
  });
  const end = onSealed((key) => sealed.inc({ key }));
  app.addHook('onClose', async () => end());
}

/** For Prometheus, which sends a token of the scope `read` (`authorization` in its scrape configuration). */
export async function metricsRoute(app: FastifyInstance, { registry }: Metrics): Promise<void> {
  app.route({
    method: 'GET',
    url: '/metrics',
    config: { access: 'read', rateLimit: false },
    schema: { hide: true },
    handler: async (_, reply) => reply.type(registry.contentType).send(await registry.metrics()),
  });
}
