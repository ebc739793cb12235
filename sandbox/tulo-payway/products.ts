import { notFound } from './errors.ts';
import type { Account, UserProduct } from './model.ts';
import { invitationsOf } from './sharing.ts';
import { newId, record, type State } from './state.ts';

function isRunning({ now }: State, { state, validFrom, validTo }: UserProduct): boolean {
  const at = now().toISOString();
  return state === 'activated' && validFrom <= at && at < validTo;
}

/** Its own subscriptions, without those shared with it. */
export const runningOf = (state: State, account: Account): UserProduct[] =>
  state.products.find('accountId', account.id).filter((product) => isRunning(state, product));

/** Codes of all it has access to, shared ones too while the sharer's subscription runs (10, 12). */
export function activeCodes(state: State, account: Account): string[] {
  const shared = invitationsOf(state, account)
    .filter((sharing) => sharing.state === 'active')
    .map(({ userProductId }) => state.products.get(userProductId))
    .filter((product) => product !== undefined)
    .filter((product) => isRunning(state, product));
  return [...new Set([...runningOf(state, account), ...shared].map(({ productCode }) => productCode))];
}

type NewProduct = Pick<UserProduct, 'productCode' | 'subscriptionType' | 'validFrom' | 'validTo' | 'provisionService'>;

export function provision(state: State, account: Account, given: NewProduct): UserProduct {
  const now = state.now().toISOString();
  const product: UserProduct = {
    ...given,
    id: newId(),
    accountId: account.id,
    state: 'activated',
    createdAt: now,
    updatedAt: now,
  };
  state.products.put(product);
  record(state, 'product.activated', account, { itemId: product.id, kind: product.productCode });
  return product;
}

/** The account's own product, or 404. */
export function productOf({ products }: State, account: Account, id: string): UserProduct {
  const product = products.get(id.toLowerCase());
  if (!product || product.accountId !== account.id) throw notFound('user_product');
  return product;
}

export function changeProduct(
  state: State,
  account: Account,
  product: UserProduct,
  fields: Partial<UserProduct>,
): UserProduct {
  const changed = { ...product, ...fields, updatedAt: state.now().toISOString() };
  state.products.put(changed);
  if (changed.state !== product.state) {
    record(state, `product.${changed.state}`, account, { itemId: product.id, kind: product.productCode });
  }
  return changed;
}
