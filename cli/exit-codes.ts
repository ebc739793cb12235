import type { OnboardingErrorCode } from '../client/index.ts';

export const EXIT = {
  ok: 0,
  internal: 1,
  usage: 2,
  notFound: 3,
  refused: 4,
  unavailable: 5,
  notCompleted: 6,
  interrupted: 130,
} as const;

/** For `--help`. */
export const EXIT_CODE_HELP = `
Exit codes:
  0    done
  1    an error of this program
  2    wrong usage, input or setting; nothing was started
  3    no such onboarding, or no such account at the provider
  4    refused: reference taken or offboarded, message refused, another run in the way, or the run has ended;
       or a second person must confirm
  5    Temporal or a worker is unavailable, or answered too late
  6    followed, and ended with another outcome than "completed", "done", "removed" or "erased", or needs a decision; or reconcile
       found differences
  130  interrupted; runs go on

Every REF is PROVIDER/REFERENCE, PROVIDER.REFERENCE, or REFERENCE alone with --provider. Where a command takes them:
PROVIDER/REFERENCE/MEMBER and change/, offboarding/ or erasure/PROVIDER/REFERENCE, as "onboard attention" names them.
Settings: TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, TEMPORAL_API_KEY, TEMPORAL_TLS_..., ONBOARDING_KEYS or
ONBOARDING_KEY_FILE, ONBOARDING_TASK_QUEUE, ONBOARDING_CALL_DEADLINE, TEMPORAL_UI_URL, NO_COLOR.`;

const BY_ERROR: Record<OnboardingErrorCode, number> = {
  RequestInvalid: EXIT.usage,
  ConfigInvalid: EXIT.usage,
  OnboardingNotFound: EXIT.notFound,
  ReferenceConflict: EXIT.refused,
  CustomerOffboarded: EXIT.refused,
  EventConflict: EXIT.refused,
  OnboardingEnded: EXIT.refused,
  UpdateRefused: EXIT.refused,
  ConfirmationNeeded: EXIT.refused,
  KeyMismatch: EXIT.usage,
  AccessDenied: EXIT.unavailable,
  NamespaceNotReady: EXIT.unavailable,
  WorkerUnavailable: EXIT.unavailable,
  RunStuck: EXIT.unavailable,
  TemporalUnavailable: EXIT.unavailable,
  DeadlineExceeded: EXIT.unavailable,
  OnboardingFailed: EXIT.notCompleted,
  OnboardingCancelled: EXIT.notCompleted,
  Unexpected: EXIT.internal,
};

export function exitCodeOf(code: OnboardingErrorCode): number {
  return BY_ERROR[code];
}
