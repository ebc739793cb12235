import { VendorError, type Answer, type Call, type Route } from '../../core/http.ts';
import { callerOf, type Caller } from '../auth.ts';
import type { State } from '../state.ts';

type Handle<C> = (call: Call, caller: C) => Answer;
type Define<C> = (method: Route['method'], path: string, handle: Handle<C>) => Route;

export interface Guard {
  /** Needs a CRM token; an app token gets 403 (9.2). */
  crm: Define<Caller & { kind: 'crm' }>;
  /** Needs an app token; a CRM token gets 403 (9.2). */
  app: Define<Caller & { kind: 'app' }>;
  /** Takes both kinds (3.9). */
  either: Define<Caller>;
  /** Has no id in the path: which kind it takes is an option (3.9). */
  idless: Define<Caller>;
  /** Credentials are in the body. */
  open: Define<undefined>;
}

/** Ways to define a route by the token it needs. `admit` may refuse a caller, as a rate limit does. */
export function createGuard(state: State, admit: (call: Call) => void): Guard {
  const only =
    <C extends Caller>(isMeant: (caller: Caller) => caller is C): Define<C> =>
    (method, path, handle) => ({
      method,
      path,
      handle(call) {
        const caller = callerOf(state, call);
        if (!isMeant(caller)) throw new VendorError(state.options.wrongToken, 'Forbidden');
        admit(call);
        return handle(call, caller);
      },
    });
  return {
    crm: only((caller) => caller.kind === 'crm'),
    app: only((caller) => caller.kind === 'app'),
    either: only((caller): caller is Caller => caller !== undefined),
    idless: only((caller): caller is Caller => ['both', caller.kind].includes(state.options.idlessRoutes)),
    open: (method, path, handle) => ({ method, path, handle: (call) => handle(call, undefined) }),
  };
}
