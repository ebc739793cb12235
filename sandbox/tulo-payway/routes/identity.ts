import { z } from 'zod';
import type { Route } from '../../core/http.ts';
import * as format from '../formats.ts';
import { map } from '../mappings.ts';
import { accountOf, record, type State } from '../state.ts';
import { parse } from '../validation.ts';
import type { Define } from './guard.ts';

const schema = z.strictObject({
  account_id: format.id,
  identity_key: format.sized(1, 128),
  value: format.sized(1, 128),
});

/** Contract, 11. Assumption: the answer (17.20). */
export const identityRoutes = (state: State, define: Define): Route[] => [
  define('POST', '/v1/identity_mapping', '/external/identity_mapping/w', ({ body }) => {
    const { account_id, identity_key, value } = parse(schema, body, state.options);
    const account = map(state, accountOf(state, account_id), identity_key, value);
    record(state, 'external-id.written', account);
    return { status: 200, body: { id: account.id } };
  }),
];
