import { z } from 'zod';
import { VendorError, type Answer, type Call, type Route } from '../../core/http.ts';
import type { Caller } from '../auth.ts';
import type { Account, WatchlistItem } from '../model.ts';
import { accountOf, normalEmail, type State } from '../state.ts';
import { email, parse } from '../validation.ts';
import { wireId, wireTime } from '../view.ts';
import {
  addItem,
  itemsOf,
  removeItem,
  requestItemConfirmation,
  watchlistKinds,
  type WatchlistKind,
} from '../watchlists.ts';
import type { Guard } from './guard.ts';

const itemView = ({ field }: WatchlistKind, item: WatchlistItem) => ({
  id: wireId(item.id),
  [field]: item.value,
  is_confirmed: item.confirmed,
  created_at: wireTime(item.createdAt),
});

type Define = (method: Route['method'], path: string, handle: (call: Call, account: Account) => Answer) => Route;

function kindRoutes(state: State, kind: WatchlistKind, define: Define, byUser: boolean): Route[] {
  const path = `/${kind.list}-watchlist`;
  return [
    define('POST', path, ({ body }, account) => ({
      status: 201,
      body: { data: itemView(kind, addItem(state, account, kind, body, byUser)) },
    })),
    define('GET', path, (_, account) => ({
      status: 200,
      body: { data: itemsOf(state, account, kind.list).map((item) => itemView(kind, item)) },
    })),
    define('GET', `${path}/leaks`, () => ({ status: 200, body: { data: [] } })),
    define('DELETE', `${path}/:item_id`, ({ params }, account) => {
      removeItem(state, account, kind.list, params['item_id'] ?? '');
      return { status: 204 };
    }),
  ];
}

/** Contract, 5: each kind in both shapes; bodies and statuses are assumptions (9.9). */
export const watchlistRoutes = (state: State, { crm, app }: Guard): Route[] => {
  const ofAccount: Define = (method, path, handle) =>
    crm(method, `/api/v1/account/:account_id${path}`, (call) =>
      handle(call, accountOf(state, call.params['account_id'])),
    );
  const ofUser: Define = (method, path, handle) =>
    app(method, `/api/v1${path}`, (call, caller: Caller & { kind: 'app' }) =>
      handle(call, accountOf(state, caller.accountId)),
    );
  return [
    ...watchlistKinds(state.options).flatMap((kind) => [
      ...kindRoutes(state, kind, ofAccount, false),
      ...kindRoutes(state, kind, ofUser, true),
    ]),
    ofUser('POST', '/resend/watchlist-email-confirmation', ({ body }, account) => {
      const address = normalEmail(parse(z.object({ email }), body).email);
      const item = itemsOf(state, account, 'email').find(({ value }) => normalEmail(value) === address);
      if (!item) throw new VendorError(404, 'Not found');
      if (!item.confirmed) requestItemConfirmation(state, account, item);
      return { status: 204 };
    }),
  ];
};
