import { VendorError } from '../core/http.ts';
import type { Account, WatchlistItem } from './model.ts';
import type { DefentryOptions } from './options.ts';
import { listKey, record, type State } from './state.ts';
import { refuse } from './validation.ts';

export interface WatchlistKind {
  /** Path part and, with underscores, body field: documented for e-mail and phone, the others by that pattern (5). */
  list: string;
  field: string;
  pattern: RegExp;
  /** Whether the end user confirms an item of their own by a click. */
  isConfirmed: boolean;
}

const kind = (list: string, pattern: RegExp, isConfirmed = false): WatchlistKind => ({
  list,
  field: list.replaceAll('-', '_'),
  pattern,
  isConfirmed,
});

export const watchlistKinds = ({ licenceWatchlist }: DefentryOptions): WatchlistKind[] => [
  kind('email', /^[^\s@]+@[^\s@]+\.[^\s@]+$/, true),
  kind('phone', /^\+[1-9]\d{6,14}$/, true),
  kind('iban', /^[A-Z]{2}\d{2}[A-Z0-9 ]{10,40}$/i),
  kind('passport', /^[A-Z0-9]{5,20}$/i),
  kind(licenceWatchlist, /^[A-Z0-9 -]{4,30}$/i),
  kind('credit-card', /^\d[\d -]{10,21}\d$/),
];

const compact = (value: string) => value.replaceAll(/[\s-]/g, '').toLowerCase();

/** Cards are stored and shown masked (9.9); the rest of the number decides whether it is there already. */
function stored({ list }: WatchlistKind, value: string): string {
  return list === 'credit-card' ? `${'*'.repeat(compact(value).length - 4)}${compact(value).slice(-4)}` : value;
}

export const itemsOf = (state: State, account: Account, list: string): WatchlistItem[] =>
  state.watchlistItems.find('list', listKey(account.id, list));

export function addItem(
  state: State,
  account: Account,
  watchlist: WatchlistKind,
  body: Record<string, unknown>,
  byUser: boolean,
): WatchlistItem {
  const given = body[watchlist.field];
  const issue = given === undefined ? 'is required' : 'is invalid';
  if (typeof given !== 'string' || !watchlist.pattern.test(given)) {
    refuse([{ field: watchlist.field, issue: `The ${watchlist.field} field ${issue}.` }]);
  }
  const value = stored(watchlist, given);
  const there = itemsOf(state, account, watchlist.list);
  if (there.some((item) => compact(item.value) === compact(value))) {
    if (state.options.watchlistDuplicates === 409) throw new VendorError(409, 'The item is on the list already.');
    refuse([{ field: watchlist.field, issue: `The ${watchlist.field} has already been taken.` }]);
  }
  const quota = account.planId === null ? 0 : (state.options.plans[account.planId]?.watchlistItems ?? 0);
  if (there.length >= quota) throw new VendorError(403, 'The plan does not include more items.');
  const item: WatchlistItem = {
    id: String(state.watchlistItems.nextNumber()),
    accountId: account.id,
    list: watchlist.list,
    value,
    confirmed: !byUser || !watchlist.isConfirmed,
    createdAt: state.now().toISOString(),
  };
  state.watchlistItems.put(item);
  record(state, 'watchlist.added', account, { itemId: item.id, kind: watchlist.list });
  if (!item.confirmed) requestItemConfirmation(state, account, item);
  return item;
}

export function requestItemConfirmation(state: State, account: Account, item: WatchlistItem): void {
  state.outbox.void(account.id, 'confirm-watchlist-item', item.id);
  const mail = state.outbox.post({
    kind: 'confirm-watchlist-item',
    accountId: account.id,
    to: item.value,
    title: `Confirm ${item.list} ${item.id} on the watchlist of account ${account.id}`,
    subjectId: item.id,
    actions: [{ name: 'confirm', label: 'Confirm watchlist item' }],
  });
  record(state, 'mail.sent', account, { kind: mail.kind, itemId: mail.id });
}

export function confirmItem(state: State, account: Account, id: string): void {
  const item = state.watchlistItems.get(id);
  if (!item) throw new VendorError(404, 'Not found');
  state.watchlistItems.put({ ...item, confirmed: true });
  record(state, 'watchlist.confirmed', account, { itemId: id, kind: item.list });
}

export function removeItem(state: State, account: Account, list: string, id: string): void {
  if (!itemsOf(state, account, list).some((item) => item.id === id)) throw new VendorError(404, 'Not found');
  state.watchlistItems.remove(id);
  state.outbox.void(account.id, 'confirm-watchlist-item', id);
  record(state, 'watchlist.removed', account, { itemId: id, kind: list });
}
