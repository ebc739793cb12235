import {
  DEFAULT_ERASE_AFTER,
  type ErasureInput,
  type ErasureProgress,
  type HistoriesRecord,
} from '../contract/erasure.ts';
import type { RunAddress } from '../contract/ids.ts';
import { FINAL_OUTCOMES } from '../contract/offboarding.ts';
import { startAttributes } from '../contract/search-attributes.ts';
import { erasureSummary } from '../contract/start.ts';
import * as messages from '../contract/messages.ts';
import { CustomerRuns } from './customer-runs.ts';
import { UpdateRefused } from './errors.ts';
import { checkErasure } from './requests/erasure.ts';
import { nameOf } from './temporal/address.ts';
import { call } from './temporal/call.ts';
import type { Caller } from './temporal/caller.ts';
import { isTaken } from './temporal/runs.ts';
import { refuseWhileOpen } from './temporal/while-open.ts';

/**
 * Ends of what Temporal keeps of customers' runs. An offboarding that removes the account starts one by itself. The result is the record: what was
 * deleted, when, and what was not. Cancelled, it keeps what is not deleted yet, and Temporal's retention deletes that.
 */
export class Erasures extends CustomerRuns<ErasureProgress, HistoriesRecord> {
  constructor(caller: Caller) {
    super(caller, 'erasure', messages.erasureProgress);
  }

  /**
   * Has the histories of the customer's closed runs deleted now, also where an offboarding has them wait. Refused while the onboarding, a change
   * or the offboarding is open, and while the customer has an account: without the onboarding's run a repeated start would open it anew.
   */
  async start(input: unknown): Promise<{ provider: string; reference: string; workflowId: string }> {
    const { provider, reference, by, reason } = checkErasure(input);
    const of = <Type extends RunAddress['type']>(type: Type) => ({ type, provider, reference });
    await refuseWhileOpen(this.caller, of('onboarding'), of('change'), of('offboarding'));
    await this.#refuseOfCustomer(of('onboarding'), of('offboarding'));
    const { temporal, taskQueue } = this.caller;
    const target = this.of(provider, reference);
    const { workflowId } = target;
    const asked = { before: new Date().toISOString(), eraseAfter: DEFAULT_ERASE_AFTER };
    await call(temporal, target, () =>
      temporal.workflow.signalWithStart(messages.ERASE_CUSTOMER, {
        workflowId,
        taskQueue,
        args: [{ provider, reference, ...asked } satisfies ErasureInput],
        signal: messages.eraseNow,
        signalArgs: [{ ...(by !== undefined && { by }), ...(reason !== undefined && { reason }) }],
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        staticSummary: erasureSummary(provider),
        typedSearchAttributes: startAttributes(provider, 'keepHistories'),
        priority: { priorityKey: 2 },
      }),
    );
    return { provider, reference, workflowId };
  }

  async #refuseOfCustomer(onboarding: RunAddress, offboarding: RunAddress): Promise<void> {
    const [came, left] = await Promise.all([this.caller.find(onboarding), this.caller.find(offboarding)]);
    if (!came || !isTaken(came)) return;
    const isGone = FINAL_OUTCOMES.some((outcome) => outcome === left?.outcome);
    if (isGone && new Date(left!.startedAt) >= new Date(came.startedAt)) return;
    throw new UpdateRefused(
      `${nameOf(onboarding)}: the customer has an account, and its onboarding says so; offboard the customer first.`,
      'UpdateRefused',
    );
  }
}
