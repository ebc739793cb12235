import { HttpError, ifThere } from '../http/errors.ts';
import { subscriptionBody } from './body.ts';
import type { TuloPaywayClient } from './client.ts';
import type { TuloPaywayConfig } from './config.ts';
import type { UserProduct } from './schemas.ts';

/** The subscriptions of a customer's account: given, shared, ended. */
export function subscriptions({ accounts, userProducts }: TuloPaywayClient, config: TuloPaywayConfig) {
  /**
   * As the account shows them: only there it is documented to name the order of a bought one. The list is for an answer that leaves them
   * out; it may answer 404 when there is none.
   */
  const running = async (accountId: string): Promise<UserProduct[]> => {
    const shown = (await accounts.get({ id: accountId })).userProducts;
    return (shown ?? (await ifThere(userProducts.list(accountId))) ?? []).filter(isRunning);
  };

  /** As far as configured. */
  const mayEnd = ({ bought }: UserProduct): boolean =>
    config.endSubscriptions === 'all' || (config.endSubscriptions === 'provisioned' && !bought);

  /** Answers whether it ended any; what it leaves is for a person. */
  const end = async (accountId: string, given: UserProduct[]): Promise<boolean> => {
    const ending = given.filter(mayEnd);
    for (const { id } of ending) await userProducts.update(accountId, id, { state: 'deactivated' });
    return ending.length > 0;
  };

  return {
    running,
    mayEnd,
    end,

    /** Provisions the package unless it is there. */
    ensure: async (accountId: string, packageCode: string | undefined): Promise<void> => {
      if (packageCode === undefined) return;
      const counts = ({ code }: UserProduct) => config.packageShownAs === 'any' || code === packageCode;
      if ((await running(accountId)).some(counts)) return;
      await userProducts.provision(subscriptionBody(accountId, packageCode, config, Date.now()));
    },

    /** The subscription to share: the configured package's, else the first that runs. */
    toShare: async (accountId: string): Promise<string> => {
      const all = await running(accountId);
      const found = all.find(({ code }) => code === config.packageCode) ?? all[0];
      if (found) return found.id;
      throw new HttpError('NotFound', {
        provider: 'Tulo Payway',
        route: 'GET /external/api/v1/userproducts/{accountId}',
        vendorCode: 'NO_RUNNING_SUBSCRIPTION',
      });
    },

    /** Before the account itself is archived. */
    endThoseOf: async (accountId: string): Promise<boolean> => end(accountId, await running(accountId)),
  };
}

function isRunning({ activated, validTo }: UserProduct): boolean {
  return activated && !(validTo <= Date.now());
}
