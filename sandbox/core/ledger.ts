import type { Row, Store } from './store.ts';

/** Ids of what an effect touched. Never an address, a name or a national ID. */
export interface Subject {
  accountId: string;
  externalId?: string | null;
  /** The account a member belongs to. */
  ownerId?: string;
  /** A mail, an eID session, a watchlist item. */
  itemId?: string;
  kind?: string;
}

export interface LedgerEntry<E extends string = string> extends Subject {
  seq: number;
  at: string;
  effect: E;
}

/** What really happened, in order. Entries are only ever added, in the transaction of the effect itself. */
export interface Ledger<E extends string = string> {
  record(effect: E, subject: Subject): void;
  /** All entries that carry every given value. */
  entries(like?: Partial<LedgerEntry<E>>): LedgerEntry<E>[];
}

export function openLedger<E extends string>(store: Store, now: () => Date): Ledger<E> {
  const table = store.table<Row & { entry: LedgerEntry<E> }>('ledger', {});
  return {
    record(effect, subject) {
      const seq = table.nextNumber();
      table.put({ id: String(seq), entry: { seq, at: now().toISOString(), effect, ...subject } });
    },
    entries: (like = {}) =>
      table
        .all()
        .map(({ entry }) => entry)
        .filter((entry) => {
          const values = new Map<string, unknown>(Object.entries(entry));
          return Object.entries(like).every(([name, value]) => values.get(name) === value);
        }),
  };
}
