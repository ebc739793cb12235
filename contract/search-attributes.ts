import { defineSearchAttributeKey } from '@temporalio/common';
import { CHANGE_STEPS } from './change.ts';
import { ERASURE_OUTCOMES, ERASURE_STEPS } from './erasure.ts';
import { OFFBOARDING_OUTCOMES, OFFBOARDING_STEPS } from './offboarding.ts';
import { MEMBER_STEPS, OUTCOMES, STEPS, WAITS } from './progress.ts';

/** Search attributes are plain text for everyone with access to the namespace: codes only, no personal data. */
export const STAGE = defineSearchAttributeKey('OnboardingStage', 'KEYWORD');
export const PROVIDER = defineSearchAttributeKey('OnboardingProvider', 'KEYWORD');
/** What a wait is for (`WaitProgress`), `operator`, or absent. */
export const WAITING_FOR = defineSearchAttributeKey('OnboardingWaitingFor', 'KEYWORD');
export const OUTCOME = defineSearchAttributeKey('OnboardingOutcome', 'KEYWORD');
/** Keyed hash of provider and account id, by which a webhook finds its run. */
export const ACCOUNT = defineSearchAttributeKey('OnboardingAccount', 'KEYWORD');
/** Our own reference of the customer whom an event was about: what ids of deliveries do not say. */
export const REFERENCE = defineSearchAttributeKey('OnboardingReference', 'KEYWORD');
/** Of the current wait. */
export const DEADLINE = defineSearchAttributeKey('OnboardingDeadline', 'DATETIME');

/** Temporal's own: set while a run's workflow tasks keep failing. */
export const REPORTED_PROBLEMS = defineSearchAttributeKey('TemporalReportedProblems', 'KEYWORD_LIST');

/** Name and type of each, for a namespace that does not have them yet. */
export const SEARCH_ATTRIBUTES = [STAGE, PROVIDER, WAITING_FOR, OUTCOME, ACCOUNT, REFERENCE, DEADLINE];

/** What `STAGE` may say: the steps of all runs. */
export const STAGES = [
  ...new Set([...STEPS, ...MEMBER_STEPS, ...CHANGE_STEPS, ...OFFBOARDING_STEPS, ...ERASURE_STEPS]),
];
/** What a run is found by from its start: its provider, and the step that it begins with. */
export function startAttributes(provider: string, stage: (typeof STAGES)[number]) {
  return [
    { key: PROVIDER, value: provider },
    { key: STAGE, value: stage },
  ];
}

/** What `WAITING_FOR` may say. */
export const AWAITED = [...WAITS, 'operator'] as const;
/** What `OUTCOME` may say of a run about a customer. */
export const ENDS = [...new Set([...OUTCOMES, ...OFFBOARDING_OUTCOMES, ...ERASURE_OUTCOMES])];
