import { rejected } from '../failure.ts';
import { isHttpError } from '../http/errors.ts';
import type { TuloPaywayClient } from './client.ts';
import type { TuloPaywayConfig } from './config.ts';
import type { UserProduct } from './schemas.ts';
import { notShown, subscriptions, outcomeUnknown } from './subscriptions.ts';

/**
 * A change of plan: the package of the new plan is provisioned, and the subscription that ran before is ended. Payway documents both calls and
 * no order among packages (section 12), so up and down are the same.
 */
export function plans(client: TuloPaywayClient, config: TuloPaywayConfig) {
  const { listed, ensure, mayEnd, end } = subscriptions(client, config);

  /** One that shows no code could be the plan itself. */
  const besides = (all: UserProduct[], planId: string) =>
    all.filter(({ code }) => code !== undefined && code !== planId);

  return {
    /** Why the account as it stands cannot move to this plan: a sentence, or `undefined`. */
    brokenRule: async (accountId: string, planId: string): Promise<string | undefined> => {
      const all = await listed(accountId);
      if (config.packageShownAs === 'any' || all.some(({ code }) => code === undefined)) return UNTELLABLE;
      if (all.some(isUnknown)) return STATELESS;
      const [before, ...more] = besides(all, planId);
      if (more.length > 0) return AMBIGUOUS;
      if (before && !mayEnd(before)) return BOUGHT;
      return before && (await client.sharing.shared(accountId, before.id)).length > 0 ? SHARED : undefined;
    },

    /**
     * Looks, acts, reads back. The new plan comes first, and nothing ends before it shows, so that the customer is never without. Of several
     * others one may be the plan, provisioned by an earlier attempt and shown under another code; so may one without a state.
     */
    moveTo: async (accountId: string, planId: string): Promise<{ proven: boolean }> => {
      const before = await listed(accountId);
      if (before.some(isUnknown) || besides(before, planId).length > 1) throw outcomeUnknown();
      const given = await named(ensure(accountId, planId));
      if (!given.some(({ code }) => code === planId)) throw notShown();
      await end(accountId, besides(given, planId));
      const shown = await listed(accountId);
      if (!shown.some(({ code }) => code === planId) || besides(shown, planId).some(mayEnd)) throw notShown();
      return { proven: true };
    },
  };
}

const UNTELLABLE =
  'planId: packages cannot be told apart here; change the plan in the administration portal, or set TULO_PAYWAY_PACKAGE_SHOWN_AS=product-code.';
const STATELESS =
  'planId: whether a subscription of the account runs cannot be told; change the plan in the administration portal.';
const AMBIGUOUS =
  'planId: several subscriptions run, and which of them is the plan cannot be told; end the others in the administration portal first.';
const BOUGHT =
  'planId: the running subscription is not to be ended from here, as a bought one; end it in the administration portal, or set TULO_PAYWAY_END_SUBSCRIPTIONS.';
const SHARED =
  'planId: members share the subscription that would end; remove them first, and add them again afterwards.';

function isUnknown({ activated }: UserProduct): boolean {
  return activated === 'unknown';
}

/** The account was there at the look before, so what is not found is the package. */
async function named<T>(provisioning: Promise<T>): Promise<T> {
  try {
    return await provisioning;
  } catch (error) {
    const unknown = isHttpError(error, 'NotFound') && !error.fields.includes('account');
    if (!unknown && !(isHttpError(error, 'Invalid') && error.fields.includes('package_code'))) throw error;
    throw rejected('RequestRefused', 'planId: Payway knows no such package; give the code of another one.');
  }
}
