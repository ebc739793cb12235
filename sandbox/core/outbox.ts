import type { Store } from './store.ts';

/** Something only a person can act on: a mail with a link, an identification. */
export interface OutboxItem {
  id: string;
  kind: string;
  accountId: string;
  /** The address of a mail; `null` for a task that is not sent. */
  to: string | null;
  title: string;
  /** What can be done, the expected one first. */
  actions: { name: string; label: string }[];
  /** What the action is about where the account alone does not say it. */
  subjectId?: string;
  /** A confirmation code that the mail tells. */
  code?: string;
  /** The page of the partner that the link in the mail opens. */
  partnerUrl?: string;
  /** `void`: overtaken, so that acting on it has no effect any more. */
  state: 'open' | 'done' | 'void';
  action: string | null;
  createdAt: string;
  closedAt: string | null;
}

export type NewItem = Pick<
  OutboxItem,
  'kind' | 'accountId' | 'to' | 'title' | 'actions' | 'subjectId' | 'code' | 'partnerUrl'
>;

export interface Outbox {
  post(item: NewItem): OutboxItem;
  get(id: string): OutboxItem | undefined;
  items(): OutboxItem[];
  open(): OutboxItem[];
  done(id: string, action: string): void;
  /** Voids the open items of an account: all, or those of one kind and, if given, one subject. */
  void(accountId: string, kind?: string, subjectId?: string): void;
}

export function openOutbox(store: Store, now: () => Date): Outbox {
  const table = store.table<OutboxItem, 'state' | 'openOf'>('outbox', {
    state: (item) => item.state,
    openOf: (item) => (item.state === 'open' ? item.accountId : null),
  });
  const close = (item: OutboxItem, state: 'done' | 'void', action: string | null) =>
    table.put({ ...item, state, action, closedAt: now().toISOString() });
  return {
    post(item) {
      const id = String(table.nextNumber());
      const posted: OutboxItem = {
        ...item,
        id,
        state: 'open',
        action: null,
        createdAt: now().toISOString(),
        closedAt: null,
      };
      table.put(posted);
      return posted;
    },
    get: (id) => table.get(id),
    items: () => table.all(),
    open: () => table.find('state', 'open'),
    done(id, action) {
      const item = table.get(id);
      if (item) close(item, 'done', action);
    },
    void(accountId, kind, subjectId) {
      for (const item of table.find('openOf', accountId)) {
        const meant = (kind ?? item.kind) === item.kind && (subjectId ?? item.subjectId) === item.subjectId;
        if (meant) close(item, 'void', null);
      }
    },
  };
}
