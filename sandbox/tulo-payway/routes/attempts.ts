import { z } from 'zod';
import type { Route } from '../../core/http.ts';
import * as format from '../formats.ts';
import { attemptsOf, recordAttempt } from '../freezing.ts';
import { accountOf, accountOfEmail, type State } from '../state.ts';
import { onlyOne, parse } from '../validation.ts';
import { offsetTime } from '../view.ts';
import type { Define } from './guard.ts';

const attemptSchema = z.strictObject({
  account_id: format.id.optional(),
  email: format.email.optional(),
  login_successful: z.boolean(),
  user_agent: format.sized(0, 4096),
  persist: z.boolean(),
  ip_address: format.sized(0, 39).optional(),
});

/** Contract, 5.8. */
export const attemptRoutes = (state: State, define: Define): Route[] => [
  // Assumption: the answer, which is not shown.
  define('POST', '/v1/accounts/create_authentication_attempt', '/external/account/w', ({ body }) => {
    const given = parse(attemptSchema, body, state.options);
    onlyOne(given, ['account_id', 'email']);
    const account =
      given.account_id === undefined
        ? accountOfEmail(state, given.email ?? '', 'account')
        : accountOf(state, given.account_id);
    recordAttempt(state, account, given.login_successful);
    return { status: 200, body: {} };
  }),
  define('GET', '/v1/accounts/get_authentication_attempts', '/external/account/r', ({ query }) => {
    const { email } = parse(z.strictObject({ email: format.email }), query, state.options);
    const { frozen, remaining, frozenUntil } = attemptsOf(state, accountOfEmail(state, email, 'account'));
    const item = {
      account_frozen: frozen,
      remaining_authentication_attempts: remaining,
      frozen_until: frozenUntil && offsetTime(frozenUntil.toISOString()),
    };
    return { status: 200, body: { item } };
  }),
];
