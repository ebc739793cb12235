import { rejected } from '../failure.ts';
import { HttpError, isHttpError } from '../http/errors.ts';
import type { TuloPaywayClient } from './client.ts';
import type { TuloPaywayConfig } from './config.ts';
import type { UserProduct } from './schemas.ts';
import { ACCOUNT } from './standing.ts';
import { subscriptions } from './subscriptions.ts';

/**
 * A change of plan: the package of the new plan is provisioned, and the subscription that ran before is ended. Payway documents both calls and
 * no order among packages (section 12), so up and down are the same.
 */
export function plans(client: TuloPaywayClient, config: TuloPaywayConfig) {
  const { running, ensure, mayEnd, end } = subscriptions(client, config);

  /** One that shows no code could be the plan itself. */
  const besides = (all: UserProduct[], planId: string) =>
    all.filter(({ code }) => code !== undefined && code !== planId);

  return {
    /** Why the account as it stands cannot move to this plan: a sentence, or `undefined`. */
    brokenRule: async (accountId: string, planId: string): Promise<string | undefined> => {
      const all = await running(accountId);
      if (config.packageShownAs === 'any' || all.some(({ code }) => code === undefined)) return UNTELLABLE;
      const [before, ...more] = besides(all, planId);
      if (more.length > 0) return AMBIGUOUS;
      if (before && !mayEnd(before)) return BOUGHT;
      return before && (await client.sharing.shared(accountId, before.id)).length > 0 ? SHARED : undefined;
    },

    /** Looks, acts, reads back. The new plan comes first, so that the customer is never without. */
    moveTo: async (accountId: string, planId: string): Promise<{ proven: boolean }> => {
      await named(ensure(accountId, planId));
      await end(accountId, besides(await running(accountId), planId));
      const shown = await running(accountId);
      if (!shown.some(({ code }) => code === planId) || besides(shown, planId).some(mayEnd)) {
        // Not repeated by itself: what does not show would be provisioned again and again.
        throw new HttpError('ContractViolation', { ...ACCOUNT, vendorCode: 'READ_BACK_DIFFERS' });
      }
      return { proven: true };
    },
  };
}

const UNTELLABLE =
  'planId: packages cannot be told apart here; change the plan in the administration portal, or set TULO_PAYWAY_PACKAGE_SHOWN_AS=product-code.';
const AMBIGUOUS =
  'planId: several subscriptions run, and which of them is the plan cannot be told; end the others in the administration portal first.';
const BOUGHT =
  'planId: the running subscription is not to be ended from here, as a bought one; end it in the administration portal, or set TULO_PAYWAY_END_SUBSCRIPTIONS.';
const SHARED =
  'planId: members share the subscription that would end; remove them first, and add them again afterwards.';

/** The account was there at the look before, so what is not found is the package. */
async function named(provisioning: Promise<void>): Promise<void> {
  try {
    await provisioning;
  } catch (error) {
    const unknown = isHttpError(error, 'NotFound') && !error.fields.includes('account');
    if (!unknown && !(isHttpError(error, 'Invalid') && error.fields.includes('package_code'))) throw error;
    throw rejected('RequestRefused', 'planId: Payway knows no such package; give the code of another one.');
  }
}
