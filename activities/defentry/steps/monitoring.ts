import type { Known } from '../../../contract/account.ts';
import type { ProviderActivities } from '../../../contract/activities.ts';
import { rejected } from '../../failure.ts';
import { isHttpError } from '../../http/errors.ts';
import { not, proof } from '../../proof.ts';
import type { DefentryClient } from '../client.ts';
import type { DefentryConfig } from '../config.ts';
import { ACCOUNT } from '../read-account.ts';

type Steps = Pick<ProviderActivities, 'enableSsnMonitoring' | 'disableSsnMonitoring'>;

export function monitoringSteps(
  { accounts }: Pick<DefentryClient, 'accounts'>,
  { monitoringForbidden }: Pick<DefentryConfig, 'monitoringForbidden'>,
): Steps {
  return {
    async enableSsnMonitoring({ accountId }) {
      if ((await monitoring(accountId)) === 'yes') return { proven: true };
      try {
        await accounts.activateSsnMonitoring(accountId);
      } catch (error) {
        // Usable "when the customer's plan includes it" (section 3.8); but a 403 is as well a permission that is missing (sections 1.3, 2.3).
        if (monitoringForbidden === 'permission' || !isHttpError(error, 'Forbidden')) throw error;
        throw rejected(
          'PlanWithoutMonitoring',
          'planId: the plan has no SSN monitoring; choose one that has, or leave ssnMonitoring out.',
        );
      }
      return proof(await monitoring(accountId), ACCOUNT);
    },

    async disableSsnMonitoring({ accountId }) {
      if ((await monitoring(accountId)) === 'no') return { proven: true };
      await accounts.deactivateSsnMonitoring(accountId);
      return proof(not(await monitoring(accountId)), ACCOUNT);
    },
  };

  async function monitoring(accountId: string): Promise<Known> {
    return (await accounts.get(accountId)).ssnMonitoring;
  }
}
