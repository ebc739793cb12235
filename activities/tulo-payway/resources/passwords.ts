import { none } from '../../http/answer.ts';
import { at, fill } from '../../http/path.ts';
import type { Send } from '../../http/send.ts';
import * as schemas from '../schemas.ts';
import { documented, fields } from './documented.ts';

export interface Device {
  ip_address: string;
  user_agent: string;
}

const REQUEST = { ...fields('email', 'return_url'), device_info: fields('ip_address', 'user_agent') };
const COMPLETION = fields('id', 'confirmation_code', 'new_password');

/** Passwords change only by these (Tulo Payway contract, section 9). */
export function passwords(send: Send, createResetPath: string) {
  return {
    /** Payway sends the mail. */
    requestReset: async (email: string, options: { return_url?: string; device_info?: Device } = {}) =>
      send(at('POST /external/api/v1/accounts/request_password_reset'), none, {
        body: documented({ email, ...options }, REQUEST),
      }),
    /** The mail leads to the caller's own page. */
    requestCustomReset: (email: string, reset_password_url: string, return_url: string) =>
      send(at('POST /external/api/v1/accounts/custom_request_password_reset'), none, {
        body: { email, reset_password_url, return_url },
      }),
    /** No mail: the answer holds the code, and the caller delivers it. */
    createReset: (email: string) => send(fill(`POST ${createResetPath}`), schemas.passwordReset, { body: { email } }),
    completeReset: async (id: string, confirmation_code: string, new_password: string) =>
      send(at('POST /external/api/v1/accounts/complete_password_reset'), schemas.created, {
        body: documented({ id, confirmation_code, new_password }, COMPLETION),
      }),
  };
}
