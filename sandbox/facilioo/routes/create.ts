import type { Route } from '../../core/http.ts';
import { createAccount } from '../creation.ts';
import { PARTY_TYPE, PERMISSION } from '../model.ts';
import type { State } from '../state.ts';
import { parseCreation } from '../validation.ts';
import { accountView } from '../view.ts';
import type { Guard } from './guard.ts';

/** Who creates accounts and parties (3.2). */
export const CREATORS = {
  partyTypes: [PARTY_TYPE.Admin, PARTY_TYPE.PropertyManagementCompany],
  permission: PERMISSION.Create,
};

/** Contract, 4.2. */
export const createRoutes = (state: State, { closed }: Guard): Route[] => [
  closed('POST', '/api/accounts', CREATORS, ({ body }, caller) => {
    const { createStatus: status, createBody } = state.options;
    const account = createAccount(state, caller, parseCreation(body, state.options));
    return createBody === 'empty' ? { status } : { status, body: accountView(account, state.options) };
  }),
];
