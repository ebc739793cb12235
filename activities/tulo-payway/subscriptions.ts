import type { Known } from '../../contract/account.ts';
import { HttpError, ifThere } from '../http/errors.ts';
import { proof } from '../proof.ts';
import { subscriptionBody } from './body.ts';
import type { TuloPaywayClient } from './client.ts';
import type { TuloPaywayConfig } from './config.ts';
import type { UserProduct } from './schemas.ts';
import { ACCOUNT } from './read-account.ts';

/** The subscriptions of a customer's account: given, shared, ended. */
export function subscriptions({ accounts, userProducts }: TuloPaywayClient, config: TuloPaywayConfig) {
  /**
   * Those that are not known to be over, as the account shows them: only there it is documented to name the order of a bought one. The list
   * is for an answer that leaves them out; it may answer 404 when there is none.
   */
  const listed = async (accountId: string): Promise<UserProduct[]> => {
    const shown = (await accounts.get({ id: accountId })).userProducts;
    return (shown ?? (await ifThere(userProducts.list(accountId))) ?? []).filter((each) => !isOver(each));
  };

  const running = async (accountId: string): Promise<UserProduct[]> =>
    (await listed(accountId)).filter(({ activated }) => activated === 'yes');

  /** As far as configured. */
  const mayEnd = ({ bought }: UserProduct): boolean =>
    config.endSubscriptions === 'all' || (config.endSubscriptions === 'provisioned' && !bought);

  /** Answers whether it ended any, which is read back; what it leaves is for a person. */
  const end = async (accountId: string, given: UserProduct[]): Promise<boolean> => {
    const ending = given.filter(mayEnd);
    for (const { id } of ending) await userProducts.update(accountId, id, { state: 'deactivated' });
    const left = ending.length === 0 ? [] : await running(accountId);
    proof(left.some(({ id }) => ending.some((ended) => ended.id === id)) ? 'no' : 'yes', ACCOUNT);
    return ending.length > 0;
  };

  /** Whether it is the package, and runs. */
  const gives = ({ code, activated }: UserProduct, packageCode: string): Known => {
    if (config.packageShownAs === 'any') return 'yes';
    if (code === undefined) return 'unknown';
    return code === packageCode ? activated : 'no';
  };

  return {
    listed,
    running,
    mayEnd,
    end,

    /**
     * Provisions the package unless it is there, and answers what runs then. Nothing is provisioned on a subscription that may be it, and what
     * does not show afterwards needs a person: section 12 does not say under which code a read shows a package, and whoever does not
     * recognise it would provision it again. `repeated`: one that was provisioned under another code may be it, of an earlier attempt.
     */
    ensure: async (accountId: string, packageCode: string, repeated = false): Promise<UserProduct[]> => {
      const before = await listed(accountId);
      const known = before.map((each) => gives(each, packageCode));
      if (known.includes('yes')) return before;
      if (known.includes('unknown') || (repeated && before.some(({ bought }) => !bought))) throw outcomeUnknown();
      await userProducts.provision(subscriptionBody(accountId, packageCode, config, Date.now()));
      const after = await listed(accountId);
      if (!after.some((each) => gives(each, packageCode) === 'yes')) throw notShown();
      return after;
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

    /** Before the account itself is archived. One whose state is not told may be what keeps it from that. */
    endThoseOf: async (accountId: string): Promise<boolean> => end(accountId, await listed(accountId)),
  };
}

function isOver({ activated, validTo }: UserProduct): boolean {
  return activated === 'no' || validTo <= Date.now();
}

/** Whether the package runs cannot be told from what the account shows. */
export function outcomeUnknown(): HttpError {
  return new HttpError('ContractViolation', { ...ACCOUNT, vendorCode: 'PACKAGE_UNTOLD', fields: ['user_products'] });
}

/** Not repeated by itself: what does not show would be provisioned again and again. */
export function notShown(): HttpError {
  return new HttpError('ContractViolation', { ...ACCOUNT, vendorCode: 'READ_BACK_DIFFERS', fields: ['user_products'] });
}
