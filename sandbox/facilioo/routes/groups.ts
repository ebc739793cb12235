import type { Route } from '../../core/http.ts';
import { PARTY_TYPE } from '../model.ts';
import { seesGroup, type State } from '../state.ts';
import { groupView } from '../view.ts';
import { readRoutes } from './collection.ts';
import type { Guard } from './guard.ts';

/** Printed for the batch route; the other three by analogy (3.2, 7). */
const READERS = [
  PARTY_TYPE.Admin,
  PARTY_TYPE.PropertyManagementCompany,
  PARTY_TYPE.PoolManager,
  PARTY_TYPE.Contractor,
  PARTY_TYPE.User,
  PARTY_TYPE.InsuranceBroker,
  PARTY_TYPE.Insurer,
];

/** Contract, 7. */
export const groupRoutes = (state: State, guard: Guard): Route[] => {
  const { groups } = state.world;
  return readRoutes(state, guard, {
    path: '/api/account-groups',
    readers: { partyTypes: READERS },
    rows: (caller) =>
      [...groups.values()].filter((group) => seesGroup(caller, group)).map((group) => groupView(group, state.options)),
    row(caller, id) {
      const group = groups.get(id);
      return group && seesGroup(caller, group) ? groupView(group, state.options) : undefined;
    },
    filters: { name: String },
  });
};
