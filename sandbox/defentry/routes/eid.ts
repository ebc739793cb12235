import { z } from 'zod';
import { VendorError, type Route } from '../../core/http.ts';
import { EID_PROVIDERS, readEid, startEid } from '../eid.ts';
import type { DefentryOptions } from '../options.ts';
import { accountOf, type State } from '../state.ts';
import { parse } from '../validation.ts';
import { wireId, wireTime } from '../view.ts';
import type { Guard } from './guard.ts';

type Names = DefentryOptions['eid'];

function parseStart(body: Record<string, unknown>, { provider, returnUrl }: Names) {
  const fields = {
    [provider]: z.enum(EID_PROVIDERS),
    [returnUrl]: z.url({ protocol: /^https?$/ }),
    state: z.string().max(255).optional(),
  };
  const given = parse(z.object(fields), body);
  return { provider: given[provider] ?? '', returnUrl: given[returnUrl] ?? '', state: given['state'] ?? null };
}

/** STAND-IN for the eID section of the vendor's documents, which is not known (4, 9.1). Paths are options. */
export const eidRoutes = (state: State, { app }: Guard): Route[] => {
  const names = state.options.eid;
  return [
    app('POST', state.options.eid.start, ({ body, origin }, caller) => {
      const account = accountOf(state, caller.accountId);
      const given = parseStart(body, names);
      const session = startEid(state, account, given);
      const redirect = `${origin}/_sandbox/outbox/${session.itemId}`;
      const data = { id: wireId(session.id), [names.status]: session.status, [names.redirectUrl]: redirect };
      return { status: 201, body: { data } };
    }),
    app('GET', state.options.eid.read, ({ params }, caller) => {
      const session = readEid(state, params['eid_id'] ?? '');
      if (session?.accountId !== caller.accountId) throw new VendorError(404, 'Not found');
      const { id, status, provider, createdAt } = session;
      const told = { [names.status]: status, [names.provider]: provider };
      return { status: 200, body: { data: { id: wireId(id), ...told, created_at: wireTime(createdAt) } } };
    }),
  ];
};
