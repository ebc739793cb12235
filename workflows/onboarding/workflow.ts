import type { OnboardingResult } from '../../contract/progress.ts';
import type { OnboardingRequest } from '../../contract/request.ts';
import { startSummary } from '../../contract/start.ts';
import { handleMessages } from './messages.ts';
import { concludedOnboarding } from './end.ts';
import type { Run } from '../engine/run.ts';
import { openRun } from '../engine/run.ts';
import { checklist } from '../engine/checklist.ts';
import type { OnboardingState } from './state.ts';
import { carriedOn, newOnboarding } from './state.ts';
import { memberProgresses, nextSentence } from './progress.ts';
import { checkRequest, checkUniqueness, createAccount, sendPasswordReset } from './steps/account.ts';
import { verifyEmail } from './steps/email.ts';
import { identify } from './steps/identification.ts';
import { awaitMembers, startMembers } from './steps/members.ts';
import { enableSsnMonitoring, enrolWatchlists } from './steps/monitoring.ts';

/**
 * Puts one customer into a provider's account system: every effect once, or undone.
 *
 * @param request what is asked for, validated by the client. After a continue-as-new it is without SSN.
 * @param carried the state of the run before a continue-as-new.
 */
export function onboardCustomer(request: OnboardingRequest, carried?: OnboardingState): Promise<OnboardingResult> {
  const run = open(carried ? carriedOn(carried) : newOnboarding(request));
  handleMessages(run);
  return concludedOnboarding(run, async () => {
    await checkRequest(run);
    await checkUniqueness(run);
    await createAccount(run);
    await startMembers(run); // they go on by themselves, one child workflow each
    await verifyEmail(run);
    await identify(run);
    await enableSsnMonitoring(run);
    await enrolWatchlists(run);
    await sendPasswordReset(run);
    await awaitMembers(run);
  });
}

function open(state: OnboardingState): Run<OnboardingState> {
  return openRun(state, {
    provider: state.request.provider,
    input: ({ request }) => request,
    describe: (current) =>
      checklist({
        title: startSummary(current.request),
        sentence: nextSentence(current),
        state: current,
        members: memberProgresses(current),
      }),
  });
}
