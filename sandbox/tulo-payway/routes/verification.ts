import { z } from 'zod';
import type { Route } from '../../core/http.ts';
import { confirmEmailChange } from '../email-change.ts';
import * as format from '../formats.ts';
import { accountOf, type State } from '../state.ts';
import { parse } from '../validation.ts';
import { pendingOf, requestVerification, verify } from '../verification.ts';
import { utcTime } from '../view.ts';
import type { Define } from './guard.ts';

const page = z.url('Parameter must be an absolute URL').max(1024);

/** Assumption: a code of another length is a wrong code, not a malformed one. */
const codeSchema = z.strictObject({ account_id: format.id, confirmation_code: format.text });

/** Contract, 8.1 and 9.2. */
export const verificationRoutes = (state: State, define: Define): Route[] => [
  define('POST', '/v1/accounts/create_verification_request', '/external/account/w', ({ body }) => {
    const schema = z.strictObject({ account_id: format.id, verification_url: page.optional() });
    const given = parse(schema, body, state.options);
    const { id, expiresAt } = requestVerification(state, accountOf(state, given.account_id), given.verification_url);
    return { status: 201, body: { id, status: 'pending', expires_at: utcTime(expiresAt) } };
  }),
  define('GET', '/v1/accounts/pending_verification_request', '/external/account/r', ({ query }) => {
    const { account_id } = parse(z.strictObject({ account_id: format.id }), query, state.options);
    const account = accountOf(state, account_id);
    const { id, verified } = account;
    const pending = verified ? undefined : pendingOf(state, account);
    const item = pending
      ? {
          id: pending.id,
          account_id: id,
          status: 'pending',
          expires_at: utcTime(pending.expiresAt),
          created_at: utcTime(pending.createdAt),
          verified,
        }
      : { account_id: id, status: verified ? 'verified' : 'no_pending_request', verified };
    return { status: 200, body: { item } };
  }),
  define('POST', '/v1/accounts/verify_account', '/external/account/w', ({ body }) => {
    const given = parse(codeSchema, body, state.options);
    const { id, verified } = verify(state, accountOf(state, given.account_id), given.confirmation_code);
    return { status: 200, body: { item: { account_id: id, status: 'verified', verified } } };
  }),
  define('PUT', '/v1/accounts/verify_email_change', '/external/account/w', ({ body }) => {
    const given = parse(codeSchema, body, state.options);
    const { id } = confirmEmailChange(state, accountOf(state, given.account_id), given.confirmation_code);
    return { status: 200, body: { id } };
  }),
];
