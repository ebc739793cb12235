import { z } from 'zod';
import type { FaciliooOptions } from '../options.ts';
import { parse } from '../validation.ts';
import type { View } from '../view.ts';
import { lowerCased } from './page.ts';

interface Order {
  field: string;
  descending: boolean;
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');

function compare(one: unknown, other: unknown): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return textOf(one).localeCompare(textOf(other));
}

function sorted(rows: View[], orders: Order[]): View[] {
  return rows.toSorted((one, other) => {
    for (const { field, descending } of orders) {
      const difference = compare(one[field], other[field]);
      if (difference !== 0) return descending ? -difference : difference;
    }
    return 0;
  });
}

const byDefault = ({ listOrder }: FaciliooOptions): Order => ({
  field: 'id',
  descending: listOrder === 'newest-first',
});

/** `SortByAttributeName` and `AscendingOrder` of a list (2.3). */
export function orderedByQuery(rows: View[], query: Record<string, string>, options: FaciliooOptions): View[] {
  const { sortbyattributename: field, ascendingorder: ascending } = lowerCased(query);
  if (field === undefined || !options.sortByAttribute) return sorted(rows, [byDefault(options)]);
  return sorted(rows, [{ field, descending: ascending?.toLowerCase() === 'false' }, byDefault(options)]);
}

const bodySchema = z.object({ orderBy: z.array(z.string().regex(/^\w+ (asc|desc)$/i)).nullish() });

/** `orderBy` of a search: `"<field> asc|desc"` (2.3). */
export function orderedByBody(rows: View[], body: Record<string, unknown>, options: FaciliooOptions): View[] {
  const orders = (parse(bodySchema, body).orderBy ?? []).map((order): Order => {
    const [field = '', direction = ''] = order.split(' ');
    return { field, descending: direction.toLowerCase() === 'desc' };
  });
  return sorted(rows, [...orders, byDefault(options)]);
}
