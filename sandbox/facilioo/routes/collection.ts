import { z } from 'zod';
import { VendorError, type Call, type Route } from '../../core/http.ts';
import type { Caller } from '../model.ts';
import type { State } from '../state.ts';
import { parse } from '../validation.ts';
import type { View } from '../view.ts';
import type { Guard, Requirement } from './guard.ts';
import { orderedByBody, orderedByQuery } from './order.ts';
import { listPage } from './page.ts';

/** A kind of entity that is read in the four uniform ways (2). */
export interface Collection {
  path: string;
  readers: Requirement;
  /** All that the caller sees; those that can't have the wanted values may be left out. */
  rows: (caller: Caller, wanted: Call['body']) => View[];
  /** `undefined` for an unknown or invisible id. */
  row: (caller: Caller, id: string) => View | undefined;
  /** What a search filters by: the name on the wire, and what makes values comparable. */
  filters: Record<string, (value: string) => string>;
}

const batchSchema = z.object({ ids: z.array(z.int32()) });
const searchSchema = z.object({ changedSince: z.iso.datetime({ offset: true }).nullish() });

function searched(rows: View[], body: Call['body'], { filters }: Collection, { options }: State): View[] {
  const { changedSince } = parse(searchSchema, body);
  if (options.search === 'ignores-filters') return rows;
  const wanted = Object.entries(filters).filter(([name]) => (body[name] ?? null) !== null);
  return rows
    .filter((row) =>
      wanted.every(([name, normal]) => {
        const [has, want] = [normal(String(row[name] ?? '')), normal(String(body[name]))];
        return options.searchMatch === 'exact' ? has === want : has.includes(want);
      }),
    )
    .filter((row) => !changedSince || Date.parse(String(row['lastModified'])) >= Date.parse(changedSince));
}

/** List, get, batch and search. Unknown query parameters and filters are ignored (2). */
export function readRoutes(state: State, { closed }: Guard, collection: Collection): Route[] {
  const { path, readers, rows, row } = collection;
  const { options } = state;
  return [
    closed('GET', path, readers, ({ query }, caller) =>
      listPage(orderedByQuery(rows(caller, {}), query, options), query, options),
    ),
    closed('GET', `${path}/:id`, readers, ({ params }, caller) => {
      const found = row(caller, params['id'] ?? '');
      if (!found) throw new VendorError(404, 'Not Found');
      return { status: 200, body: found };
    }),
    closed('POST', `${path}/batch`, readers, ({ body }, caller) => {
      const ids = [...new Set(parse(batchSchema, body).ids)];
      return { status: 200, body: ids.map((id) => row(caller, String(id))).filter((found) => found !== undefined) };
    }),
    closed('POST', `${path}/search`, readers, ({ query, body }, caller) => {
      if (options.search === 'absent') throw new VendorError(404, 'Not Found');
      const isExact = options.search === 'filters' && options.searchMatch === 'exact';
      const found = searched(rows(caller, isExact ? body : {}), body, collection, state);
      return listPage(orderedByBody(found, body, options), options.searchPaging ? query : {}, options);
    }),
  ];
}
