import { none } from '../../http/answer.ts';
import { at } from '../../http/path.ts';
import type { Send } from '../../http/send.ts';
import * as schemas from '../schemas.ts';
import { documented, fields } from './documented.ts';

const CODE = fields('account_id', 'confirmation_code');

/** The address and who may change it (Tulo Payway contract, sections 8 and 9.2). No answer here carries a code. */
export function verification(send: Send) {
  return {
    /** Sends the confirmation mail, also again. */
    request: (account_id: string, verification_url?: string) =>
      send(at('POST /external/api/v1/accounts/create_verification_request'), none, {
        body: { account_id, ...(verification_url ? { verification_url } : {}) },
      }),
    pending: (account_id: string) =>
      send(at('GET /external/api/v1/accounts/pending_verification_request'), schemas.pendingVerification, {
        query: { account_id },
      }),
    verify: async (account_id: string, confirmation_code: string) =>
      send(at('POST /external/api/v1/accounts/verify_account'), schemas.verified, {
        body: documented({ account_id, confirmation_code }, CODE),
      }),
    verifyEmailChange: async (account_id: string, confirmation_code: string) =>
      send(at('PUT /external/api/v1/accounts/verify_email_change'), schemas.created, {
        body: documented({ account_id, confirmation_code }, CODE),
      }),
  };
}
