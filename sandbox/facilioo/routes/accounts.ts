import type { Route } from '../../core/http.ts';
import type { Account } from '../model.ts';
import { normalEmail, seesAccount, type State } from '../state.ts';
import { wireName } from '../validation.ts';
import { accountView } from '../view.ts';
import { readRoutes } from './collection.ts';
import type { Guard } from './guard.ts';

/** By an index where there is one: a search among thousands of accounts must not read them all. */
function candidates({ accounts, options }: State, wanted: Record<string, unknown>): Account[] {
  const email = wanted[wireName(options, 'email')];
  if (typeof email === 'string') return accounts.find('email', normalEmail(email));
  const externalId = wanted[wireName(options, 'externalId')];
  return typeof externalId === 'string' ? accounts.find('externalId', externalId) : accounts.all();
}

/** Contract, 4.4. The literal `myself` comes before ids: Fastify's router sees to it. */
export const accountRoutes = (state: State, guard: Guard): Route[] => [
  guard.closed('GET', '/api/accounts/myself', {}, (_, { account }) => ({
    status: 200,
    body: accountView(account, state.options),
  })),
  ...readRoutes(state, guard, {
    path: '/api/accounts',
    readers: {},
    rows: (caller, wanted) =>
      candidates(state, wanted)
        .filter((account) => seesAccount(state, caller, account))
        .map((account) => accountView(account, state.options)),
    row(caller, id) {
      const account = state.accounts.get(id);
      return account && seesAccount(state, caller, account) ? accountView(account, state.options) : undefined;
    },
    filters: {
      [wireName(state.options, 'email')]: normalEmail,
      [wireName(state.options, 'partyId')]: String,
      [wireName(state.options, 'externalId')]: String,
    },
  }),
];
