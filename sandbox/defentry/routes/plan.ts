import { z } from 'zod';
import type { Route } from '../../core/http.ts';
import { subjectOf } from '../auth.ts';
import { changePlan, setMonitoring } from '../monitoring.ts';
import { accountOf, type State } from '../state.ts';
import { id, parse } from '../validation.ts';
import { done } from '../view.ts';
import type { Guard } from './guard.ts';

/** Contract, 3.7 (plan) and 3.8 (monitoring). Assumption: which plan is higher is not known, so both plan routes take any other plan. */
export const planRoutes = (state: State, { crm, idless }: Guard): Route[] => [
  ...['upgrade', 'downgrade'].map((way) =>
    idless('POST', `/api/v1/account/${way}`, ({ body }, caller) => {
      const account = subjectOf(state, caller, body['account_id']);
      const known = id.refine((value) => Object.hasOwn(state.options.plans, value));
      const { plan_id: planId } = parse(z.object({ plan_id: known }), body);
      return done(changePlan(state, account, planId), state.options);
    }),
  ),
  ...[true, false].map((on) =>
    crm('PATCH', `/api/v1/account/:account_id/ssn-monitoring/${on ? 'activate' : 'deactivate'}`, ({ params }) => {
      const account = setMonitoring(state, accountOf(state, params['account_id']), on);
      return done(account, state.options);
    }),
  ),
];
