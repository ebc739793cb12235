import type { Policy } from './policy.ts';
import type { AccountKind, ProviderName } from './request.ts';

/** The steps of an onboarding, in the order in which they are shown. */
export const STEPS = [
  'checkRequest',
  'checkUniqueness',
  'createAccount',
  'startMembers',
  'verifyEmail',
  'identify',
  'enableSsnMonitoring',
  'enrolWatchlists',
  'sendPasswordReset',
  'members',
] as const;
export type StepName = (typeof STEPS)[number];

export const MEMBER_STEPS = ['addMember', 'inviteMember', 'memberAccepted'] as const;
export type MemberStepName = (typeof MEMBER_STEPS)[number];

/**
 * `pending` not begun · `running` a call is under way · `waiting` for a person · `attention` for an operator ·
 * `done` proven · `not-needed` · `skipped` by an operator · `gap` given up by policy · `failed` ended the run.
 */
export const STEP_STATUSES = [
  'pending',
  'running',
  'waiting',
  'attention',
  'done',
  'not-needed',
  'skipped',
  'gap',
  'failed',
] as const;
export type StepStatus = (typeof STEP_STATUSES)[number];

/** In these a step has ended. */
const SETTLED = ['done', 'not-needed', 'skipped', 'gap', 'failed'] as const satisfies StepStatus[];
export type SettledStatus = (typeof SETTLED)[number];

export function isSettledStatus(status: StepStatus): status is SettledStatus {
  return SETTLED.some((one) => one === status);
}

export const RESOLUTIONS = ['retry', 'skip', 'abort'] as const;
export type Resolution = (typeof RESOLUTIONS)[number];

/** What goes on record with a decision or a request. Written by people, so it may hold anything. */
export interface Accountable {
  /** Who decided or asked, as the caller names its people. */
  by?: string;
  reason?: string;
}

/** A decision as the run keeps it. `by` and `reason` are written by people, so they may hold anything. */
export interface Decision extends Accountable {
  at: string;
  /** What was decided about, and why it needed that; a cancel and an erasure are about the run. */
  step?: string;
  code?: string;
  action: Resolution | 'cancel' | 'erase';
}

/** Instants are ISO 8601 in UTC. `code` is a failure type or a fixed word, never provider text. */
export interface StepProgress<Name extends string = string> {
  name: Name;
  status: StepStatus;
  startedAt?: string;
  endedAt?: string;
  /** How often an operator or a correction started it again. */
  restarts: number;
  code?: string;
}

export const WAITS = [
  'emailVerified',
  'identification',
  'memberAccepted',
  'emailChanged',
  'retention',
  'erasure',
] as const;

export interface WaitProgress {
  for: (typeof WAITS)[number];
  since: string;
  deadline: string;
  remindersSent: number;
  nextReminder?: string;
}

export interface AttentionProgress {
  step: string;
  /** Counts the run's calls for an operator, from 1. A decision that names it decides no later one, however often it is sent. */
  call: number;
  since: string;
  code: string;
  /** Ours, without personal data: what the provider refused, by status, code and fields, as far as it said so. */
  sentence?: string;
  /** Without a decision the run aborts at this instant. */
  deadline: string;
  allowed: Resolution[];
}

/** `ended` states: `accepted`, `gap`, `removed`, `failed`. */
export const MEMBER_STATUSES = ['pending', 'open', 'accepted', 'gap', 'removed', 'failed'] as const;
export type MemberStatus = (typeof MEMBER_STATUSES)[number];

export interface MemberProgress {
  reference: string;
  status: MemberStatus;
  code?: string;
}

export const OUTCOMES = ['completed', 'completed-with-gaps', 'rejected', 'expired', 'aborted'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** The whole story of a run without personal data: the answer of the `progress` query. */
export interface Progress {
  provider: ProviderName;
  reference: string;
  kind: AccountKind;
  accountId?: string;
  outcome?: Outcome;
  steps: StepProgress[];
  members: MemberProgress[];
  wait?: WaitProgress;
  attention?: AttentionProgress;
  /** One sentence: what happens next, or what is asked of whom. */
  next: string;
  policy: Policy;
}

/** The answer of a member's `progress` query. */
export interface MemberRunProgress {
  reference: string;
  status: MemberStatus;
  steps: StepProgress[];
  wait?: WaitProgress;
  attention?: AttentionProgress;
}

export interface Gap {
  step: string;
  /** `deadline`, `skipped`, or a failure code. */
  reason: string;
}

/** What undo could not take back. */
export interface Remainder {
  step: string;
  code: string;
}

/** What is left of an account at the provider. */
export const ACCOUNTS_LEFT = ['none', 'active', 'deactivated', 'kept'] as const;

export interface OnboardingResult {
  outcome: Outcome;
  accountId?: string;
  gaps: Gap[];
  members: MemberProgress[];
  /** Why it was rejected or aborted: a code, and for a refused request the sentence that says what to change. */
  reason?: { code: string; sentence?: string };
  account: (typeof ACCOUNTS_LEFT)[number];
}
