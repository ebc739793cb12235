import type { OnboardingResult } from '../../../contract/progress.ts';
import { handleMessages } from '../../../workflows/onboarding/messages.ts';
import { concludedOnboarding } from '../../../workflows/onboarding/end.ts';
import { providerOf } from '../../../workflows/engine/provider.ts';
import type { Run } from '../../../workflows/engine/run.ts';
import { newOnboarding, type OnboardingState } from '../../../workflows/onboarding/state.ts';
import type { OnboardingRequest } from '../../../contract/request.ts';

/** A customer's run with another page than the released one. */
export function changed(page: (run: Run<OnboardingState>) => Promise<void>) {
  return (request: OnboardingRequest): Promise<OnboardingResult> => {
    const state = newOnboarding(request);
    const run: Run<OnboardingState> = {
      state,
      provider: providerOf(request.provider, state.policy),
      describe: () => '',
      continueWith: () => Promise.reject(new Error('not in this test')),
      handling: new Set(),
      hinting: new Set(),
      unpublishedSince: undefined,
      showsLater: false,
    };
    handleMessages(run);
    return concludedOnboarding(run, () => page(run));
  };
}
