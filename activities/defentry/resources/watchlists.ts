import { none } from '../../http/answer.ts';
import { at } from '../../http/path.ts';
import type { WatchlistKind } from '../../../contract/request.ts';
import type { Send } from '../../http/send.ts';
import { listAll } from '../paging.ts';
import * as schemas from '../schemas.ts';

/**
 * The name of a list in a body; in a route it has hyphens. E-mail and phone are documented (Defentry contract, section 5). Assumption: the
 * others, and all routes on phones besides `POST`, follow the pattern of the e-mail ones; the licence's spelling is a guess.
 */
const field = (list: string) => list.replaceAll('-', '_');
const item = (list: string) => schemas.watchlistItem(field(list));

/** Watchlists of an account under the CRM token: confirmed at once, the person clicks nothing. `licence`: what the vendor calls that list. */
export function watchlists(send: Send, licence: string) {
  const of = (list: string) => {
    const path = `/api/v1/account/{account_id}/${list}-watchlist` as const;
    return {
      list: (account_id: string) => listAll(send, at(`GET ${path}`, { account_id }), item(list)),
      add: (account_id: string, value: string) =>
        send(at(`POST ${path}`, { account_id }), none, { body: { [field(list)]: value } }),
      leaks: (account_id: string) => listAll(send, at(`GET ${path}/leaks`, { account_id }), schemas.leak),
      remove: (account_id: string, item_id: string) =>
        send(at(`DELETE ${path}/{item_id}`, { account_id, item_id }), none),
    };
  };
  return {
    email: of('email'),
    phone: of('phone'),
    iban: of('iban'),
    passport: of('passport'),
    'drivers-license': of(licence),
    'credit-card': of('credit-card'),
  } satisfies Record<WatchlistKind, unknown>;
}
