import { z } from 'zod';

/** Response side: unknown fields are ignored, and a field that is missing is unknown, never "no". */

export const login = z.object({ accessToken: z.string().min(1) });

export const account = z.object({
  id: z.string().min(1),
  /** Ours; others who work at the vendor may have set their own. */
  reference: z.string().nullish(),
  email: z.string().nullish(),
  active: z.boolean().nullish(),
});
export type Account = z.output<typeof account>;

export const accounts = z.object({ accounts: z.array(account) });
