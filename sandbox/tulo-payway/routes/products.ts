import { z } from 'zod';
import type { Route } from '../../core/http.ts';
import { notFound, PaywayError } from '../errors.ts';
import * as format from '../formats.ts';
import { activeCodes, changeProduct, productOf, provision } from '../products.ts';
import { accountOf, type State } from '../state.ts';
import { parse } from '../validation.ts';
import { productView } from '../view.ts';
import type { Define } from './guard.ts';

const type = z.enum(['recurring', 'limited']);
const provisionSchema = z.strictObject({
  account_id: format.id,
  package_code: format.packageCode,
  subscription_type: type,
  valid_from: format.time,
  valid_to: format.time,
});
const updateSchema = z.strictObject({
  account_id: format.id,
  product_id: format.id,
  subscription_type: type.optional(),
  state: z.enum(['activated', 'deactivated']).optional(),
  valid_from: format.time.optional(),
  valid_to: format.time.optional(),
});
const activeSchema = z.strictObject({ account_id: format.id, include_articles: z.enum(['true', 'false']).optional() });

/** Contract, 12. */
export const productRoutes = (state: State, define: Define): Route[] => [
  define('GET', '/v1/accounts/active_products', '/external/account/r', ({ query }) => {
    const given = parse(activeSchema, query, state.options);
    const account = accountOf(state, given.account_id);
    const articles = given.include_articles === 'true' ? { active_articles: [] } : {};
    const item = { id: account.id, active_products: activeCodes(state, account), ...articles };
    return { status: 200, body: { item } };
  }),
  define('POST', '/v1/userproducts', '/external/userproduct/w', ({ body }) => {
    const given = parse(provisionSchema, body, state.options);
    const account = accountOf(state, given.account_id);
    const { provisionService } = state.options.client;
    if (provisionService === null) throw new PaywayError(403, 'forbidden', 'The API user has no provision service');
    if (!Object.hasOwn(state.options.packages, given.package_code)) throw notFound('package');
    const { id } = provision(state, account, {
      provisionService,
      productCode: given.package_code,
      subscriptionType: given.subscription_type,
      validFrom: given.valid_from,
      validTo: given.valid_to,
    });
    return { status: 201, body: { id } };
  }),
  define('PUT', '/v1/userproducts', '/external/userproduct/w', ({ body }) => {
    const given = parse(updateSchema, body, state.options);
    const account = accountOf(state, given.account_id);
    const product = productOf(state, account, given.product_id);
    const { id } = changeProduct(state, account, product, {
      subscriptionType: given.subscription_type ?? product.subscriptionType,
      state: given.state ?? product.state,
      validFrom: given.valid_from ?? product.validFrom,
      validTo: given.valid_to ?? product.validTo,
    });
    return { status: 200, body: { id } };
  }),
  define('GET', '/v1/userproducts/:account_id', '/external/userproduct/w', ({ params }) => {
    const { account_id } = parse(z.object({ account_id: format.id }), params, state.options);
    const { id } = accountOf(state, account_id);
    return { status: 200, body: { items: state.products.find('accountId', id).map(productView) } };
  }),
];
