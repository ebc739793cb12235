import type { Route } from '../../core/http.ts';
import type { State } from '../state.ts';
import { update } from '../update.ts';
import type { Define } from './guard.ts';

/** Contract, 5.3. Assumption: both bodies (17.18). */
export const updateRoutes = (state: State, define: Define): Route[] => [
  define('PUT', '/v2/accounts', '/external/account/w', ({ body }) => {
    const { account, errors } = update(state, body);
    if (errors.length === 0) return { status: 200, body: { id: account.id } };
    const told = errors.map(({ code, field, message }) => ({ code, field, message }));
    return { status: 207, body: { id: account.id, errors: told } };
  }),
];
