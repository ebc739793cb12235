import type { ZodType } from 'zod';
import { HttpError } from '../http/errors.ts';
import type { Target } from '../http/path.ts';
import type { Send } from '../http/send.ts';
import { page } from './schemas.ts';

const MOST_PAGES = 200;

/**
 * One page of a list; the first is 1. `next` is the number of the following one, if there is any.
 * Assumption (Defentry contract, section 9.7): pages are asked for by `page`, and `links.next` or `meta` tell whether another follows.
 * Only the page number is taken from the link, and only from one to the configured host: the token is never sent where an answer says.
 */
export async function listPage<T>(
  send: Send,
  baseUrl: string,
  target: Target,
  item: ZodType<T>,
  number: number,
): Promise<{ items: T[]; next?: number }> {
  const query = number === 1 ? {} : { page: String(number) };
  const { data, links, meta } = await send(target, page(item), { query });
  // A server that ignores `page` would give its first one for ever.
  if ((meta?.current_page ?? number) !== number) throw endless(target);
  const next = links?.next
    ? linkedPage(links.next, baseUrl)
    : meta?.current_page != null && number < (meta.last_page ?? 0)
      ? number + 1
      : undefined;
  if (next === undefined) return { items: data };
  if (next !== number + 1) throw endless(target);
  return { items: data, next };
}

/** All items of a list that is known to be short. */
export async function listAll<T>(send: Send, baseUrl: string, target: Target, item: ZodType<T>): Promise<T[]> {
  const all: T[] = [];
  for (let number = 1; number <= MOST_PAGES; number++) {
    const { items, next } = await listPage(send, baseUrl, target, item, number);
    all.push(...items);
    if (next === undefined) return all;
  }
  throw endless(target);
}

function endless({ route }: Target): HttpError {
  return new HttpError('ContractViolation', { provider: 'Defentry', route, vendorCode: 'PAGING' });
}

function linkedPage(link: string, baseUrl: string): number {
  const url = URL.canParse(link, baseUrl) ? new URL(link, baseUrl) : undefined;
  return url?.origin === new URL(baseUrl).origin ? Number(url.searchParams.get('page')) : Number.NaN;
}
