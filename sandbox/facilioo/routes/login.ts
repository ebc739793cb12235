import { z } from 'zod';
import { VendorError, type Answer, type Route } from '../../core/http.ts';
import { bearerOf, holderOf, issueTokens, unauthorized } from '../auth.ts';
import type { Account } from '../model.ts';
import { normalEmail, type State } from '../state.ts';
import { parse } from '../validation.ts';
import type { Guard } from './guard.ts';

const loginSchema = z.object({
  email: z.string().min(1),
  password: z.string().min(1),
  skipMultiFactorAuthentication: z.boolean().nullish(),
});

/** The account, if it is one of those that can log in and the password is right. */
function loggedIn({ accounts, options, world }: State, email: string, password: string): Account {
  const account = accounts.find('email', normalEmail(email)).find(({ deleted }) => deleted === null);
  const index = world.accounts.findIndex(({ id }) => id === account?.id);
  if (account && options.logins[index]?.password === password) return account;
  if (options.wrongCredentials === 401) throw unauthorized();
  throw new VendorError(options.wrongCredentials, 'Email or password is wrong.');
}

/** 3.1: the vendor's answer is not known; clients look for a flag or for the word. */
function askSecondFactor({ options: { secondFactorStatus } }: State): Answer {
  if (secondFactorStatus === 200) return { status: 200, body: { twoFactorRequired: true } };
  throw new VendorError(secondFactorStatus, 'Multifactor authentication required (mfa).');
}

/** Contract, 3.1. */
export const loginRoutes = (state: State, { open }: Guard): Route[] => [
  open('POST', '/api/auth/login', ({ body }) => {
    const given = parse(loginSchema, body);
    const account = loggedIn(state, given.email, given.password);
    const { secondFactor, loginAccount } = state.options;
    const isSkipped = given.skipMultiFactorAuthentication === true && secondFactor === 'unless-skipped';
    if (secondFactor !== 'never' && !isSkipped) return askSecondFactor(state);
    const shown = loginAccount ? { account: { id: Number(account.id) } } : {};
    return { status: 200, body: { ...issueTokens(state, account), ...shown } };
  }),
  open('POST', '/api/auth/refresh', ({ headers, body }) => {
    const { refreshForm } = state.options;
    const bearer = refreshForm === 'body' ? undefined : bearerOf(headers['authorization']);
    const written = refreshForm === 'bearer' ? undefined : body['refreshToken'];
    const token = typeof written === 'string' ? written : bearer;
    const account = holderOf(state, 'refresh', token);
    if (token !== undefined) state.tokens.remove(token);
    return { status: 200, body: issueTokens(state, account) };
  }),
];
