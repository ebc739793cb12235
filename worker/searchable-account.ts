import type { HostedActivities } from '../contract/activities.ts';
import { accountHash } from '../encryption/account-hash.ts';
import type { KeyRing } from '../encryption/key-ring.ts';

/**
 * Adds to the answers of `createAccount` and `findAccount` what a webhook will find the run by: workflows have neither keys nor
 * cryptography.
 */
export function withSearchableAccount(
  provider: string,
  activities: Partial<HostedActivities>,
  keyRing: KeyRing,
): Partial<HostedActivities> {
  const { createAccount, findAccount } = activities;
  const hashed = (accountId: string) => ({ accountHash: accountHash(keyRing, { provider, accountId }) });
  return {
    ...activities,
    ...(createAccount && {
      createAccount: async (input) => {
        const created = await createAccount(input);
        return { ...created, ...hashed(created.accountId) };
      },
    }),
    ...(findAccount && {
      findAccount: async (input) => {
        const found = await findAccount(input);
        return { ...found, ...(found.accountId === undefined ? {} : hashed(found.accountId)) };
      },
    }),
  };
}
