import type { Route } from '../../core/http.ts';
import { createAccount } from '../creation.ts';
import { createSchema } from '../fields.ts';
import type { State } from '../state.ts';
import { parse } from '../validation.ts';
import type { Define } from './guard.ts';

/** Contract, 5.1. */
export const createRoutes = (state: State, define: Define): Route[] => [
  define('POST', '/v2/accounts', '/external/account/w', ({ body }) => {
    const given = parse(createSchema(state.options), body, state.options);
    const { email, password: _, social_security_number: ssn, external_ids, require_verification, ...profile } = given;
    const { id } = createAccount(state, {
      email,
      ssn,
      profile,
      externalIds: external_ids ?? {},
      requireVerification: require_verification ?? false,
    });
    return { status: 201, body: { id } };
  }),
];
