import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { KeyRing } from '../../encryption/key-ring.ts';
import { parseDuration } from '../../contract/duration.ts';
import { fields, oneOf, textThat } from '../../client/requests/rules.ts';
import { RUN, runParams } from '../routes/inputs.ts';
import { LANGUAGES } from './language.ts';
import { LANDINGS } from './pages.ts';
import { RETURN_KINDS, sealTicket, type ReturnKind } from './token.ts';

export interface ReturnLinkOptions {
  keyRing: KeyRing;
  /** Where the customers' browsers reach the gateway; without it where it listens, for this machine. */
  publicUrl: string | undefined;
}

/** As long as the run waits by default. */
const EXPIRES_IN: Record<ReturnKind, string> = { email: 'P14D', eid: 'P30D' };
const [SHORTEST, LONGEST] = [parseDuration('PT1M')!, parseDuration('P90D')!];

const bodySchema = fields({
  kind: oneOf(RETURN_KINDS),
  language: oneOf(LANGUAGES).exactOptional(),
  expiresIn: textThat('must be an ISO 8601 duration from PT1M to P90D; correct it or leave it out.', (text) => {
    const ms = parseDuration(text);
    return ms !== undefined && ms >= SHORTEST && ms <= LONGEST;
  }).exactOptional(),
}).meta({ id: 'ReturnLinkRequest' });

const linkSchema = z.object({ url: z.url(), expiresAt: z.iso.datetime() }).meta({ id: 'ReturnLink' });

/** A link may be made before the onboarding starts: its reference is the caller's own, and an eID needs the return address in the request. */
export const returnLinks: FastifyPluginAsyncZod<ReturnLinkOptions> = async (app, { keyRing, publicUrl }) => {
  app.route({
    method: 'POST',
    url: `${RUN}/return-links`,
    config: { access: 'start' },
    schema: {
      operationId: 'createReturnLink',
      tags: ['Person'],
      summary: 'Make a link for the customer, also before the start',
      description:
        'Leads to a page of the gateway that tells the run: opened from a mail (`email`), or come back from an eID (`eid`). It names nobody, works once and expires.',
      params: runParams,
      body: bodySchema,
      response: { 201: linkSchema },
    },
    handler: async ({ params, body }, reply) => {
      const { kind, language = LANGUAGES[0], expiresIn = EXPIRES_IN[kind] } = body;
      const { provider, reference } = params;
      const expiresAt = Date.now() + parseDuration(expiresIn)!;
      const token = sealTicket(keyRing, { kind, provider, reference, language, expiresAt });
      return reply.status(201).send({
        url: `${publicUrl ?? app.listeningOrigin}${LANDINGS[kind].path}/${token}`,
        expiresAt: new Date(expiresAt).toISOString(),
      });
    },
  });
};
