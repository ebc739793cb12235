import type { Route } from '../../core/http.ts';
import { createParty } from '../parties.ts';
import { partyOf, seesParty, type State } from '../state.ts';
import { partyView, partyWireName } from '../view.ts';
import { readRoutes } from './collection.ts';
import { CREATORS } from './create.ts';
import type { Guard } from './guard.ts';

/** Contract, 6.2. */
export const partyRoutes = (state: State, guard: Guard): Route[] => [
  guard.closed('POST', '/api/parties', CREATORS, ({ body }, caller) => ({
    status: state.options.createStatus,
    body: partyView(createParty(state, caller, body), state.options),
  })),
  ...readRoutes(state, guard, {
    path: '/api/parties',
    readers: {},
    rows: (caller) =>
      [...state.world.allParties(), ...state.parties.all()]
        .filter((party) => seesParty(caller, party))
        .map((party) => partyView(party, state.options)),
    row(caller, id) {
      const party = partyOf(state, Number(id));
      return party && seesParty(caller, party) ? partyView(party, state.options) : undefined;
    },
    filters: { [partyWireName(state.options, 'externalId')]: String },
  }),
];
