import { createSend } from '../http/send.ts';
import { ofActivity } from '../shared/activity-context.ts';
import type { Send } from '../http/send.ts';
import { apiAuth, logIn } from './auth.ts';
import type { TuloPaywayConfig } from './config.ts';
import { explain } from './errors.ts';
import { accounts } from './resources/accounts.ts';
import { passwords } from './resources/passwords.ts';
import { sharing } from './resources/sharing.ts';
import { userProducts } from './resources/user-products.ts';
import { verification } from './resources/verification.ts';

/** Mandatory on each call, also without a body (Tulo Payway contract, section 2.6). */
const HEADERS = { accept: 'application/json', 'content-type': 'application/json' };

/** Ample for an account with all its subscriptions. */
const MAX_BYTES = 2 * 1024 * 1024;

export type TuloPaywayClient = ReturnType<typeof createClient>;

/** The documented routes as methods. Each rejects with `HttpError`; inside an activity each that only reads ends when the activity is cancelled. */
export function createClient(config: TuloPaywayConfig) {
  const send = createSend({
    provider: 'Tulo Payway',
    baseUrl: config.baseUrl,
    headers: HEADERS,
    timeoutMs: config.timeoutMs,
    maxBytes: MAX_BYTES,
    explain,
    ...ofActivity('tulo-payway'),
  });
  const auth = apiAuth(send, config.login);
  const api: Send = (target, answer, options) => send(target, answer, { ...options, auth });

  return {
    accounts: accounts(api, config.activateCandidatePath),
    verification: verification(api),
    passwords: passwords(api, config.createResetPath),
    sharing: sharing(api),
    userProducts: userProducts(api),
    /** A fresh login, only to see that it works. */
    logIn: () => logIn(send, config.login),
  };
}
