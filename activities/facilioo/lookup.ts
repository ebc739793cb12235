import { isHttpError } from '../http/errors.ts';

/** A list that can be read whole, or asked for a part. */
export interface Directory<T, Filter> {
  search(filter: Filter): AsyncIterable<T>;
  list(): AsyncIterable<T>;
}

/** Looks for what matches any of the filters; `whole` does not trust a search. */
export type Find<T, Filter> = (filters: Filter[], options?: { whole?: boolean }) => Promise<T[]>;

/**
 * Finds everything that is not deleted and matches, each once. What a search finds is only a proposal: facilioo documents no filter and ignores
 * those it does not know, so every hit is verified here (contract, section 10). Where `search` is off, or fails in a way that a repetition would
 * not mend, the list is read whole, once for all filters. A search that is not there is not asked again: each refused call counts towards
 * a block (section 9).
 */
export function findIn<T extends { id: string; deleted?: string | null | undefined }, Filter>(
  directory: Directory<T, Filter>,
  matches: (item: T, filter: Filter) => boolean,
  { search }: { search: boolean },
): Find<T, Filter> {
  let searchable = search;

  return async (filters, { whole = false } = {}) => {
    const found = new Map<string, T>();
    const collect = async (items: AsyncIterable<T>): Promise<void> => {
      for await (const item of items) {
        if (!item.deleted && filters.some((filter) => matches(item, filter))) found.set(item.id, item);
      }
    };
    if (searchable && !whole) {
      try {
        for (const filter of filters) await collect(directory.search(filter));
        return [...found.values()];
      } catch (error) {
        // No such route, or it takes another form, or another page than the one asked for.
        if (!isHttpError(error, 'NotFound', 'Invalid', 'Forbidden', 'ContractViolation')) throw error;
        if (error.code === 'NotFound') searchable = false;
      }
    }
    await collect(directory.list());
    return [...found.values()];
  };
}

/** What a read answers of which nobody knows whether facilioo has it, or lets this login use it; else `undefined`, which proves nothing. */
export async function ifReadable<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (isHttpError(error, 'NotFound', 'Forbidden', 'ContractViolation')) return undefined;
    throw error;
  }
}
