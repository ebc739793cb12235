import type { RunAddress } from '../contract/ids.ts';
import { FINAL_OUTCOMES } from '../contract/offboarding.ts';
import type { OnboardingResult } from '../contract/progress.ts';
import type { OnboardingRequest } from '../contract/request.ts';
import { startAttributes } from '../contract/search-attributes.ts';
import { startSummary } from '../contract/start.ts';
import { ONBOARD_CUSTOMER } from '../contract/messages.ts';
import type { Share } from './requests/share.ts';
import { nameOf } from './temporal/address.ts';
import type { Caller } from './temporal/caller.ts';
import { CustomerOffboarded } from './errors.ts';
import { TAKEN } from './temporal/runs.ts';
import { startOnce } from './temporal/start-once.ts';
import { refuseIfOpen } from './temporal/while-open.ts';

export interface Started {
  provider: string;
  reference: string;
  /** `false`: the same request had been started before, and this is its run. */
  started: boolean;
  workflowId: string;
  runId: string;
}

export async function startOnboarding(caller: Caller, request: OnboardingRequest, share: Share): Promise<Started> {
  const { provider, reference } = request;
  const target = caller.to({ type: 'onboarding', provider, reference });
  await refuseOffboarded(caller, request);
  const found = await startOnce<OnboardingResult>(caller, {
    target,
    type: ONBOARD_CUSTOMER,
    request,
    share,
    shown: {
      staticSummary: startSummary(request),
      staticDetails: `Customer **${reference}** at **${provider}**, kind ${request.kind}. The tab's right half shows the steps.`,
      typedSearchAttributes: startAttributes(provider, 'checkRequest'),
    },
    keeps: ({ outcome }) => TAKEN.includes(outcome),
  });
  return { provider, reference, workflowId: target.workflowId, ...found };
}

/**
 * During the offboarding a start would adopt the deactivated account, which is removed then. Afterwards a file or a queue that is read again would
 * open it anew. The offboarding alone closes the reference: the onboarding's run is older, and Temporal's retention deletes it first.
 */
async function refuseOffboarded(caller: Caller, { provider, reference }: OnboardingRequest): Promise<void> {
  const offboarding: RunAddress = { type: 'offboarding', provider, reference };
  const left = await caller.find(offboarding);
  refuseIfOpen(offboarding, left);
  if (left?.endedAt === undefined || !FINAL_OUTCOMES.some((outcome) => outcome === left.outcome)) return;
  const onboarding: RunAddress = { type: 'onboarding', provider, reference };
  const came = await caller.find(onboarding);
  if (!came || new Date(came.startedAt) < new Date(left.endedAt)) throw new CustomerOffboarded(nameOf(onboarding));
}
