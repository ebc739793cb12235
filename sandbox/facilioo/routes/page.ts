import type { Answer } from '../../core/http.ts';
import type { FaciliooOptions } from '../options.ts';
import { invalid, refuse } from '../validation.ts';
import type { View } from '../view.ts';

const PAGE_SIZE = 10;
const LARGEST_PAGE = 100;

/** Query names are taken in any case (2.2). */
export const lowerCased = (query: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(query).map(([name, value]) => [name.toLowerCase(), value]));

function positive(query: Record<string, string>, name: string, otherwise: number): number {
  const text = query[name.toLowerCase()];
  if (text === undefined) return otherwise;
  return /^0*[1-9]\d*$/.test(text) ? Number(text) : refuse([invalid(name)]);
}

/** The page object (2.2). A page past the end has no items; 0 is refused. */
export function listPage(rows: View[], query: Record<string, string>, { pageSizeAbove }: FaciliooOptions): Answer {
  const given = lowerCased(query);
  const pageNumber = positive(given, 'pageNumber', 1);
  const asked = positive(given, 'pageSize', PAGE_SIZE);
  if (asked > LARGEST_PAGE && pageSizeAbove === 'refused') refuse([invalid('pageSize')]);
  const pageSize = Math.min(asked, LARGEST_PAGE);
  const totalCount = rows.length;
  const totalPages = Math.ceil(totalCount / pageSize);
  const start = (pageNumber - 1) * pageSize;
  const body = {
    items: rows.slice(start, start + pageSize),
    pageNumber,
    pageSize,
    totalPages,
    totalCount,
    hasPreviousPage: pageNumber > 1,
    hasNextPage: pageNumber < totalPages,
  };
  return { status: 200, body, headers: { 'content-range': `${start + 1}-${start + pageSize}/${totalCount}` } };
}
