import { authorised, createSend } from '../http/send.ts';
import { ofActivity } from '../shared/activity-context.ts';
import { accountAuth, logIn } from './auth.ts';
import type { FaciliooConfig } from './config.ts';
import { explainWith } from './errors.ts';
import { pausing } from './pause.ts';
import { accounts } from './resources/accounts.ts';
import { groups } from './resources/groups.ts';
import { parties } from './resources/parties.ts';

/** `en-DE` is the only documented language; texts are never matched. The names of both headers are inferred (contract, section 2.1). */
const HEADERS = { accept: 'application/json', 'api-version': '2.0', 'accept-language': 'en-DE' };

/** Ample for a page of 100 accounts. */
const MAX_BYTES = 2 * 1024 * 1024;

export type FaciliooClient = ReturnType<typeof createClient>;

/**
 * facilioo's routes as methods. Each rejects with `HttpError`, or as `Unavailable` while calls are paused; inside an activity each that only
 * reads ends when the activity is cancelled.
 */
export function createClient(config: FaciliooConfig) {
  const { baseUrl, timeoutMs, credentials, names } = config;
  const send = createSend({
    provider: 'facilioo',
    baseUrl,
    headers: HEADERS,
    timeoutMs,
    maxBytes: MAX_BYTES,
    explain: explainWith(config),
    ...ofActivity('facilioo'),
  });
  // Around the login too: a call whose login is refused is a refused call.
  const calm = pausing(send, config.pause);
  const own = authorised(calm, accountAuth(send, credentials));
  const resource = accounts(own, names, config.patch);

  return {
    accounts: resource,
    groups: groups(own),
    parties: parties(own, names),
    /** A fresh login, only to see that it works; with a fixed token, a call that needs it. */
    logIn: async (): Promise<void> => {
      await ('email' in credentials ? logIn(calm, credentials) : resource.myself());
    },
  };
}
