import type { FastifyInstance } from 'fastify';
import { Counter } from 'prom-client';
import type { Metrics } from '../observe/metrics.ts';
import type { Sender } from './senders.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** What became of a webhook, where its status does not say it. */
    webhook: 'accepted' | 'duplicate' | 'dropped' | 'unknown' | undefined;
  }
}

export type WebhookCounter = Counter<'sender' | 'outcome'>;

/**
 * `accepted` Temporal holds it · `duplicate` it did before · `dropped` no run waits for such an event · `unknown` an event of a name not known
 * here · `malformed` · `conflict` another event has its id · `refused` secret or signature do not hold · `failed` Temporal did not take it.
 */
export function webhookCounter({ registry }: Metrics): WebhookCounter {
  return new Counter({
    name: 'gateway_webhooks_total',
    help: 'Webhooks by sender and what became of them.',
    labelNames: ['sender', 'outcome'] as const,
    registers: [registry],
  });
}

/** Of the routes of this plugin. */
export function countOutcomes(app: FastifyInstance, sender: Sender, counter: WebhookCounter): void {
  app.addHook('onResponse', async ({ webhook }, { statusCode }) => {
    counter.inc({ sender, outcome: webhook ?? outcomeOf(statusCode) });
  });
}

function outcomeOf(status: number): 'failed' | 'malformed' | 'conflict' | 'refused' {
  if (status >= 500) return 'failed';
  if (status === 409) return 'conflict';
  return status === 400 || status === 413 ? 'malformed' : 'refused';
}
