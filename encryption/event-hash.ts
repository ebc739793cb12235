import { createHmac } from 'node:crypto';
import type { PayloadCodec } from '@temporalio/common';
import { derivedKey } from './derived-key.ts';
import type { KeyRing } from './key-ring.ts';

/** A codec that also tells events apart, so that whoever can write a run can name the delivery of an event. */
export interface EventCodec extends PayloadCodec {
  eventHash: (eventId: string) => string;
}

/**
 * What tells an event from every other, as 43 characters. Keyed, because it stands in a workflow id, in clear text, and the ids of events can
 * be guessed. With the ring's last key, so that both sides of a rotation agree.
 */
export function eventHash({ keys }: KeyRing, parts: string[]): string {
  const key = derivedKey([...keys.values()].at(-1)!, 'durable-onboarding webhook event');
  return createHmac('sha256', key).update(JSON.stringify(parts)).digest('base64url');
}

export function isEventCodec(codec: PayloadCodec): codec is EventCodec {
  return 'eventHash' in codec && typeof codec.eventHash === 'function';
}
