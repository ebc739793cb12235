import { z } from 'zod';
import type { Answer, Route } from '../../core/http.ts';
import { subjectOf } from '../auth.ts';
import { changeEmail } from '../confirmation.ts';
import type { Account } from '../model.ts';
import { accountOf, change, record, type State } from '../state.ts';
import { refuseTaken } from '../uniqueness.ts';
import { id, parse, refuse, updateSchema } from '../validation.ts';
import { done } from '../view.ts';
import type { Guard } from './guard.ts';

const passwordSchema = z.object({ password: z.string().min(8), password_confirmation: z.string() });

/**
 * Applies what may be changed. `ssn` is ignored without a word (3.2, 9.5). Assumption: so are fields with a route of their own, except
 * `email`, which has the same effect as change-email.
 */
function update(state: State, account: Account, body: Record<string, unknown>, method: 'PUT' | 'PATCH'): Answer {
  const given = parse(updateSchema, body);
  const isWhole = method === 'PUT' && state.options.puts === 'replace';
  const kept = isWhole ? { phone: null, countryCode: null, langCode: null } : account;
  refuseTaken(state, { email: given.email }, account.id);
  let changed = change(state, account, {
    firstName: given.first_name ?? account.firstName,
    lastName: given.last_name ?? account.lastName,
    phone: given.phone ?? kept.phone,
    countryCode: given.country_code ?? kept.countryCode,
    langCode: given.lang_code ?? kept.langCode,
  });
  record(state, 'account.updated', changed);
  if (given.email !== undefined && given.email !== account.email) changed = changeEmail(state, changed, given.email);
  return done(changed, state.options);
}

/** The password itself is not kept. */
function setPassword(state: State, account: Account, body: Record<string, unknown>): Answer {
  const { password, password_confirmation } = parse(passwordSchema, body);
  if (password !== password_confirmation) {
    refuse([{ field: 'password', issue: 'The password confirmation does not match.' }]);
  }
  record(state, 'password.set', change(state, account, { passwordSet: true }));
  return done(account, state.options);
}

/** Contract, 3.6 and, for the routes that take both tokens, 3.9. */
export const updateRoutes = (state: State, { crm, app, either }: Guard): Route[] => [
  ...(['PUT', 'PATCH'] as const).map((method) =>
    crm(method, '/api/v1/account/:account_id', ({ params, body }) =>
      update(state, accountOf(state, params['account_id']), body, method),
    ),
  ),
  app('PUT', '/api/v1/account', ({ body }, caller) => update(state, accountOf(state, caller.accountId), body, 'PUT')),
  either('PUT', '/api/v2/account/:account_id', ({ params, body }, caller) =>
    update(state, subjectOf(state, caller, params['account_id']), body, 'PUT'),
  ),
  crm('POST', '/api/v1/account/:account_id/password', ({ params, body }) =>
    setPassword(state, accountOf(state, params['account_id']), body),
  ),
  either('POST', '/api/v2/account/password', ({ body }, caller) =>
    setPassword(state, subjectOf(state, caller, body['account_id']), body),
  ),
  crm('POST', '/api/v1/account/:account_id/change-supervisor', ({ params, body }) => {
    const account = accountOf(state, params['account_id']);
    const supervisorId = parse(z.object({ supervisor_id: id }), body).supervisor_id;
    const supervisor = state.accounts.get(supervisorId);
    if (!supervisor || supervisor.deleted || supervisorId === account.id) {
      refuse([{ field: 'supervisor_id', issue: 'The supervisor id field is invalid.' }]);
    }
    if (account.supervisorId === supervisorId) return done(account, state.options);
    const changed = change(state, account, { supervisorId });
    record(state, 'supervisor.changed', changed);
    return done(changed, state.options);
  }),
];
