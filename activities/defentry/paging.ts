import type { ZodType } from 'zod';
import { HttpError } from '../http/errors.ts';
import type { Target } from '../http/path.ts';
import type { Send } from '../http/send.ts';
import { page } from './schemas.ts';

const MOST_PAGES = 200;

/**
 * One page of a list; the first is 1. `next` is the number of the following one, if there is any.
 * Assumption (Defentry contract, section 9.7): pages are asked for by `page`, and `links.next` or `meta` tell whether another follows.
 * Only the page number is taken from the link, so that the token is never sent where an answer says: behind TLS a server may take itself for http,
 * or for a host of its inside. A list that ends before its own `meta.total` is not whole.
 */
export async function listPage<T>(
  send: Send,
  target: Target,
  item: ZodType<T>,
  number: number,
): Promise<{ items: T[]; next?: number; total?: number }> {
  const query = number === 1 ? {} : { page: String(number) };
  const { data, links, meta } = await send(target, page(item), { query });
  // A server that ignores `page` would give its first one for ever.
  if ((meta?.current_page ?? number) !== number) throw endless(target);
  const next = links?.next
    ? linkedPage(links.next)
    : meta?.current_page != null && number < (meta.last_page ?? 0)
      ? number + 1
      : undefined;
  const total = meta?.total == null ? {} : { total: meta.total };
  if (next === undefined) return { items: data, ...total };
  if (next !== number + 1) throw endless(target);
  return { items: data, next, ...total };
}

/** All items of a list that is known to be short. */
export async function listAll<T>(send: Send, target: Target, item: ZodType<T>): Promise<T[]> {
  const all: T[] = [];
  for (let number = 1; number <= MOST_PAGES; number++) {
    const { items, next, total = 0 } = await listPage(send, target, item, number);
    all.push(...items);
    if (next !== undefined) continue;
    if (all.length < total) throw incomplete(target);
    return all;
  }
  throw endless(target);
}

function endless({ route }: Target): HttpError {
  return new HttpError('ContractViolation', { provider: 'Defentry', route, vendorCode: 'PAGING' });
}

/** It may have changed between two pages. */
function incomplete({ route }: Target): HttpError {
  return new HttpError('Unavailable', { provider: 'Defentry', route, vendorCode: 'LIST_INCOMPLETE' });
}

function linkedPage(link: string): number {
  const query = link.includes('?') ? link.slice(link.indexOf('?')) : '';
  return Number(new URLSearchParams(query).get('page'));
}
