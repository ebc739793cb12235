import type { Answer, Route } from '../../core/http.ts';
import { subjectOf } from '../auth.ts';
import { activate, deactivate } from '../confirmation.ts';
import type { Account } from '../model.ts';
import { accountOf, change, record, type State } from '../state.ts';
import { done } from '../view.ts';
import type { Guard } from './guard.ts';

/** Removes an account for good. Assumption: members of a removed owner stay, as accounts of their own. */
function remove(state: State, account: Account): void {
  const removed = change(state, account, { deleted: true, active: false });
  state.outbox.void(account.id);
  record(state, 'account.deleted', removed);
}

/** Contract, 3.7; answers and idempotence are assumptions (9.8). */
export const activationRoutes = (state: State, { crm, idless }: Guard): Route[] => {
  const view = (account: Account): Answer => done(account, state.options);
  return [
    crm('GET', '/api/v1/account/:account_id/activation-status', ({ params }) => {
      const { active, activationDate } = accountOf(state, params['account_id']);
      const name = state.options.activationStatus;
      const value = name === 'is_active' ? active : active ? 'ACTIVE' : 'INACTIVE';
      return { status: 200, body: { data: { [name]: value, activation_date: activationDate } } };
    }),
    crm('POST', '/api/v1/account/:account_id/activate', ({ params }) =>
      view(activate(state, accountOf(state, params['account_id']))),
    ),
    crm('POST', '/api/v1/account/:account_id/deactivate', ({ params }) =>
      view(deactivate(state, accountOf(state, params['account_id']))),
    ),
    idless('POST', '/api/v2/account/deactivate', ({ body }, caller) =>
      view(deactivate(state, subjectOf(state, caller, body['account_id']))),
    ),
    crm('DELETE', '/api/v1/account/:account_id', ({ params }) => {
      remove(state, accountOf(state, params['account_id']));
      return { status: state.options.deleteStatus };
    }),
  ];
};
