import type { FastifyPluginAsync, RouteOptions } from 'fastify';
import type { KeyRing } from '../../encryption/key-ring.ts';
import type { Metrics } from '../observe/metrics.ts';
import { Problem } from '../problems/problem.ts';
import { parsedBody } from '../body.ts';
import type { WebhookConfig } from './config.ts';
import { eventIds } from './event-id.ts';
import { genericReader } from './generic.ts';
import { intakeOf, type EventClient } from './intake.ts';
import { countOutcomes, webhookCounter, type WebhookCounter } from './metrics.ts';
import { SENDERS, type Sender } from './senders.ts';
import { isSecret, isSigned, isTimely, SIGNATURE_HEADER, TIMESTAMP_HEADER } from './signature.ts';
import type { Reader } from './told.ts';
import { paywayReader } from './tulo-payway.ts';

export interface WebhookOptions {
  settings: WebhookConfig;
  keyRing: KeyRing;
  client: EventClient;
  metrics: Metrics;
  /** Of deliveries under way, for events of accounts that are not known. */
  mostOpen: number;
}

/** Bytes of a body; the largest envelope known has a few thousand. */
const BODY_LIMIT = 256 * 1024;

/**
 * `POST /<sender>/<secret>`, and `POST /<sender>` with a signature, for each sender that has secrets. Answers 202 when Temporal holds the
 * event, also when it did so before; 204 when no run waits for such an event; 409 when another event came
 * under its id. After any other answer it has to be sent again.
 */
export const webhooks: FastifyPluginAsync<WebhookOptions> = async (app, options) => {
  const { settings, keyRing, metrics } = options;
  const counter = webhookCounter(metrics);
  const take = intakeOf(options);
  // The bytes as they came, whatever they are called: the signature is over them, and a body is read only after that.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_LIMIT }, (_, body, done) => done(null, body));

  app.decorateRequest('webhook');

  const readers: Record<Sender, Reader> = {
    'tulo-payway': paywayReader(settings.payway),
    // Assumption: facilioo's own deliveries have no documented body (section 8), so whatever forwards them sends this one.
    facilioo: genericReader('facilioo'),
    generic: genericReader(),
  };
  for (const sender of SENDERS) {
    await app.register(ofSender, {
      prefix: `/${sender}`,
      sender,
      read: readers[sender],
      idOf: eventIds(keyRing, sender),
      take,
      counter,
      ...settings.access[sender],
    });
  }
};

interface SenderOptions {
  sender: Sender;
  read: Reader;
  idOf: (happening: string[]) => string;
  take: ReturnType<typeof intakeOf>;
  counter: WebhookCounter;
  pathSecrets: string[];
  signingSecrets: string[];
}

const ofSender: FastifyPluginAsync<SenderOptions> = async (app, options) => {
  const { sender, read, idOf, take, counter, pathSecrets, signingSecrets } = options;
  countOutcomes(app, sender, counter);

  const common = {
    method: 'POST',
    config: { access: 'open' },
    schema: { hide: true },
    handler: async (request, reply) => {
      const told = read(parsedBody(bytes(request.body)), Date.now());
      if (told.event === undefined) {
        request.webhook = told.because;
        return reply.status(204).send();
      }
      const { duplicate } = await take({ ...told.event, eventId: idOf(told.happening) });
      request.webhook = duplicate ? 'duplicate' : 'accepted';
      return reply.status(202).send({ status: request.webhook });
    },
  } as const satisfies Partial<RouteOptions>;

  if (pathSecrets.length > 0) {
    app.route<{ Params: { '*': string } }>({
      ...common,
      url: '/*',
      // Before the body, and after the limit of requests, so that guessing is limited.
      preParsing: async ({ params }) => {
        // As if there were nothing.
        if (!isSecret(pathSecrets, params['*'])) throw new Problem('not-found');
      },
    });
  }
  if (signingSecrets.length > 0) {
    app.route({
      ...common,
      url: '/',
      preParsing: async ({ headers }) => {
        if (!isTimely(String(headers[TIMESTAMP_HEADER]), Date.now())) throw new Problem('signature-invalid');
      },
      preHandler: async ({ headers, body }) => {
        const [timestamp, signature] = [String(headers[TIMESTAMP_HEADER]), String(headers[SIGNATURE_HEADER])];
        if (!isSigned(signingSecrets, { timestamp, sender, body: bytes(body) }, signature))
          throw new Problem('signature-invalid');
      },
    });
  }
};

function bytes(body: unknown): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}
