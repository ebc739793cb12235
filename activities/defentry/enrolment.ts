import type { Known } from '../../contract/account.ts';
import type { WatchlistItem } from '../../contract/request.ts';
import { HttpError, ifThere } from '../http/errors.ts';
import { not, proof, shows } from '../proof.ts';
import type { ReadBack } from '../proof.ts';
import type { DefentryClient } from './client.ts';

type Watchlists = DefentryClient['watchlists'];

/** The form in which a value is sent and compared: of numbers without what people write between the characters. */
export function plain({ kind, value }: WatchlistItem): string {
  if (kind === 'email' || kind === 'phone') return value;
  return value.replaceAll(kind === 'drivers-license' ? /\s/g : /[\s-]/g, '').toUpperCase();
}

/**
 * Whether the item is on its list, and under which ids. An item that does not show its value could be any; a card that shows some of its
 * digits could be each that has them there: then `unknown`, with the ids of those that could be it.
 */
export async function enrolled(
  watchlists: Watchlists,
  accountId: string,
  item: WatchlistItem,
): Promise<{ isThere: Known; ids: string[] }> {
  const items = await watchlists[item.kind].list(accountId);
  const those = (said: Known) => items.filter(({ value }) => isThis(item, value) === said);
  const [same, perhaps] = [those('yes'), those('unknown')];
  if (same.length > 0) return { isThere: 'yes', ids: same.map(({ id }) => id) };
  const told = perhaps.every(({ value }) => /\d/.test(value ?? ''));
  return { isThere: perhaps.length > 0 ? 'unknown' : 'no', ids: told ? perhaps.map(({ id }) => id) : [] };
}

const MASKED = /^(\d*)\D+(\d*)$/;

/** Assumption: a card is shown with other characters in place of most of its digits (Defentry contract, section 9.9). */
function isThis(item: WatchlistItem, shown: string | null | undefined): Known {
  const there = shown && plain({ ...item, value: shown });
  const wanted = plain(item);
  const said = shows(there, wanted);
  const masked = said === 'no' && item.kind === 'credit-card' && MASKED.exec(there ?? '');
  if (!masked) return said;
  const [, start = '', end = ''] = masked;
  return wanted.startsWith(start) && wanted.endsWith(end) ? 'unknown' : 'no';
}

/** Takes the item off its list. Items that cannot be told apart by what they show need a person. */
export async function withdraw(watchlists: Watchlists, accountId: string, item: WatchlistItem) {
  const readBack = listOf(item);
  const { isThere, ids } = await enrolled(watchlists, accountId, item);
  if (isThere === 'unknown' && ids.length !== 1) {
    throw new HttpError('ContractViolation', { ...readBack, fields: [item.kind] });
  }
  for (const id of ids) await ifThere(watchlists[item.kind].remove(accountId, id));
  return ids.length === 0
    ? { proven: true }
    : proof(not((await enrolled(watchlists, accountId, item)).isThere), readBack);
}

export function listOf({ kind }: WatchlistItem): ReadBack {
  return { provider: 'Defentry', route: `GET /api/v1/account/{account_id}/${kind}-watchlist` };
}
