import { none } from '../../http/answer.ts';
import { at, fill } from '../../http/path.ts';
import type { Send } from '../../http/send.ts';
import { isOneTimeLifetime } from '../fields.ts';
import * as schemas from '../schemas.ts';
import { HOLDER } from './accounts.ts';
import type { Holder } from './accounts.ts';
import { documented, fields, namedOnce } from './documented.ts';

export interface Device {
  ip_address: string;
  user_agent: string;
}

export interface OneTimePassword {
  otp_login_url?: string;
  /** Seconds, 600 to 10800, as text. */
  otp_ttl?: string;
  otp_numeric?: boolean;
}

const REQUEST = { ...fields('email', 'return_url'), device_info: fields('ip_address', 'user_agent') };
const COMPLETION = fields('id', 'confirmation_code', 'new_password');
const ONE_TIME = fields(...HOLDER, 'otp_login_url', 'otp_ttl', 'otp_numeric');

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
    requestOneTimePassword: async (holder: Holder, options: OneTimePassword = {}) => {
      if (options.otp_ttl !== undefined && !isOneTimeLifetime(options.otp_ttl)) {
        throw new TypeError('otp_ttl must be 600 to 10800 seconds, as text');
      }
      return send(at('POST /external/api/v1/accounts/request_one_time_password'), none, {
        body: documented({ ...namedOnce(holder, HOLDER), ...options }, ONE_TIME),
      });
    },
  };
}
