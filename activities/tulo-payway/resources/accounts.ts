import { at, fill } from '../../http/path.ts';
import { none } from '../../http/answer.ts';
import type { Send } from '../../http/send.ts';
import { isCustomerNumber } from '../fields.ts';
import * as schemas from '../schemas.ts';
import { activation, changes, creation } from './bodies.ts';
import type { AccountChanges, CandidateActivation, NewAccount } from './bodies.ts';
import { documented, fields, namedOnce } from './documented.ts';

/** Exactly one identifier; the two of an external id count as one (Tulo Payway contract, section 5.2 and section 17, 19). */
export type AccountQuery =
  | { id: string }
  | { email: string }
  | { alias: string }
  | { social_security_number: string }
  | { customer_number: string }
  | { tulo_customer_number: string }
  | { external_id_key: string; external_id_value: string };

export type CandidateQuery = ({ social_security_number: string } | { customer_number: string }) & { zip_code?: string };

type Known = { id: string } | { email: string };

const KNOWN = ['id', 'email'];
const IDENTIFIERS = [...KNOWN, 'alias', 'social_security_number', 'customer_number', 'tulo_customer_number'];
const CANDIDATE = ['social_security_number', 'customer_number'];
const MAPPING = fields('account_id', 'identity_key', 'value');

/** Accounts under the API user's token (sections 5 and 7.4). */
export function accounts(send: Send, activateCandidatePath: string) {
  return {
    create: async (body: NewAccount) =>
      send(at('POST /external/api/v2/accounts'), schemas.created, { body: creation(body) }),
    get: async (query: AccountQuery) => {
      checkNumber(query);
      // The value goes with its key, and with nothing else.
      const whole = 'external_id_key' in query ? ['external_id_value'] : [];
      namedOnce(query, [...IDENTIFIERS, 'external_id_key'], whole);
      return send(at('GET /external/api/v1/accounts'), schemas.account, { query });
    },
    status: async (query: Known) =>
      send(at('GET /external/api/v1/accounts/status'), schemas.accountStatus, { query: namedOnce(query, KNOWN) }),
    /** `atomic` is not sent, so that all is changed or nothing: the body of a partial success is not documented (section 5.3). */
    update: async (id: string, body: AccountChanges) =>
      send(at('PUT /external/api/v2/accounts'), none, { body: { id, ...changes(body) } }),
    archive: (account_id: string) =>
      send(at('DELETE /external/api/v1/accounts/archive'), none, { query: { account_id } }),

    candidate: async (query: CandidateQuery) => {
      checkNumber(query);
      namedOnce(query, CANDIDATE, ['zip_code']);
      return send(at('GET /external/api/v1/accounts/candidate'), schemas.candidate, { query });
    },
    /** Its answer is not documented (section 5.7). */
    activateCandidate: async (body: CandidateActivation) =>
      send(fill(`POST ${activateCandidatePath}`), none, { body: activation(body) }),
    /** From the national registry. 403: the organisation has no such look-up. */
    lookupAddress: (social_security_number: string) =>
      send(at('GET /external/api/v2/accounts/lookup_address'), schemas.address, { query: { social_security_number } }),
    activeProducts: (account_id: string) =>
      send(at('GET /external/api/v1/accounts/active_products'), schemas.activeProducts, { query: { account_id } }),
    comments: async (query: Known) =>
      send(at('GET /external/api/v1/accounts/comments'), schemas.items(schemas.comment), {
        query: namedOnce(query, KNOWN),
      }),
    authenticationAttempts: (email: string) =>
      send(at('GET /external/api/v1/accounts/get_authentication_attempts'), schemas.authenticationAttempts, {
        query: { email },
      }),
    /** Creates or overwrites; its answer is not documented (section 11). */
    mapIdentity: async (account_id: string, identity_key: string, value: string) =>
      send(at('POST /external/api/v1/identity_mapping'), none, {
        body: documented({ account_id, identity_key, value }, MAPPING),
      }),
  };
}

function checkNumber(query: AccountQuery | CandidateQuery): void {
  if ('customer_number' in query && !isCustomerNumber(query.customer_number)) {
    throw new TypeError('customer_number must be 1 to 10 letters, digits, "-" or "_"');
  }
}
