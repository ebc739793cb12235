import { none } from '../../http/answer.ts';
import { at } from '../../http/path.ts';
import type { Send } from '../../http/send.ts';
import * as schemas from '../schemas.ts';

/** Sharing of subscriptions (Tulo Payway contract, section 10). `id` is the account on whose behalf the call is made. */
export function sharing(send: Send) {
  return {
    /** Sends an invitation mail to each receiver. */
    share: (id: string, user_product_id: string, contact_emails: string[], automatically_accept_sharing?: boolean) =>
      send(at('POST /external/api/v1/accounts/share_subscription'), schemas.shared, {
        body: {
          id,
          user_product_id,
          contact_emails,
          ...(automatically_accept_sharing === undefined ? {} : { automatically_accept_sharing }),
        },
      }),
    /** What was shared by this account. */
    shared: (id: string, user_product_id?: string) =>
      send(at('GET /external/api/v1/accounts/shared_subscriptions'), schemas.items(schemas.sharing), {
        query: { id, ...(user_product_id ? { user_product_id } : {}) },
      }),
    /** What waits for this account to accept it. */
    pending: (id: string) =>
      send(at('GET /external/api/v1/accounts/pending_shares'), schemas.items(schemas.pendingShare), { query: { id } }),
    /** With a body, unlike the other DELETE (section 3.6). */
    remove: (id: string, package_sharing_id: string) =>
      send(at('DELETE /external/api/v1/accounts/remove_sharing'), none, { body: { id, package_sharing_id } }),
  };
}
