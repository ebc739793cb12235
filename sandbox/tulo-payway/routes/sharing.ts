import { z } from 'zod';
import type { Route } from '../../core/http.ts';
import * as format from '../formats.ts';
import type { Sharing } from '../model.ts';
import { productOf } from '../products.ts';
import { accept, pendingShares, receiverOf, remove, share, shareOf } from '../sharing.ts';
import { accountOf, type State } from '../state.ts';
import { parse } from '../validation.ts';
import { eitherPlace, type Define } from './guard.ts';

const shareSchema = z.strictObject({
  id: format.id,
  user_product_id: format.id,
  contact_emails: z.array(format.email).min(1, 'Parameter is required'),
  automatically_accept_sharing: z.boolean().optional(),
});
const oneShareSchema = z.strictObject({ id: format.id, package_sharing_id: format.id });

/** Contract, 10. One id has three names: `sharing_id`, `package_sharing_id`, `product_sharing_id`. */
export const sharingRoutes = (state: State, define: Define): Route[] => {
  const sharedView = (sharing: Sharing) => ({
    account_id: receiverOf(state, sharing)?.id ?? null,
    product_sharing_id: sharing.id,
    state: sharing.state,
    contact_email: sharing.email,
    user_product_id: sharing.userProductId,
    sharing_limit: state.options.packages[state.products.get(sharing.userProductId)?.productCode ?? '']?.receivers ?? 0,
  });
  return [
    define('POST', '/v1/accounts/share_subscription', '/external/account/w', ({ body }) => {
      const given = parse(shareSchema, body, state.options);
      const sharer = accountOf(state, given.id);
      const shares = share(state, sharer, productOf(state, sharer, given.user_product_id), {
        emails: given.contact_emails,
        accepts: given.automatically_accept_sharing ?? false,
      });
      const items = shares.map(({ id, email }) => ({ sharing_id: id, receiver_email: email }));
      return { status: 200, body: { items } };
    }),
    define('GET', '/v1/accounts/pending_shares', '/external/account/r', (call) => {
      const { id } = parse(z.strictObject({ id: format.id }), eitherPlace(call), state.options);
      const items = pendingShares(state, accountOf(state, id)).map((sharing) => ({
        package_sharing_id: sharing.id,
        shared_product_id: sharing.userProductId,
        sharer_account_id: sharing.sharerId,
      }));
      return { status: 200, body: { items } };
    }),
    define('PUT', '/v1/accounts/accept_sharing', '/external/account/w', ({ body }) => {
      const given = parse(oneShareSchema, body, state.options);
      accept(state, shareOf(state, given.package_sharing_id, accountOf(state, given.id), 'receiver'));
      return { status: 200, body: { item: 'true' } };
    }),
    define('DELETE', '/v1/accounts/remove_sharing', '/external/account/w', (call) => {
      const given = parse(oneShareSchema, eitherPlace(call), state.options);
      remove(state, shareOf(state, given.package_sharing_id, accountOf(state, given.id), 'either'));
      return { status: 200, body: { item: 'true' } };
    }),
    // A read that needs the scope to write (2.5).
    define('GET', '/v1/accounts/shared_subscriptions', '/external/account/w', (call) => {
      const schema = z.strictObject({ id: format.id, user_product_id: format.id.optional() });
      const given = parse(schema, eitherPlace(call), state.options);
      const only = given.user_product_id?.toLowerCase();
      const items = state.sharings
        .find('sharerId', accountOf(state, given.id).id)
        .filter(({ userProductId }) => only === undefined || userProductId === only)
        .map(sharedView);
      return { status: 200, body: { items } };
    }),
  ];
};
