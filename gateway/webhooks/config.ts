import { z } from 'zod';
import { parseDuration } from '../../contract/duration.ts';
import { HASH_OF_NOTHING } from '../../encryption/access-token.ts';
import type { Sender } from './senders.ts';
import { SHORTEST_SECRET } from './signature.ts';
import type { PaywayMeaning, PaywaySettings } from './tulo-payway.ts';

/** Several of each, so that a secret can be changed without a gap. Without any the sender's route is not there. */
export interface WebhookAccess {
  /** SHA-256 of each, in hex. */
  pathSecrets: string[];
  /** In clear: the HMAC needs them. */
  signingSecrets: string[];
}

export interface WebhookConfig {
  access: Record<Sender, WebhookAccess>;
  payway: PaywaySettings;
}

const MEANINGS = ['emailVerified', 'accountChanged', 'ignored'] as const satisfies PaywayMeaning[];

const list = (rule: string, holds: (entry: string) => boolean) =>
  z
    .string()
    .default('')
    .transform((text) => entriesOf(text))
    .refine((entries) => entries.every(holds), rule);

const pathSecrets = list(
  'must be SHA-256 hashes in hex, separated by commas, and none of an empty text',
  (hash) => /^[0-9a-f]{64}$/i.test(hash) && hash.toLowerCase() !== HASH_OF_NOTHING,
);
const signingSecrets = list(
  `must be secrets of at least ${SHORTEST_SECRET} characters, separated by commas`,
  ({ length }) => length >= SHORTEST_SECRET,
);
const events = list(
  `must be name=meaning, separated by commas, each meaning one of ${MEANINGS.join(', ')}`,
  (entry) => meaningOf(entry) !== undefined,
);

const oldest = z
  .string()
  .default('P7D')
  .refine((text) => parseDuration(text), 'must be an ISO 8601 duration such as P7D')
  .transform((text) => parseDuration(text)!);

/** Part of the gateway's schema. */
export const webhookSettings = {
  WEBHOOK_TULO_PAYWAY_PATH_SECRETS: pathSecrets,
  WEBHOOK_TULO_PAYWAY_SIGNING_SECRETS: signingSecrets,
  WEBHOOK_TULO_PAYWAY_EVENTS: events,
  WEBHOOK_TULO_PAYWAY_OLDEST: oldest,
  WEBHOOK_FACILIOO_PATH_SECRETS: pathSecrets,
  WEBHOOK_FACILIOO_SIGNING_SECRETS: signingSecrets,
  WEBHOOK_GENERIC_PATH_SECRETS: pathSecrets,
  WEBHOOK_GENERIC_SIGNING_SECRETS: signingSecrets,
};

export function webhookConfig(env: z.output<z.ZodObject<typeof webhookSettings>>): WebhookConfig {
  return {
    access: {
      'tulo-payway': {
        pathSecrets: env.WEBHOOK_TULO_PAYWAY_PATH_SECRETS,
        signingSecrets: env.WEBHOOK_TULO_PAYWAY_SIGNING_SECRETS,
      },
      facilioo: {
        pathSecrets: env.WEBHOOK_FACILIOO_PATH_SECRETS,
        signingSecrets: env.WEBHOOK_FACILIOO_SIGNING_SECRETS,
      },
      generic: {
        pathSecrets: env.WEBHOOK_GENERIC_PATH_SECRETS,
        signingSecrets: env.WEBHOOK_GENERIC_SIGNING_SECRETS,
      },
    },
    payway: {
      renamed: Object.fromEntries(
        env.WEBHOOK_TULO_PAYWAY_EVENTS.map((entry) => [entry.split('=')[0]!, meaningOf(entry)!]),
      ),
      oldest: env.WEBHOOK_TULO_PAYWAY_OLDEST,
    },
  };
}

function entriesOf(text: string): string[] {
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

function meaningOf(entry: string): PaywayMeaning | undefined {
  const [, meaning] = /^[\x21-\x7e]{1,100}=(\w+)$/.exec(entry) ?? [];
  return MEANINGS.find((each) => each === meaning);
}
