import { none } from '../../../activities/http/answer.ts';
import { at } from '../../../activities/http/path.ts';
import { authorised, createSend } from '../../../activities/http/send.ts';
import { ofActivity } from '../../../activities/shared/activity-context.ts';
import { logIn, loginAuth } from './auth.ts';
import type { SkeletonConfig } from './config.ts';
import { explain } from './errors.ts';
import { account, accounts } from './schemas.ts';

/** What a creation sends; `create` gives it the vendor's names. */
export interface NewAccount {
  reference: string;
  firstName: string;
  lastName: string;
  email: string;
}

export type SkeletonClient = ReturnType<typeof createClient>;

/** The vendor's routes as methods, one for each that a step uses. Each rejects with `HttpError` and never retries: that is Temporal's. */
export function createClient({ baseUrl, timeoutMs, login }: SkeletonConfig) {
  const send = createSend({
    provider: 'skeleton',
    baseUrl,
    headers: { accept: 'application/json' },
    timeoutMs,
    maxBytes: 1024 * 1024,
    explain,
    ...ofActivity('skeleton'),
  });
  const own = authorised(send, loginAuth(send, login));

  return {
    logIn: async (): Promise<void> => void (await logIn(send, login)),
    accounts: {
      create: (body: NewAccount) => own(at('POST /accounts'), account, { body }),
      get: (id: string) => own(at('GET /accounts/{id}', { id }), account),
      find: async (query: { reference: string } | { email: string }) =>
        (await own(at('GET /accounts'), accounts, { query })).accounts,
      remove: (id: string) => own(at('DELETE /accounts/{id}', { id }), none),
    },
  };
}
