import { FORM } from '../../core/forms.ts';
import { VendorError, type Answer, type Call, type Route } from '../../core/http.ts';
import { refuseUnlessScoped } from '../auth.ts';
import type { State } from '../state.ts';

const ROOT = '/external/api';

export type Define = (method: Route['method'], path: string, scope: string, handle: (call: Call) => Answer) => Route;

/** A route of the API: needs a token with that scope, and JSON where there is a body (2.6). */
export const createDefine =
  (state: State): Define =>
  (method, path, scope, handle) => ({
    method,
    path: ROOT + path,
    handle(call) {
      refuseUnlessScoped(state, call, scope);
      const isForm = call.headers['content-type']?.startsWith(FORM) === true;
      if (isForm && Object.keys(call.body).length > 0) throw new VendorError(415, 'Not JSON.');
      return handle(call);
    },
  });

/** 3.6: some GET and DELETE pages show the parameters in a JSON body, others in the query: both are taken. */
export const eitherPlace = ({ query, body }: Call) => ({ ...query, ...body });
