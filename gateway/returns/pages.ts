import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { KeyRing } from '../../encryption/key-ring.ts';
import type { AccountEvent } from '../../contract/runs.ts';
import type { OnboardingClient } from '../../client/index.ts';
import { RETRY_AFTER } from '../problems/catalogue.ts';
import { problemOf } from '../problems/of-error.ts';
import { Problem } from '../problems/problem.ts';
import { languageOf, type Language } from './language.ts';
import { page, PAGE_HEADERS } from './page.ts';
import type { PageName } from './texts/text.ts';
import { openTicket, returnEventId, type ReturnKind, type ReturnTicket } from './token.ts';

export interface ReturnOptions {
  keyRing: KeyRing;
  client: Pick<OnboardingClient, 'deliverEvent'>;
}

interface Landing {
  kind: ReturnKind;
  path: string;
  event: AccountEvent['kind'];
  ask: PageName;
  received: PageName;
}

export const LANDINGS: Record<ReturnKind, Landing> = {
  email: { kind: 'email', path: '/v', event: 'emailVerified', ask: 'askEmail', received: 'receivedEmail' },
  eid: { kind: 'eid', path: '/eid', event: 'eidCompleted', ask: 'askEid', received: 'receivedEid' },
};

const STATUS: Partial<Record<PageName, number>> = {
  receivedEmail: 202,
  receivedEid: 202,
  invalid: 404,
  used: 409,
  expired: 410,
  unavailable: 503,
};

/** A form without fields. */
const BODY_LIMIT = 1024;

/** Characters that an eID service may add on the way back. */
const LONGEST_QUERY = 4096;

/** Of one link in an hour, over everybody who has it: each different query of an eID address is a run. */
const PRESSES_PER_HOUR = 20;

/**
 * Where people land: from the link in a mail at `/v/<token>`, after an eID at `/eid/<token>`. To open the page changes nothing, because mail
 * scanners and previews open links too; its one button does. After an eID the page presses it by itself: the browser comes from
 * there, and people close what they take for the end. The token is used when Temporal holds the event, and for as long as it
 * keeps it; the run then asks the provider, and believes that.
 */
export const returnPages: FastifyPluginAsync<ReturnOptions> = async (app, { keyRing, client }) => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_LIMIT }, (_, __, done) => done(null));

  const limit = app.createRateLimit({
    max: PRESSES_PER_HOUR,
    timeWindow: '1 hour',
    keyGenerator: ({ params }) => returnEventId(Object(params)['*']),
  });

  for (const landing of Object.values(LANDINGS)) {
    const common = { url: `${landing.path}/*`, config: { access: 'open' }, schema: { hide: true } } as const;

    app.route<Request>({
      ...common,
      method: 'GET',
      handler: async (request, reply) => {
        const { refused, language } = admit(keyRing, landing.kind, request);
        return show(reply, language, refused ?? landing.ask);
      },
    });

    app.route<Request>({
      ...common,
      method: 'POST',
      handler: async (request, reply) => {
        const { refused, language, ticket } = admit(keyRing, landing.kind, request);
        if (refused !== undefined) return show(reply, language, refused);
        // Links of ours only: whoever makes some up is counted by address.
        const presses = await limit(request);
        if (!presses.isAllowed && presses.isExceeded) {
          reply.header('retry-after', String(presses.ttlInSeconds));
          throw new Problem('rate-limited');
        }
        const { provider, reference } = ticket;
        const eventId = returnEventId(request.params['*'], addedTo(request, landing.kind));
        try {
          const { duplicate } = await client.deliverEvent({ provider, reference, kind: landing.event, eventId });
          return await show(reply, language, duplicate ? 'used' : landing.received);
        } catch (error) {
          request.failure = error;
          reply.header('retry-after', String(RETRY_AFTER[problemOf(error).problem] ?? 30));
          return show(reply, language, 'unavailable');
        }
      },
    });
  }
};

interface Request {
  Params: { '*': string };
}

type Admission =
  | { refused?: undefined; language: Language; ticket: ReturnTicket }
  | { refused: 'invalid' | 'expired'; language: Language; ticket?: undefined };

function admit(keyRing: KeyRing, kind: ReturnKind, request: FastifyRequest<Request>): Admission {
  const { params, headers } = request;
  const ticket = openTicket(keyRing, params['*']);
  const isOurs = ticket?.kind === kind && addedTo(request, kind).length <= LONGEST_QUERY;
  if (!isOurs) return { refused: 'invalid', language: languageOf(headers['accept-language']) };
  const { language, expiresAt } = ticket;
  return Date.now() < expiresAt ? { language, ticket } : { refused: 'expired', language };
}

function show(reply: FastifyReply, language: Language, name: PageName): FastifyReply {
  return reply
    .status(STATUS[name] ?? 200)
    .headers(PAGE_HEADERS)
    .send(page(language, name));
}

/** The query as it came; what is hung on the link in a mail means nothing. */
function addedTo({ url }: { url: string }, kind: ReturnKind): string {
  if (kind === 'email') return '';
  const start = url.indexOf('?');
  return start === -1 ? '' : url.slice(start + 1);
}
