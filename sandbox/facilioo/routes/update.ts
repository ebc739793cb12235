import { z } from 'zod';
import { VendorError, type Call, type Route } from '../../core/http.ts';
import { JSON_PATCH } from '../../core/json-patch.ts';
import { PARTY_TYPE, PERMISSION } from '../model.ts';
import { accountOf, type State } from '../state.ts';
import { deleteAccount, updateAccount } from '../update.ts';
import { parse, parseChange } from '../validation.ts';
import { accountView } from '../view.ts';
import type { Guard } from './guard.ts';

const DELETERS = {
  partyTypes: [PARTY_TYPE.Admin, PARTY_TYPE.PropertyManagementCompany],
  permission: PERMISSION.Delete,
};

const operation = z.object({
  op: z.enum(['add', 'replace', 'remove']),
  path: z.string().regex(/^\/\w+$/),
  value: z.unknown().optional(),
});
const patchSchema = z.object({ operations: z.array(operation) });

/** A change as a JSON object that is merged, in whichever form it comes. */
function mergeOf({ options }: State, headers: Call['headers'], body: Call['body']): Call['body'] {
  const isPatch = headers['content-type']?.startsWith(JSON_PATCH) ?? false;
  if (isPatch !== (options.changeBody === 'json-patch')) throw new VendorError(415, 'Unsupported Media Type');
  if (!isPatch) return body;
  const { operations } = parse(patchSchema, body);
  return Object.fromEntries(operations.map(({ op, path, value }) => [path.slice(1), op === 'remove' ? null : value]));
}

/**
 * Contract, 4.4. Assumption: a change needs the permission of other changes (3.2) and takes any party type, since supervisors exist
 * in parties of other types only (4.2, row 10).
 */
export const updateRoutes = (state: State, { closed }: Guard): Route[] => [
  closed('PATCH', '/api/accounts/:id', { permission: PERMISSION.Update }, ({ params, headers, body }, caller) => {
    const account = accountOf(state, caller, params['id']);
    const changed = updateAccount(state, caller, account, parseChange(mergeOf(state, headers, body), state.options));
    return { status: 200, body: accountView(changed, state.options) };
  }),
  closed('DELETE', '/api/accounts/:id', DELETERS, ({ params }, caller) => {
    if (state.options.deletion === 'absent') throw new VendorError(404, 'Not Found');
    deleteAccount(state, accountOf(state, caller, params['id']));
    return { status: 204 };
  }),
];
