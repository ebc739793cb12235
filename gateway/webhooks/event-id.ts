import { eventHash } from '../../encryption/event-hash.ts';
import type { KeyRing } from '../../encryption/key-ring.ts';

/** The id of an event by what tells it from every other; never as the sender wrote it, so that one sender cannot take another's ids. */
export function eventIds(ring: KeyRing, sender: string): (happening: string[]) => string {
  return (happening) => `webhook-${eventHash(ring, [sender, ...happening])}`;
}
