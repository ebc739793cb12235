import { VendorError, type Answer, type Call, type Route } from '../../core/http.ts';
import { callerOf } from '../auth.ts';
import type { Caller, PartyType, Permission } from '../model.ts';
import { groupOf, type State } from '../state.ts';

/** What a reference page lists under "Authorization", besides the scope, which each token has (3.2). */
export interface Requirement {
  partyTypes?: readonly PartyType[];
  permission?: Permission;
}

export interface Guard {
  /** Credentials are in the body. */
  open: (method: Route['method'], path: string, handle: (call: Call) => Answer) => Route;
  /** Needs an access token; 403 when the caller's party type or group does not do (10). */
  closed: (
    method: Route['method'],
    path: string,
    requirement: Requirement,
    handle: (call: Call, caller: Caller) => Answer,
  ) => Route;
}

/** 2.1; the status is an assumption (10). */
function refuseVersion({ headers }: Call): void {
  if (!['1', '1.0', '2', '2.0'].includes(headers['api-version'] ?? '2.0')) {
    throw new VendorError(400, 'Unsupported API version');
  }
}

/** Ways to define a route by who may call it. `admit` may refuse a call, as a rate limit does. */
export function createGuard(state: State, admit: (call: Call) => void): Guard {
  const enter = (call: Call) => {
    refuseVersion(call);
    admit(call);
  };
  return {
    open: (method, path, handle) => ({
      method,
      path,
      handle(call) {
        enter(call);
        return handle(call);
      },
    }),
    closed: (method, path, { partyTypes, permission }, handle) => ({
      method,
      path,
      handle(call) {
        enter(call);
        const caller = callerOf(state, call);
        const group = groupOf(state, caller.account.accountGroupId);
        const isMeant = partyTypes === undefined || partyTypes.includes(caller.party.accountRole);
        const isAllowed = permission === undefined || group?.permissions.includes(permission);
        if (!isMeant || !isAllowed) throw new VendorError(403, 'Forbidden');
        return handle(call, caller);
      },
    }),
  };
}
