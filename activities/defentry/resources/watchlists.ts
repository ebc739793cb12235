import { none } from '../../http/answer.ts';
import { at } from '../../http/path.ts';
import type { Send } from '../../http/send.ts';
import { listAll } from '../paging.ts';
import * as schemas from '../schemas.ts';

/**
 * As they stand in routes, and with underscores in bodies. E-mail and phone are documented (Defentry contract, section 5).
 * Assumption: the others, and all routes on phones besides `POST`, follow the pattern of the e-mail ones; the licence's spelling is a guess.
 */
type List = 'email' | 'phone' | 'iban' | 'passport' | 'drivers-license' | 'credit-card';

const field = (list: string) => list.replaceAll('-', '_');
const item = (list: string) => schemas.watchlistItem(field(list));

/** `licence`: what the vendor calls that list. */
const each = <T>(licence: string, of: (list: string) => T): Record<List, T> => ({
  email: of('email'),
  phone: of('phone'),
  iban: of('iban'),
  passport: of('passport'),
  'drivers-license': of(licence),
  'credit-card': of('credit-card'),
});

/** Watchlists of an account under the CRM token: confirmed at once, the person clicks nothing. */
export function watchlists(send: Send, licence: string) {
  return each(licence, (list) => {
    const path = `/api/v1/account/{account_id}/${list}-watchlist` as const;
    return {
      list: (account_id: string) => listAll(send, at(`GET ${path}`, { account_id }), item(list)),
      add: (account_id: string, value: string) =>
        send(at(`POST ${path}`, { account_id }), none, { body: { [field(list)]: value } }),
      leaks: (account_id: string) => listAll(send, at(`GET ${path}/leaks`, { account_id }), schemas.leak),
      remove: (account_id: string, item_id: string) =>
        send(at(`DELETE ${path}/{item_id}`, { account_id, item_id }), none),
    };
  });
}

/** The same lists under the person's own app token, where a confirmation by the person may apply. */
export function ownWatchlists(send: Send, licence: string) {
  return {
    ...each(licence, (list) => {
      const path = `/api/v1/${list}-watchlist` as const;
      return {
        list: () => listAll(send, at(`GET ${path}`), item(list)),
        add: (value: string) => send(at(`POST ${path}`), none, { body: { [field(list)]: value } }),
        leaks: () => listAll(send, at(`GET ${path}/leaks`), schemas.leak),
        remove: (item_id: string) => send(at(`DELETE ${path}/{item_id}`, { item_id }), none),
      };
    }),
    /** Assumption: the body names the address. */
    resendConfirmation: (email: string) =>
      send(at('POST /api/v1/resend/watchlist-email-confirmation'), none, { body: { email } }),
  };
}
