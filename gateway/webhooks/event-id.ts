import { createHmac } from 'node:crypto';
import { derivedKey } from '../../encryption/derived-key.ts';
import type { KeyRing } from '../../encryption/key-ring.ts';

/**
 * The id of an event by what tells it from every other. Keyed, because a hash of it stands in a workflow id, in clear text, and account ids
 * can be guessed; and never as the sender wrote it, so that one sender cannot take another's ids.
 * With the ring's last key, so that gateways on both sides of a rotation agree.
 */
export function eventIds(ring: KeyRing, sender: string): (happening: string[]) => string {
  const key = derivedKey([...ring.keys.values()].at(-1)!, 'durable-onboarding webhook event');
  return (happening) => {
    const digest = createHmac('sha256', key).update(JSON.stringify([sender, ...happening]));
    return `webhook-${digest.digest('base64url')}`;
  };
}
