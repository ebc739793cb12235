import { VendorError } from './http.ts';
import type { Outbox, OutboxItem } from './outbox.ts';
import type { Store } from './store.ts';

export interface Acted {
  item: OutboxItem;
  /** Where the person's browser goes next, if anywhere. */
  redirect?: string;
}

/** The vendor's side of a person's action. `input` is what the person typed, if anything. Answers the redirect. */
export type Act = (item: OutboxItem, action: string, input: Record<string, unknown>) => string | undefined;

/** What people do with what is in the outbox. */
export interface People {
  /** Throws a `VendorError` for an unknown item or action, or when the item is closed already. */
  act: (id: string, action?: string, input?: Record<string, unknown>) => Acted;
}

export function createPeople(store: Store, outbox: Outbox, vendor: Act): People {
  return {
    act: (id, action, input = {}) =>
      store.transaction(() => {
        const item = outbox.get(id);
        if (!item) throw new VendorError(404, 'No such item in the outbox.');
        const chosen = action ?? item.actions[0]?.name;
        if (chosen === undefined || !item.actions.some(({ name }) => name === chosen)) {
          throw new VendorError(422, `Unknown action: use ${item.actions.map(({ name }) => name).join(' or ')}.`);
        }
        if (item.state !== 'open') throw new VendorError(409, `The item is closed already (${item.state}).`);
        const redirect = vendor(item, chosen, input);
        outbox.done(id, chosen);
        const acted = outbox.get(id) ?? item;
        return redirect === undefined ? { item: acted } : { item: acted, redirect };
      }),
  };
}
