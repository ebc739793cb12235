import { none } from '../../http/answer.ts';
import { at } from '../../http/path.ts';
import type { Send } from '../../http/send.ts';
import * as schemas from '../schemas.ts';
import { withoutSsn } from './bodies.ts';
import type { AccountChanges } from './bodies.ts';

/** The person's own account under an app token (Defentry contract, section 1.5). */
export function profile(send: Send) {
  return {
    get: () => send(at('GET /api/v1/account'), schemas.wrapped(schemas.account)),
    update: async (changes: AccountChanges) => send(at('PUT /api/v1/account'), none, { body: withoutSsn(changes) }),
    updateV2: async (account_id: string, changes: AccountChanges) =>
      send(at('PUT /api/v2/account/{account_id}', { account_id }), none, { body: withoutSsn(changes) }),
    setPassword: (password: string) =>
      send(at('POST /api/v2/account/password'), none, { body: { password, password_confirmation: password } }),
  };
}
