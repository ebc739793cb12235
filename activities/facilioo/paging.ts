import type { ZodType } from 'zod';
import { rejected } from '../failure.ts';
import { HttpError } from '../http/errors.ts';
import type { Target } from '../http/path.ts';
import type { Send } from '../http/send.ts';
import { page } from './schemas.ts';

/** The most there is; more would be cut to it (contract, section 2.2). */
const PAGE_SIZE = 100;
const MOST_PAGES = 1_000;

/** A search takes its page in the query too (section 11, point 1: observed, against the vendor's own page). */
export type Listing = { target: Target; body?: object };

/** `cursor`: where the next page begins, if there is one. */
export interface Page<T> {
  items: T[];
  cursor?: string;
}

/**
 * The items of a list, page by page, each id once: lists may shift while they are read. What would never end, or end too early, is a
 * `ContractViolation`: besides what `pageAt` refuses, a page that repeats what is known and promises more.
 */
export async function* itemsOf<T extends { id: string }>(
  send: Send,
  listing: Listing,
  item: ZodType<T>,
): AsyncGenerator<T> {
  const seen = new Set<string>();
  for (let number = 1; ; number++) {
    const { items, more } = await pageAt(send, listing, item, number);
    const fresh = items.filter(({ id }) => !seen.has(id));
    if (more && fresh.length === 0) throw endless(listing);
    for (const each of fresh) {
      seen.add(each.id);
      yield each;
    }
    if (!more) return;
  }
}

/** One page of a list, the first without a cursor. Where it ends with the item that the page before ended with, it is the same page. */
export async function pageFrom<T extends { id: string }>(
  send: Send,
  listing: Listing,
  item: ZodType<T>,
  cursor = '1.0',
): Promise<Page<T>> {
  const [, number, lastBefore] = CURSOR.exec(cursor) ?? [];
  if (number === undefined) throw rejected('RequestRefused', CURSOR_UNKNOWN);
  const { items, more } = await pageAt(send, listing, item, Number(number));
  if (!more) return { items };
  const last = items.at(-1)?.id;
  if (last === lastBefore) throw endless(listing);
  return { items, cursor: `${Number(number) + 1}.${last}` };
}

/** Number of the page, and the id that the page before ended with. */
const CURSOR = /^([1-9]\d{0,3})\.(\d+)$/;
const CURSOR_UNKNOWN =
  'cursor: no page of facilioo’s accounts was answered with it; leave it out to begin with the first.';

/**
 * A page by its number, from 1 on; none follows an empty one, or one after which neither `hasNextPage` nor `totalPages` promises another.
 * Refuses a page that was not asked for, one that does not tell whether another follows, and more than 1,000 pages.
 */
async function pageAt<T>(send: Send, { target, body }: Listing, item: ZodType<T>, number: number) {
  const query = { pageNumber: String(number), pageSize: String(PAGE_SIZE) };
  const { items, pageNumber, totalPages, hasNextPage } = await send(target, page(item), {
    query,
    body,
    mutates: false,
  });
  if (items.length === 0) return { items, more: false };
  const told = hasNextPage != null || totalPages != null;
  const more = hasNextPage === true || (totalPages ?? 0) > number;
  if (!told || (pageNumber ?? number) !== number || (more && number >= MOST_PAGES)) throw endless({ target });
  return { items, more };
}

function endless({ target: { route } }: Listing): HttpError {
  return new HttpError('ContractViolation', { provider: 'facilioo', route, vendorCode: 'PAGING' });
}
