import { createSend, authorised } from '../http/send.ts';
import { ofActivity } from '../shared/activity-context.ts';
import { crmAuth, logIn, ownAuth } from './auth.ts';
import type { DefentryConfig } from './config.ts';
import { explain } from './errors.ts';
import { accounts } from './resources/accounts.ts';
import { members } from './resources/members.ts';
import { watchlists } from './resources/watchlists.ts';

/** Selects the standardized response format; a wrong value would fall back to the legacy one without an error (section 2.1). */
const HEADERS = { accept: 'application/json', 'x-api-version': '2026-06-12' };

/** Ample for a page of accounts. */
const MAX_BYTES = 2 * 1024 * 1024;

export type DefentryClient = ReturnType<typeof createClient>;

/** The documented routes as methods. Each rejects with `HttpError`; inside an activity each that only reads ends when the activity is cancelled. */
export function createClient(config: DefentryConfig) {
  const { baseUrl, timeoutMs, sso, licenceWatchlist } = config;
  const send = createSend({
    provider: 'Defentry',
    baseUrl,
    headers: HEADERS,
    timeoutMs,
    maxBytes: MAX_BYTES,
    explain,
    ...ofActivity('defentry'),
  });
  const crm = authorised(send, crmAuth(send, config.login));

  return {
    accounts: accounts(crm),
    members: members(crm),
    watchlists: watchlists(crm, licenceWatchlist),
    /** A fresh login, only to see that it works. */
    logIn: () => logIn(send, config.login),
    /** Calls as the account's own user, by the first of these addresses that leads to it. */
    ...(sso && {
      sendAs: async (accountId: string, emails: string[]) =>
        authorised(send, await ownAuth(send, sso, accountId, emails)),
    }),
  };
}
