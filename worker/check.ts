import type { Logger } from '@temporalio/common';
import type { Roles } from './config-roles.ts';

/** Logs in once at each provider of the roles. Answers whether all went well; one line each says how. */
export async function loginsHold({ providers }: Roles, log: Logger): Promise<boolean> {
  const checked = await Promise.all(
    providers.map(async (provider) => {
      const { name } = provider;
      try {
        await provider.checkLogin();
        log.info('provider login holds', { provider: name });
        return true;
      } catch (error) {
        log.error('provider login failed', { provider: name, error });
        return false;
      }
    }),
  );
  return checked.every(Boolean);
}
