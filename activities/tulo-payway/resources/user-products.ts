import { none } from '../../http/answer.ts';
import { at } from '../../http/path.ts';
import type { Send } from '../../http/send.ts';
import * as schemas from '../schemas.ts';
import { documented, fields } from './documented.ts';

interface Period {
  subscription_type: 'recurring' | 'limited';
  /** `2016-10-02 13:00 +0100` */
  valid_from: string;
  valid_to: string;
}

export interface NewUserProduct extends Period {
  account_id: string;
  package_code: string;
}

export interface UserProductChanges extends Partial<Period> {
  state?: 'activated' | 'deactivated';
}

const PERIOD = fields('subscription_type', 'valid_from', 'valid_to');
const NEW = { ...PERIOD, ...fields('account_id', 'package_code') };
const CHANGE = { ...PERIOD, ...fields('account_id', 'product_id', 'state') };

/** Subscriptions (Tulo Payway contract, section 12). Provisioning needs a provision service on the API user. */
export function userProducts(send: Send) {
  return {
    list: (accountId: string) =>
      send(at('GET /external/api/v1/userproducts/{accountId}', { accountId }), schemas.items(schemas.userProduct)),
    provision: async (body: NewUserProduct) =>
      send(at('POST /external/api/v1/userproducts'), schemas.created, { body: documented(body, NEW) }),
    /** The names of the two ids are those of the vendor's page "Update" of user products. */
    update: async (account_id: string, product_id: string, changes: UserProductChanges) =>
      send(at('PUT /external/api/v1/userproducts'), none, {
        body: documented({ account_id, product_id, ...changes }, CHANGE),
      }),
  };
}
