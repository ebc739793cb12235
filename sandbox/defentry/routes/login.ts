import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { VendorError, type Route } from '../../core/http.ts';
import { issueToken, liveToken } from '../auth.ts';
import type { Account } from '../model.ts';
import { isPlain, normalEmail, type State } from '../state.ts';
import { email, parse } from '../validation.ts';
import type { Guard } from './guard.ts';

const digest = (text: string) => createHash('sha256').update(text).digest();
const same = (one: string, other: string) => timingSafeEqual(digest(one), digest(other));

const loginSchema = z.object({ username: z.string(), password: z.string(), keep_logged: z.boolean().optional() });
const ssoSchema = z.object({ client_id: z.string(), client_secret: z.string(), email });
const codeSchema = z.object({ code: z.string() });

/** The account of an SSO call (1.5, 9.2). */
function ssoAccount(state: State, body: Record<string, unknown>): Account {
  const given = parse(ssoSchema, body);
  const { clientId, clientSecret } = state.options.credentials;
  if (!same(given.client_id, clientId) || !same(given.client_secret, clientSecret)) {
    throw new VendorError(state.options.loginFailure, 'Unauthenticated.');
  }
  const address = normalEmail(given.email);
  const account =
    state.options.ssoEmail === 'current'
      ? state.accounts.find('email', address).find((each) => !each.deleted && !isPlain(each))
      : state.accounts
          .all()
          .find((each) => !each.deleted && !isPlain(each) && normalEmail(each.createdEmail ?? '') === address);
  if (!account) throw new VendorError(state.options.ssoUnknown, 'Not found');
  if (account.deactivated) throw new VendorError(403, 'The account is deactivated.');
  return account;
}

/** Contract, 1.3 and 1.5: tokens are at the top level of the answer. */
export const loginRoutes = (state: State, { open }: Guard): Route[] => [
  open('POST', '/api/v1/crm/auth/login', ({ body }) => {
    const given = parse(loginSchema, body);
    const { username, password } = state.options.credentials;
    if (!same(given.username, username) || !same(given.password, password)) {
      throw new VendorError(state.options.loginFailure, 'Unauthenticated.');
    }
    const { crm, crmKept } = state.options.tokens;
    return { status: 200, body: { token: issueToken(state, 'crm', null, given.keep_logged ? crmKept : crm) } };
  }),
  open('POST', '/api/v1/sso/token', ({ body }) => {
    const account = ssoAccount(state, body);
    return { status: 200, body: { token: issueToken(state, 'app', account.id, state.options.tokens.app) } };
  }),
  open('POST', '/api/v1/sso/code', ({ body }) => {
    const account = ssoAccount(state, body);
    const told = { code: issueToken(state, 'code', account.id, state.options.tokens.code) };
    return { status: 200, body: state.options.codePlace === 'top' ? told : { data: told } };
  }),
  open('POST', '/api/v1/sso/login', ({ body }) => {
    const code = liveToken(state, ['code'], parse(codeSchema, body).code);
    if (!code) throw new VendorError(401, 'Unauthenticated.');
    state.tokens.remove(code.id);
    return { status: 200, body: { token: issueToken(state, 'app', code.accountId, state.options.tokens.app) } };
  }),
];
