import { z } from 'zod';
import { RequestInvalid } from '../../client/index.ts';
import { sentences, textThat } from '../../client/requests/rules.ts';
import type { Reader } from './told.ts';

/** What an event of Payway is to a run: a kind of ours, or nothing that anybody waits for. */
export type PaywayMeaning = 'emailVerified' | 'accountChanged' | 'ignored';

/**
 * Account events by name (Tulo Payway, section 9.3). Those about a wish (a mail or a code was asked for) carry secrets and no fact, so they
 * are ignored. Assumption: the names that end in `confirmed`, `verification_email`, `activated` and `deactivated` after
 * `package_sharing` are printed only as titles; `WEBHOOK_TULO_PAYWAY_EVENTS` renames them.
 * @internal
 */
export const PAYWAY_EVENTS: Readonly<Record<string, PaywayMeaning>> = {
  registered_account_confirmed: 'emailVerified',
  account_activated_for_existing_customer: 'emailVerified',
  /** The same in the form of SSI. */
  account_activated: 'emailVerified',
  account_changed: 'accountChanged',
  account_archived: 'accountChanged',
  package_sharing_activated: 'accountChanged',
  package_sharing_deactivated: 'accountChanged',
  package_sharing_initialized: 'ignored',
  account_created_with_password_reset: 'ignored',
  account_marketing_permission_changed: 'ignored',
  account_password_reset_complete: 'ignored',
  account_requested_email_change: 'ignored',
  account_requested_loyalty_card: 'ignored',
  account_requested_one_time_password: 'ignored',
  account_requested_password_reset: 'ignored',
  account_requested_verification_email: 'ignored',
  confirmation_email_requested: 'ignored',
  new_account_registered: 'ignored',
  new_checkout_account_registered: 'ignored',
  order_closed: 'ignored',
  payment_failure: 'ignored',
  payment_success: 'ignored',
  payment_user_product_created: 'ignored',
  voucher_created: 'ignored',
};

const object = <T extends z.ZodRawShape>(shape: T) => z.object(shape, 'must be an object; correct it.');
const name = textThat('must be the name of an event; correct it.', (text) => /^[\x20-\x7e]{1,100}$/.test(text));
const timestamp = textThat(
  'must be an ISO 8601 instant; correct it.',
  (text) => z.iso.datetime({ offset: true }).safeParse(text).success,
);
/** In one spelling: hex is written in both cases, and the account is looked for by a hash of its id. */
const accountId = textThat('must be an account id of 24 hex characters; correct it.', (text) =>
  /^[a-f\d]{24}$/i.test(text),
).transform((text) => text.toLowerCase());

/** Two forms of the same: that of webhooks, and the flat one of SSI. Of either only these are read. */
const webhookName = object({ event: name }).transform(({ event }) => event);
const webhook = object({ timestamp, payload: object({ account: object({ id: accountId }) }) }).transform(
  ({ timestamp, payload }) => ({ timestamp, accountId: payload.account.id }),
);
const ssiName = object({ event_name: name }).transform(({ event_name }) => event_name);
const ssi = object({ timestamp, account_id: accountId }).transform(({ timestamp, account_id }) => ({
  timestamp,
  accountId: account_id,
}));

export interface PaywaySettings {
  /** Names of events that differ from those known here. */
  renamed: Readonly<Record<string, PaywayMeaning>>;
  /**
   * Milliseconds. Assumption: how long Payway goes on sending an event is not documented. What is further from now is no delivery but a
   * repetition of an old one, and nobody could tell: Temporal keeps an ended delivery only as long as its retention.
   */
  oldest: number;
}

/**
 * Reads an envelope of Payway. It has no id of its own, so an event is what, whom and when (section 17, 21), however the two are spelled. The
 * rest of the envelope (confirmation codes, reset addresses, the SSN) is not even parsed.
 */
export function paywayReader({ renamed, oldest }: PaywaySettings): Reader {
  const meanings = new Map(Object.entries({ ...PAYWAY_EVENTS, ...renamed }));
  return (body, now) => {
    const isSsi = typeof body === 'object' && body !== null && 'event_name' in body;
    const event = parse(isSsi ? ssiName : webhookName, body);
    const kind = meanings.get(event);
    if (kind === undefined) return { event: undefined, because: 'unknown' };
    if (kind === 'ignored') return { event: undefined, because: 'dropped' };
    const { timestamp, accountId } = parse(isSsi ? ssi : webhook, body);
    if (Math.abs(now - Date.parse(timestamp)) > oldest) throw new RequestInvalid([TOO_OLD]);
    return { event: { provider: 'tulo-payway', kind, accountId }, happening: [event, instantOf(timestamp), accountId] };
  };
}

const TOO_OLD = 'timestamp: is further from now than WEBHOOK_TULO_PAYWAY_OLDEST allows; do not send this event again.';

/** One spelling of an ISO 8601 instant, as fine as it was given: two events within a millisecond stay two. */
function instantOf(timestamp: string): string {
  const [, fraction = ''] = /\.(\d+)/.exec(timestamp) ?? [];
  const second = Date.parse(timestamp.replace(/\.\d+/, '')) / 1000;
  return `${second}.${fraction.replace(/0+$/, '')}`;
}

function parse<T>(schema: z.ZodType<T>, body: unknown): T {
  const found = schema.safeParse(body);
  if (found.success) return found.data;
  throw new RequestInvalid(sentences(found.error));
}
