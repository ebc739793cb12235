import type { Answer, Call } from '../../core/http.ts';
import type { DefentryOptions } from '../options.ts';

const PER_PAGE = 15;
const MOST_PER_PAGE = 100;

const numberOf = (text: string | undefined, otherwise: number) =>
  text !== undefined && /^[1-9]\d*$/.test(text) ? Number(text) : otherwise;

/** Laravel's page object, or another form by option (assumption, 9.7). */
export function listPage(rows: Record<string, unknown>[], call: Call, { lists }: DefentryOptions): Answer {
  if (lists === 'bare') return { status: 200, body: rows };
  if (lists === 'whole') return { status: 200, body: { data: rows } };
  const page = numberOf(call.query['page'], 1);
  const perPage = Math.min(numberOf(call.query['per_page'], PER_PAGE), MOST_PER_PAGE);
  const last = Math.max(1, Math.ceil(rows.length / perPage));
  const start = (page - 1) * perPage;
  const data = rows.slice(start, start + perPage);
  const here = call.origin + call.path;
  const link = (to: number) => (to < 1 || to > last ? null : `${here}?page=${to}&per_page=${perPage}`);
  const [from, to] = data.length === 0 ? [null, null] : [start + 1, start + data.length];
  const links = { first: link(1), last: link(last), prev: link(page - 1), next: link(page + 1) };
  const meta = { current_page: page, from, last_page: last, path: here, per_page: perPage, to, total: rows.length };
  return { status: 200, body: lists === 'meta' ? { data, meta } : { data, links, meta } };
}
