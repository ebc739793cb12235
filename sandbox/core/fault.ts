import { z } from 'zod';

const when = z.enum(['before', 'after']);

const disturbance = z.discriminatedUnion('kind', [
  /** The connection is reset, before or after the effect has happened. */
  z.object({ kind: z.literal('drop'), when: when.default('before') }),
  z.object({ kind: z.literal('delay'), ms: z.number().int().positive(), when: when.default('before') }),
  /** The token of the call is expired, so this call and all later ones with it get 401. */
  z.object({ kind: z.literal('expire-token') }),
  z.object({
    kind: z.literal('throttle'),
    seconds: z.number().int().nonnegative().default(1),
    /** `reset-header`: only the vendor's own header tells when, there is no Retry-After. */
    retryAfter: z.enum(['seconds', 'http-date', 'reset-header']).default('seconds'),
  }),
  z.object({ kind: z.literal('server-error'), when: when.default('before') }),
  /** 503 with an HTML page, as a proxy in front of the vendor sends. */
  z.object({ kind: z.literal('html-503'), when: when.default('before') }),
  /** Half of the body, with a length that fits, after the effect. */
  z.object({ kind: z.literal('truncated-json') }),
  /** The older response format in spite of what was asked for. */
  z.object({ kind: z.literal('legacy-body') }),
  /** What stands in between answers instead of the vendor: an ingress without a backend by default, a proxy's page, a redirect. */
  z.object({
    kind: z.literal('in-between'),
    status: z.number().int().min(200).max(599).default(404),
    type: z.string().default('text/plain'),
    body: z.string().default('default backend - 404'),
    headers: z.record(z.string(), z.string()).default({}),
    when: when.default('before'),
  }),
  /** The vendor's own success in other bytes, after the effect. */
  z.object({
    kind: z.literal('rewritten'),
    as: z.enum(['nothing', 'blanks', 'byte-order-mark', 'gzip', 'latin-1', 'utf-16']),
  }),
  /** A success whose body is not what the contract says, after the effect. */
  z.object({ kind: z.literal('schema-drift'), body: z.json().default({ result: { unexpected: true } }) }),
]);

/** How often: `times` (once when nothing is said), or with a probability, drawn from a seeded sequence. */
const frequency = z.object({
  /** A route as registered, such as `POST /api/v1/account/:account_id/invite`, or `*`. */
  route: z.string().default('*'),
  times: z.number().int().positive().optional(),
  probability: z.number().min(0).max(1).optional(),
  seed: z.number().int().default(1),
});

export const faultSchema = frequency.and(disturbance);
export type Fault = z.infer<typeof faultSchema>;
export type FaultInput = z.input<typeof faultSchema>;
