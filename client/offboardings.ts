import { FINAL_OUTCOMES, type ErasureRecord, type OffboardingProgress } from '../contract/offboarding.ts';
import type { RunAddress } from '../contract/ids.ts';
import { startAttributes } from '../contract/search-attributes.ts';
import { offboardingSummary } from '../contract/start.ts';
import * as messages from '../contract/messages.ts';
import { CustomerRuns } from './customer-runs.ts';
import type { Caller } from './temporal/caller.ts';
import { checkOffboarding } from './requests/offboarding.ts';
import { startOnce } from './temporal/start-once.ts';
import type { Started } from './start.ts';
import { refuseWhileOpen } from './temporal/while-open.ts';

/**
 * Ends of accounts: taken apart, deactivated, kept for a while, removed; each proven. The result is the record. Cancelled while the account is kept,
 * it brings the account back where the provider can; earlier it ends where it is, and the record lists what is gone.
 */
export class Offboardings extends CustomerRuns<OffboardingProgress, ErasureRecord> {
  constructor(caller: Caller) {
    super(caller, 'offboarding', messages.offboardingProgress);
  }

  /**
   * Checks and starts. The same request again, whoever asks and why, answers with the run there is; another one while that is open is a
   * `ReferenceConflict`. Refused while the onboarding or a change of the account is open. Who and why stay on record in the run's input.
   */
  async start(input: unknown): Promise<Started> {
    const request = checkOffboarding(input);
    const { by: _, reason: __, ...sameBy } = request;
    const { provider, reference } = request;
    const onboarding: RunAddress = { type: 'onboarding', provider, reference };
    await refuseWhileOpen(this.caller, onboarding, { type: 'change', provider, reference });
    const begun = (await this.caller.find(onboarding))?.startedAt;
    const target = this.of(provider, reference);
    const found = await startOnce<ErasureRecord>(this.caller, {
      target,
      type: messages.OFFBOARD_CUSTOMER,
      request,
      sameBy,
      shown: {
        staticSummary: offboardingSummary(provider),
        typedSearchAttributes: startAttributes(provider, 'findAccount'),
      },
      // A customer who came back since then has a new account.
      keeps: ({ outcome }, endedAt) =>
        FINAL_OUTCOMES.includes(outcome) && !(begun !== undefined && new Date(begun) > endedAt),
    });
    return { provider, reference, workflowId: target.workflowId, ...found };
  }
}
